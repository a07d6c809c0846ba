// MD5, which is no protection: WeChat names tables, folders and files by it.

import { md5 } from '@noble/hashes/legacy.js';
import { toHex } from './hashes';

/** MD5 of the text in UTF-8, as 32 lower-case hex digits. */
export function md5Hex(text: string): string {
  return toHex(md5(new TextEncoder().encode(text)));
}
