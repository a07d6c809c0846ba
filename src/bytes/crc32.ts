// CRC-32 as in ZIP and gzip (ISO 3309, reflected polynomial 0xedb88320), four bytes a step with four tables.

const tables = makeTables();

function makeTables(): Uint32Array {
  const table = new Uint32Array(4 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    table[byte] = crc;
  }
  for (let at = 256; at < table.length; at++) {
    const before = table[at - 256] ?? 0;
    table[at] = (before >>> 8) ^ (table[before & 0xff] ?? 0);
  }
  return table;
}

/** The CRC of what `crc` covers, followed by `bytes`. Starts at 0. */
export function updateCrc32(crc: number, bytes: Uint8Array): number {
  const t = tables;
  let c = ~crc;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    c ^= (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    c = (t[768 + (c & 0xff)] ?? 0) ^ (t[512 + ((c >>> 8) & 0xff)] ?? 0) ^ (t[256 + ((c >>> 16) & 0xff)] ?? 0) ^ (t[c >>> 24] ?? 0);
  }
  for (; at < bytes.length; at++) c = (c >>> 8) ^ (t[(c ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return ~c >>> 0;
}
