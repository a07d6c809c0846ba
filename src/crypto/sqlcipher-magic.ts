// How databases of SQLCipher begin: with nothing of their own. They are known by having no order at all where a file of another kind
// has some. Apart from the rest, so that a drop is looked into without loading what opens one.

/** Some applications put so much before the database, beginning with these words. */
const prefixBytes = 1024;
const prefixMark = new TextEncoder().encode('SQLite header 3');
const magic = new TextEncoder().encode('SQLite format 3\0');
/** Page 1 has this much at least. */
const leastPageBytes = 512;
/**
 * Pearson's chi-squared over the 256 values of a byte: of random bytes 255 on average, more than this about once in 10^12 times; of
 * text, tables and pictures thousands. Compressed data may pass, so that a name must fit too.
 */
const randomAtMost = 450;
/** Of a plain header, 20 bytes "reserved for expansion" (sqlite.org/fileformat2, 1.3): zeros, or encrypted in page 1 already. */
const expansion = { from: 72, to: 92 };
/** Twenty random bytes have fewer different ones about never. */
const leastDifferent = 12;

/** How many bytes stand before the database in a file that begins so. */
export function sqlcipherPrefixBytes(head: Uint8Array): number {
  return startsWith(head, prefixMark) ? prefixBytes : 0;
}

/** True where a file that begins so may be a database of SQLCipher, its header left plain or not. `head`: 2 KiB of it, or all. */
export function mayBeSqlcipher(head: Uint8Array): boolean {
  const page = head.subarray(sqlcipherPrefixBytes(head));
  if (page.length < leastPageBytes) return false;
  if (!startsWith(page, magic)) return isRandom(page);
  return new Set(page.subarray(expansion.from, expansion.to)).size >= leastDifferent;
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

function isRandom(bytes: Uint8Array): boolean {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  const expected = bytes.length / 256;
  const difference = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return difference <= randomAtMost;
}
