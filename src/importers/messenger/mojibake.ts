// Meta's JSON exports write each byte of UTF-8 as a character of its own: `Zo\u00c3\u00ab` is Zoë.

import type { Json } from '../../model/json';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text that was meant. A text with a character above U+00FF, or whose characters are no UTF-8 when taken for bytes, is
 * given back as it is: it was written properly, or cannot be repaired.
 */
export function repairMojibake(text: string): string {
  let hasHigh = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff) return text;
    if (code >= 0x80) hasHigh = true;
  }
  if (!hasHigh) return text;
  try {
    return decoder.decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  } catch {
    return text;
  }
}

/** The same for every text inside a value, names of members included. */
export function repairAll(value: Json): Json {
  if (typeof value === 'string') return repairMojibake(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => repairAll(item));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [repairMojibake(key), repairAll(inner)]));
}
