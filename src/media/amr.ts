// AMR-NB, in which old phones and old WeChat keep voice messages: `#!AMR\n` and frames of 20 ms, 8,000 samples a second
// (RFC 4867 §5). Decoded by a translation of opencore-amr to JavaScript, a megabyte that is loaded when it is first needed.

import { CamphorError } from '../model/error';

export const amrRateHz = 8000;
const headerBytes = 6;
/** Half an hour. */
const frameLimit = 90_000;
/** Bytes of a frame behind its first one, by the type in that (RFC 4867 table 1, the octets of each mode). */
const frameBytes = [12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, 0, 0, 0, 0] as const;

type AmrHandler = (event: { readonly data: { readonly command: 'decode'; readonly buffer: Uint8Array } }) => void;
/** What the package, written to be a worker by itself, uses of the global object. */
interface WorkerScope {
  onmessage: AmrHandler | null;
  postMessage(message: { readonly amr: Float32Array | null }): void;
}

let handler: Promise<AmrHandler> | null = null;

/** Samples of a whole file. Throws CamphorError `damaged` for what is no AMR-NB, and for what is too long. */
export async function decodeAmr(amr: Uint8Array): Promise<Int16Array> {
  const frames = countFrames(amr);
  if (frames === 0 || frames > frameLimit) throw new CamphorError('damaged', { what: 'amr' });
  handler ??= loadHandler();
  const samples = runHandler(await handler, amr);
  if (samples === null || samples.length === 0) throw new CamphorError('damaged', { what: 'amr' });
  return Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))));
}

/** Frames that lie whole in the file; 0 where it is no AMR-NB. */
function countFrames(amr: Uint8Array): number {
  const isAmr = String.fromCharCode(...amr.subarray(0, headerBytes)) === '#!AMR\n';
  let count = 0;
  for (let at = isAmr ? headerBytes : amr.length; at < amr.length; count++) {
    at += 1 + (frameBytes[((amr[at] ?? 0) >> 3) & 15] ?? 0);
    if (at > amr.length) break;
  }
  return count;
}

/** The package puts its handler of messages on the global object: it is taken from there, and what was there is put back. */
async function loadHandler(): Promise<AmrHandler> {
  // @ts-expect-error: this part of the package has no types.
  const { default: defineAmr } = (await import('benz-amr-recorder/src/amrnb.js')) as { readonly default: () => void };
  const scope = globalThis as unknown as WorkerScope & { self?: unknown };
  scope.self ??= scope;
  const before = scope.onmessage;
  defineAmr();
  const defined = scope.onmessage;
  scope.onmessage = before ?? null;
  if (defined === null) throw new CamphorError('unexpected', { what: 'amr' });
  return defined;
}

/** It answers at once, by a message to whoever started the worker: that is caught here. */
function runHandler(decode: AmrHandler, buffer: Uint8Array): Float32Array | null {
  const scope = globalThis as unknown as WorkerScope;
  const before = Object.getOwnPropertyDescriptor(scope, 'postMessage');
  const answer: { amr: Float32Array | null } = { amr: null };
  Object.defineProperty(scope, 'postMessage', {
    configurable: true,
    writable: true,
    value: (message: typeof answer) => (answer.amr = message.amr),
  });
  try {
    decode({ data: { command: 'decode', buffer } });
  } catch (cause) {
    throw new CamphorError('damaged', { what: 'amr' }, cause);
  } finally {
    if (before === undefined) Reflect.deleteProperty(scope, 'postMessage');
    else Object.defineProperty(scope, 'postMessage', before);
  }
  return answer.amr;
}
