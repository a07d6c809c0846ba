// Files of contract fakes as HTTP gives them.
import type { FakeAnswer } from './fake-service';

/** RFC 9110 §14: the whole, a part of it, or 416. */
export function rangeAnswer(bytes: Buffer, asked: string | undefined): FakeAnswer {
  const type = { 'Content-Type': 'application/octet-stream' };
  const range = /^bytes=(\d+)-(\d+)$/.exec(asked ?? '');
  if (range === null) return { status: 200, headers: type, body: bytes };
  const [from, to] = [Number(range[1]), Math.min(Number(range[2]), bytes.length - 1)];
  if (from >= bytes.length) return { status: 416, headers: { 'Content-Range': `bytes */${bytes.length}` } };
  return { status: 206, headers: { ...type, 'Content-Range': `bytes ${from}-${to}/${bytes.length}` }, body: bytes.subarray(from, to + 1) };
}
