// One piece of an export from text to JSON.

import type { Json } from '../../model/json';
import { holdsUnsafeInteger, quoteLongIntegers } from '../exact-json';
import { parseJson } from '../json-fields';
import { repairHexEscapes } from './repair';

/** The value, with `\xHH` repaired where that is what stands against it; undefined where it is no JSON. */
export function parsePiece(text: string): Json | undefined {
  const value = parseJson(text);
  return value === undefined && text.includes('\\x') ? parseJson(repairHexEscapes(text)) : value;
}

/** The same, with integers beyond 2^53 as text. For the few pieces where a number may be one. */
export function parseExactPiece(text: string): Json | undefined {
  const value = parsePiece(text);
  return holdsUnsafeInteger(value) ? parsePiece(quoteLongIntegers(text)) : value;
}
