// Sizes in queries: `500k`, `5MB`, `1.5 GB`, `3MiB`; a bare number is bytes.

const factors = new Map([['', 1], ['k', 1e3], ['m', 1e6], ['g', 1e9], ['ki', 1024], ['mi', 1024 ** 2], ['gi', 1024 ** 3]]); // prettier-ignore

/** Bytes, or null where the text is no size. */
export function parseSize(text: string): number | null {
  const found = /^(\d{1,15}(?:\.\d{1,6})?)\s*([kmg]?i?)b?$/.exec(text.toLowerCase());
  const factor = factors.get(found?.[2] ?? '-');
  return factor === undefined ? null : Number(found?.[1]) * factor;
}
