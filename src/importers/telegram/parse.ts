// One piece of an export from text to JSON.

import { problemRawLimitBytes } from '../../model/problem';
import type { Json } from '../../model/json';
import { holdsUnsafeInteger, quoteLongIntegers, repairHexEscapes } from './repair';

/** The value, with `\xHH` repaired where that is what stands against it; undefined where it is no JSON. */
export function parsePiece(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text.includes('\\x') ? parseRepaired(text) : undefined;
  }
}

/** The same, with integers beyond 2^53 as text. For the few pieces where a number may be one. */
export function parseExactPiece(text: string): Json | undefined {
  const value = parsePiece(text);
  return holdsUnsafeInteger(value) ? parsePiece(quoteLongIntegers(text)) : value;
}

/** The beginning of a piece, as much of it as a problem may keep. */
export function rawOf(text: string): string {
  if (text.length * 3 <= problemRawLimitBytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(problemRawLimitBytes));
  return text.slice(0, read);
}

function parseRepaired(text: string): Json | undefined {
  try {
    return JSON.parse(repairHexEscapes(text)) as Json;
  } catch {
    return undefined;
  }
}
