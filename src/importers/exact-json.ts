// JSON whose integers may be greater than 2^53, such as the ids of Discord and Telegram: JSON.parse would round them.

import type { Json } from '../model/json';
import { parseJson } from './json-fields';

const backslash = 0x5c;
const quote = 0x22;

/** The value of a JSON text, integers beyond 2^53 as text; undefined where it is none. */
export function parseExactJson(text: string): Json | undefined {
  const value = parseJson(text);
  return holdsUnsafeInteger(value) ? parseJson(quoteLongIntegers(text)) : value;
}

/**
 * Integers of 16 digits and more, outside of strings, as strings: JSON.parse would round them. For the few elements where
 * a number turned out unsafe.
 */
export function quoteLongIntegers(json: string): string {
  let quoted = '';
  let kept = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) inString = !inString;
    else if (!inString && (code === 0x2d || isDigit(code))) {
      let end = at + 1;
      while (isNumberPart(json.charCodeAt(end))) end++;
      const literal = json.slice(at, end);
      if (literal.length >= 16 && !/[.eE]/.test(literal)) {
        quoted += `${json.slice(kept, at)}"${literal}"`;
        kept = end;
      }
      at = end - 1;
    }
  }
  return kept === 0 ? json : quoted + json.slice(kept);
}

/** True where a number anywhere inside is an integer too great to be exact. */
export function holdsUnsafeInteger(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'number') {
      if (Number.isInteger(next) && !Number.isSafeInteger(next)) return true;
    } else if (typeof next === 'object' && next !== null) {
      for (const inner of Object.values(next)) open.push(inner);
    }
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isNumberPart(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x2b || code === 0x2d || code === 0x45 || code === 0x65;
}
