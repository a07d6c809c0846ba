// Files in which full packs wait for the drive, in the browser's own file system.

import { type Remote, wrap } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashBytes } from '../../src/crypto/hashes';
import type { PackFileVerbs } from './pack-files-worker';

let worker: Worker;
let thread: Remote<PackFileVerbs>;
let set = 0;

beforeEach(async () => {
  worker = new Worker(new URL('./pack-files-worker.ts', import.meta.url), { type: 'module' });
  thread = wrap<PackFileVerbs>(worker);
  set = await thread.open();
});

afterEach(async () => {
  await thread.end(set);
  worker.terminate();
});

const bytes = (length: number, seed: number) => Uint8Array.from({ length }, (_, at) => (at * seed) % 251);
const hashOf = async (length: number, seed: number) => hashBytes(bytes(length, seed));
/** Large arrays are compared by their hashes: the test runner takes a minute for them. */
const read = async (file: Blob | undefined) => hashBytes(new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0)));

describe('files of packs', () => {
  it('hold what they were given until they are freed, and are used again then, for shorter and for longer packs', async () => {
    const first = await thread.keep(set, bytes(5_000_000, 3));
    const second = await thread.keep(set, bytes(3_000_000, 5));
    expect(await read(first?.content)).toBe(await hashOf(5_000_000, 3));
    for (const [length, seed] of [
      [1_000, 7],
      [6_000_000, 11],
    ] as const) {
      await thread.free(set, second?.number ?? -1);
      const again = await thread.keep(set, bytes(length, seed));
      expect(again?.number).toBe(second?.number);
      expect(await read(again?.content)).toBe(await hashOf(length, seed));
      expect(await read(first?.content)).toBe(await hashOf(5_000_000, 3));
    }
    expect(await thread.names()).toHaveLength(2);
  });

  it('go as the body of a request, whole', async () => {
    const kept = await thread.keep(set, bytes(2_000_000, 3));
    expect(await read(await new Response(kept?.content).blob())).toBe(await hashOf(2_000_000, 3));
  });

  it('are few: what comes when none is free stays where it is', async () => {
    const kept = await Promise.all(Array.from({ length: 6 }, (_, at) => thread.keep(set, bytes(1_000, at + 2))));
    expect(kept.map((file) => file !== null)).toEqual([true, true, true, true, false, false]);
    expect(new Set(kept.slice(0, 4).map((file) => file?.number)).size).toBe(4);
    for (const [at, file] of kept.slice(0, 4).entries()) expect(await read(file?.content)).toBe(await hashOf(1_000, at + 2));
    await thread.free(set, kept[2]?.number ?? -1);
    expect((await thread.keep(set, bytes(10, 3)))?.number).toBe(kept[2]?.number);
  });

  it('are gone at the end, and none is made afterwards; those of another backup stay', async () => {
    const other = await thread.open();
    await thread.keep(other, bytes(100, 3));
    await thread.keep(set, bytes(100, 3));
    await thread.end(set);
    expect(await thread.keep(set, bytes(100, 3))).toBeNull();
    expect(await thread.names()).toHaveLength(1);
    await thread.end(other);
    expect(await thread.names()).toEqual([]);
  });

  it('are given up where what was written is not what is read', async () => {
    expect(await thread.keep(set, bytes(1_000, 3))).not.toBeNull();
    await thread.failReads();
    expect(await thread.keep(set, bytes(1_000, 5))).toBeNull();
  });

  it('are given up where one cannot be written whole', async () => {
    const kept = await thread.keep(set, bytes(1_000, 3));
    await thread.failWrites();
    expect(await thread.keep(set, bytes(1_000, 5))).toBeNull();
    await thread.free(set, kept?.number ?? -1);
    expect(await thread.keep(set, bytes(1_000, 7))).toBeNull();
  });
});
