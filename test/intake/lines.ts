import type { ByteSource } from '../../src/bytes/source';

export interface Line {
  readonly text: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** Lines of a source that is small enough to be held whole. */
export async function* linesOf(source: ByteSource): AsyncGenerator<Line> {
  const parts: Uint8Array[] = [];
  for await (const chunk of source.stream()) parts.push(chunk);
  const whole = Buffer.concat(parts);
  for (let offsetBytes = 0; offsetBytes < whole.length;) {
    const end = whole.indexOf(10, offsetBytes);
    const next = end < 0 ? whole.length : end + 1;
    yield { text: whole.subarray(offsetBytes, next).toString(), offsetBytes, lengthBytes: next - offsetBytes };
    offsetBytes = next;
  }
}
