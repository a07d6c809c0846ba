// A small packer of LZ4 blocks for tests: greedy, by the last place of each four bytes.

export function packLz4Block(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const out: number[] = [];
  const last = new Map<string, number>();
  let literalsFrom = 0;
  // The last five bytes are literals.
  for (let at = 0; at + 9 < bytes.length;) {
    const key = bytes.subarray(at, at + 4).join();
    const from = last.get(key);
    last.set(key, at);
    if (from === undefined || at - from > 65_535) {
      at++;
      continue;
    }
    let length = 4;
    while (at + length < bytes.length - 5 && bytes[from + length] === bytes[at + length]) length++;
    writeSequence(out, bytes.subarray(literalsFrom, at), { offset: at - from, length });
    at += length;
    literalsFrom = at;
  }
  writeSequence(out, bytes.subarray(literalsFrom), null);
  return Uint8Array.from(out);
}

function writeSequence(out: number[], literals: Uint8Array, match: { readonly offset: number; readonly length: number } | null): void {
  const copied = match === null ? 0 : match.length - 4;
  out.push((Math.min(15, literals.length) << 4) | Math.min(15, copied), ...extraLength(literals.length), ...literals);
  if (match !== null) out.push(match.offset & 255, match.offset >> 8, ...extraLength(copied));
}

function extraLength(length: number): number[] {
  if (length < 15) return [];
  const rest = length - 15;
  return [...Array<number>(Math.floor(rest / 255)).fill(255), rest % 255];
}
