// Files of chunks in the browser's own file system, by two threads.

import { type Remote, wrap } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChunkFileVerbs } from './chunk-files-worker';

const workers: Worker[] = [];

function startThread(): Remote<ChunkFileVerbs> {
  const worker = new Worker(new URL('./chunk-files-worker.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  return wrap<ChunkFileVerbs>(worker);
}

let writer: Remote<ChunkFileVerbs>;
let reader: Remote<ChunkFileVerbs>;

beforeEach(() => {
  writer = startThread();
  reader = startThread();
});

afterEach(async () => {
  const emptied = () =>
    writer.removeAll().then(
      () => true,
      () => false,
    );
  await expect.poll(emptied, { timeout: 10_000 }).toBe(true);
  for (const worker of workers.splice(0)) worker.terminate();
});

const bytes = (length: number, seed: number) => Uint8Array.from({ length }, (_, at) => (at * seed) % 251);

describe('files of chunks', () => {
  it('are read by their writer while it writes, and by every thread afterwards', async () => {
    const [one, two] = [bytes(5_000, 3), bytes(700, 7)];
    await writer.write('a', [one, two]);
    expect(await writer.read('a', 5_000, 700)).toEqual(two);
    await writer.finish('a', 5_700);
    for (const thread of [reader, writer, reader]) {
      expect(await thread.read('a', 0, 5_000)).toEqual(one);
      expect(await thread.read('a', 5_000, 700)).toEqual(two);
    }
    expect(await reader.names()).toEqual(['a']);
    expect(await reader.sizeBytesOf('a')).toBe(5_700);
  });

  it('end where the writer says, and give nothing beyond', async () => {
    await writer.write('a', [bytes(1_000, 3), bytes(1_000, 5)]);
    await writer.finish('a', 1_000);
    expect(await reader.sizeBytesOf('a')).toBe(1_000);
    expect(await reader.read('a', 999, 1)).toBeDefined();
    expect(await reader.read('a', 999, 2)).toBeUndefined();
    expect(await reader.read('missing', 0, 1)).toBeUndefined();
    expect(await reader.sizeBytesOf('missing')).toBe(0);
  });

  it('are not removed while another thread reads them, and a moment later are', async () => {
    await writer.write('a', [bytes(1_000, 3)]);
    await writer.finish('a', 1_000);
    expect(await reader.read('a', 0, 10)).toHaveLength(10);
    expect(await writer.remove('a')).toBe(false);
    await expect.poll(() => writer.remove('a'), { timeout: 10_000 }).toBe(true);
    expect(await reader.read('a', 0, 10)).toBeUndefined();
    expect(await writer.remove('a')).toBe(true);
  });

  it('in large numbers are read in any order, many at once', async () => {
    const count = 40;
    for (let at = 0; at < count; at += 1) {
      await writer.write(`f${at}`, [bytes(500, at + 1)]);
      await writer.finish(`f${at}`, 500);
    }
    const order = Array.from({ length: 200 }, (_, at) => (at * 17) % count);
    const read = await Promise.all(order.map((at) => reader.read(`f${at}`, 100, 300)));
    for (const [index, at] of order.entries()) expect(read[index]).toEqual(bytes(500, at + 1).slice(100, 400));
  });

  it('answer each opening, whatever the collector takes meanwhile', async () => {
    // More than may be open at once: each is opened again and again.
    const names = Array.from({ length: 80 }, (_, at) => `f${at}`);
    for (const name of names) {
      await writer.write(name, [bytes(10, 1)]);
      await writer.finish(name, 10);
    }
    expect(await reader.readAmidCollecting(Array.from({ length: 200 }, (_, at) => names[at % 80] ?? ''))).toBe(0);
  });

  it('left open by a thread that was ended can be removed', async () => {
    await reader.write('a', [bytes(1_000, 3)]);
    workers[1]?.terminate();
    await expect.poll(() => writer.remove('a'), { timeout: 10_000 }).toBe(true);
  });
});
