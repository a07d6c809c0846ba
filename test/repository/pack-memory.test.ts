import { expect, it } from 'vitest';
import { defaultPackBytes } from '../../src/repository/environment';
import { createPackMemory } from '../../src/repository/pack-memory';

const packBytes = 1024 * 1024;

/** The memory of a pack that is filled by sealed blobs of that length until it is full, and its list. */
function fill(memory: ReturnType<typeof createPackMemory>, blobBytes: number, fullBytes = packBytes): ArrayBuffer {
  const gathered = memory.open();
  while (gathered.sizeBytes < fullBytes) for (const length of [16, blobBytes, 16]) gathered.push(new Uint8Array(length));
  gathered.push(new Uint8Array(9_000));
  const { buffer } = gathered.view();
  gathered.release();
  return buffer;
}

it.each([700, 40_000, 65_536, 512 * 1024, 896 * 1024, packBytes])('is used again by the next pack of blobs of %i bytes', (blobBytes) => {
  const memory = createPackMemory(packBytes);
  const first = fill(memory, blobBytes);
  expect(fill(memory, blobBytes)).toBe(first);
});

// A pack's end lies a little above its size, and what holds it must still count as of that size: it once did not.
it.each([512 * 1024, 896 * 1024, 8 * 1024 * 1024])('is used again at the size of real packs, of blobs of %i bytes', (blobBytes) => {
  const memory = createPackMemory();
  const first = fill(memory, blobBytes, defaultPackBytes);
  expect(fill(memory, blobBytes, defaultPackBytes)).toBe(first);
});

it('holds one copy of a pack at its end', () => {
  expect(fill(createPackMemory(packBytes), 65_536).byteLength).toBeLessThanOrEqual(2 * packBytes);
});

it('gives what is longer than two packs back', () => {
  const memory = createPackMemory(packBytes);
  const first = fill(memory, 8 * packBytes);
  expect(fill(memory, 8 * packBytes)).not.toBe(first);
});

it('holds what was pushed, across a change of its length', () => {
  const gathered = createPackMemory(packBytes).open();
  for (let piece = 1; piece <= 5; piece += 1) gathered.push(new Uint8Array(900_000).fill(piece));
  const bytes = gathered.view();
  expect(bytes.length).toBe(4_500_000);
  for (let piece = 1; piece <= 5; piece += 1)
    expect(bytes.subarray((piece - 1) * 900_000, piece * 900_000).every((byte) => byte === piece)).toBe(true);
});
