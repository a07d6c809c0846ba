// SILK v3, in which WeChat and QQ keep voice messages: an optional byte 02, `#!SILK_V3`, packets with their length (u16 LE)
// before them, and in the standard flavour FF FF at the end. Decoded by the WebAssembly of silk-wasm. That package's own
// glue makes functions out of text, which our policy forbids, so its few imports are answered here; their one-letter names
// are those of version 3.7.1.

import type { DecodeResult } from 'silk-wasm';
import { CamphorError } from '../model/error';

/** Samples a second that are asked of the decoder; it resamples. */
export const silkRateHz = 24_000;
/** A packet is 20 ms: half an hour, where the apps allow a minute. */
const packetLimit = 90_000;
const magicBytes = 9;

/** Decodes a whole file. Throws CamphorError `damaged` for what is no SILK, and for what is too long. */
export type SilkDecoder = (silk: Uint8Array) => Int16Array;

interface SilkExports {
  readonly x: WebAssembly.Memory;
  readonly D: WebAssembly.Table;
  /** Runs constructors, which register types and functions. */
  y(): void;
  malloc(sizeBytes: number): number;
  free(pointer: number): void;
}

type Reader = (pointer: number) => unknown;
type Callback = (...values: readonly unknown[]) => void;

interface Registry {
  /** How a value of a type is read from memory; none for `void`. */
  readonly types: Map<number, Reader>;
  /** Values that are known to the WebAssembly by number, from `firstHandle` in steps of two. */
  readonly values: unknown[];
  readonly callers: (readonly Reader[])[];
  readonly functions: Map<string, { readonly invoker: number; readonly target: number }>;
}

const firstHandle = 10;
const viewKinds = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array] as const;

/** A decoder from the bytes of silk.wasm. */
export async function createSilkDecoder(wasm: BufferSource): Promise<SilkDecoder> {
  const registry: Registry = { types: new Map(), values: [], callers: [], functions: new Map() };
  let memory: WebAssembly.Memory | null = null;
  const held = (): ArrayBufferLike => memory?.buffer ?? new ArrayBuffer(0);
  const { instance } = await WebAssembly.instantiate(wasm, { a: importsOf(registry, held, (sizeBytes) => grow(memory, sizeBytes)) });
  const { A: malloc, B: free, ...rest } = instance.exports;
  const exports = { ...rest, malloc, free } as unknown as SilkExports;
  memory = exports.x;
  exports.y();
  return (silk) => decodeSilk(exports, registry, silk);
}

function decodeSilk({ x: memory, D: table, malloc, free }: SilkExports, registry: Registry, file: Uint8Array): Int16Array {
  const entry = registry.functions.get('silk_decode');
  const silk = packetsOf(file);
  if (entry === undefined || silk === null) throw new CamphorError('damaged', { what: 'silk' });
  // A string of C++: its length, its bytes, a zero.
  const pointer = malloc(silk.length + 5);
  new DataView(memory.buffer).setUint32(pointer, silk.length, true);
  new Uint8Array(memory.buffer).set(silk, pointer + 4);
  let pcm: DecodeResult['data'] = new Uint8Array(0);
  const handle = firstHandle + registry.values.length * 2;
  registry.values.push((output: Uint8Array) => {
    if (output.length > 0) pcm = output.slice();
  });
  try {
    (table.get(entry.invoker) as (...values: number[]) => number)(entry.target, pointer, silkRateHz, handle);
  } catch (cause) {
    throw new CamphorError('damaged', { what: 'silk' }, cause);
  } finally {
    free(pointer);
    registry.values.length = 0;
  }
  if (pcm.length < 2) throw new CamphorError('damaged', { what: 'silk' });
  return new Int16Array(pcm.buffer, 0, pcm.length >> 1);
}

/** The file in the flavour that the decoder takes: a byte 02 first, no mark at the end. Null where it is no SILK or has too many packets. */
function packetsOf(file: Uint8Array): Uint8Array | null {
  const start = file[0] === 2 ? 1 : 0;
  if (String.fromCharCode(...file.subarray(start, start + magicBytes)) !== '#!SILK_V3') return null;
  let count = 0;
  let end = start + magicBytes;
  while (end + 2 <= file.length) {
    const next = end + 2 + ((file[end] ?? 0) | ((file[end + 1] ?? 0) << 8));
    if (next > file.length) break;
    end = next;
    count++;
  }
  if (count === 0 || count > packetLimit) return null;
  const silk = new Uint8Array(1 + end - start);
  silk[0] = 2;
  silk.set(file.subarray(start, end), 1);
  return silk;
}

function grow(memory: WebAssembly.Memory | null, sizeBytes: number): boolean {
  if (memory === null || sizeBytes > 1 << 30) return false;
  memory.grow(Math.max(0, Math.ceil((sizeBytes - memory.buffer.byteLength) / 65_536)));
  return true;
}

/** What the WebAssembly asks of its host. Types that its functions do not use need no answer. */
function importsOf({ types, values, callers, functions }: Registry, held: () => ArrayBufferLike, resize: (sizeBytes: number) => boolean) {
  const u32 = (pointer: number): number => new DataView(held()).getUint32(pointer, true);
  const valueAt: Reader = (pointer) => values[(u32(pointer) - firstHandle) / 2];
  const textAt = (pointer: number): string => {
    const bytes = new Uint8Array(held(), pointer);
    return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
  };
  const readersAt = (count: number, pointer: number): Reader[] =>
    Array.from({ length: count }, (_, index) => types.get(u32(pointer + 4 * index)) ?? (() => undefined));
  const nothing = (): number => 0;
  const fail = (): never => {
    throw new CamphorError('damaged', { what: 'silk' });
  };
  return {
    // Types that are not used, counts of references, timers.
    ...Object.fromEntries([...'bdegklnopqst'].map((name) => [name, nothing])),
    // Ends: an exception, abort, exit.
    ...Object.fromEntries([...'ruv'].map((name) => [name, fail])),
    a: (type: number, kind: number) => {
      const View = viewKinds[kind];
      if (View !== undefined) types.set(type, (pointer) => new View(held() as ArrayBuffer, u32(pointer + 4), u32(pointer)));
    },
    f: (type: number) => void types.set(type, valueAt),
    m: (type: number) => void types.set(type, valueAt),
    c: (name: number, _count: number, _types: number, _signature: number, invoker: number, target: number) =>
      void functions.set(textAt(name), { invoker, target }),
    /** Makes a caller of functions with these types; the first is what they give. */
    h: (count: number, pointer: number) => callers.push(readersAt(count, pointer).slice(1)) - 1,
    i: (caller: number, handle: number, _destructors: number, args: number) => {
      const call = values[(handle - firstHandle) / 2] as Callback;
      call(...(callers[caller] ?? []).map((read, index) => read(args + 8 * index)));
      return 0;
    },
    j: (type: number, pointer: number) => firstHandle + (values.push((types.get(type) ?? nothing)(pointer)) - 1) * 2,
    w: resize,
  };
}
