// Short texts out of UTF-8. A decoder of the engine takes twice as long to be asked, and in Chromium each of its texts lies outside of
// the collector's heap, which does not see how much that is: a database's ids and words between two collections were 40 MB.

/** Longer ones are the engine's. */
export const shortTextBytes = 64;

const units = new Uint16Array(shortTextBytes);
/** The first so many of them, made once. */
const beginnings = Array.from({ length: shortTextBytes + 1 }, (_, count) => units.subarray(0, count));

/** The text, byte order marks kept; null for bytes that are no UTF-8, or more than `shortTextBytes`. */
export function decodeShortText(bytes: Uint8Array): string | null {
  if (bytes.length > shortTextBytes) return null;
  const count = readUnits(bytes);
  return count < 0 ? null : (Reflect.apply(String.fromCharCode, null, beginnings[count] as Uint16Array) as string);
}

/** Fills `units`; gives their number, or -1 (Unicode 16, table 3-7). */
function readUnits(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) {
      units[count++] = lead;
      continue;
    }
    const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (lead < 0xc2 || lead > 0xf4 || at + more >= bytes.length) return -1;
    let code = lead & (0x3f >> more);
    for (const end = at + more; at < end;) {
      const next = bytes[++at] as number;
      if ((next & 0xc0) !== 0x80) return -1;
      code = (code << 6) | (next & 0x3f);
    }
    const isSurrogate = (code & 0x1ff800) === 0xd800;
    if ((more === 2 && (code < 0x800 || isSurrogate)) || (more === 3 && (code < 0x1_0000 || code > 0x10_ffff))) return -1;
    if (more === 3) units[count++] = 0xd7c0 + (code >> 10);
    units[count++] = more === 3 ? 0xdc00 | (code & 0x3ff) : code;
  }
  return count;
}
