// SHA-1 as others name things by it; no protection.

import { sha1 } from '@noble/hashes/legacy.js';
import { toHex } from './hashes';

/** Of the text's UTF-8, in hexadecimal. */
export const sha1Hex = (text: string): string => toHex(sha1(new TextEncoder().encode(text)));
