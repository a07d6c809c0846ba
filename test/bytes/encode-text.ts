// Text to bytes of the encodings that TextDecoder reads and TextEncoder does not write, by asking the decoder for every character.

import type { TextEncoding } from '../../src/bytes/text-encoding';

const tables = new Map<TextEncoding, ReadonlyMap<string, readonly number[]>>();

/** The bytes of `text`, without a byte order mark. Throws RangeError for a character that the encoding does not have. */
export function encodeText(text: string, encoding: TextEncoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return encodeUtf16(text, encoding === 'utf-16le');
  let table = tables.get(encoding);
  if (!table) tables.set(encoding, (table = makeTable(encoding)));
  return Uint8Array.from(
    [...text].flatMap((letter) => {
      if (letter.charCodeAt(0) < 0x80) return [letter.charCodeAt(0)];
      const bytes = table.get(letter);
      if (!bytes) throw new RangeError(`${encoding} has no ${letter}`);
      return bytes;
    }),
  );
}

function encodeUtf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
  return new Uint8Array(view.buffer);
}

function makeTable(encoding: TextEncoding): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, readonly number[]>();
  const add = (...bytes: number[]) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes);
  };
  for (let lead = 0x80; lead < 0x100; lead++) add(lead);
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
  return table;
}
