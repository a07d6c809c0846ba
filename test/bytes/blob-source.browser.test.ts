// Bytes of a file in Chromium, where they come as a stream into arrays of ours.

import { describe, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { sourceOfBlob } from '../../src/bytes/blob-source';

const bytes = Uint8Array.from({ length: 3_000_001 }, (_, at) => Math.imul(at, 2_654_435_761) >>> 24);
const file = new File([bytes], 'a.bin');

async function streamed(fromByte: number | undefined, blob: Blob = file): Promise<{ joined: Uint8Array; longest: number }> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of sourceOfBlob(blob).stream(fromByte)) chunks.push(chunk);
  // Joined only now: a chunk stays what it was when the next ones come.
  return {
    joined: new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()),
    longest: Math.max(0, ...chunks.map(({ length }) => length)),
  };
}

describe('a source over a file', () => {
  test.each([undefined, 0, 1, 524_288, 3_000_000, 3_000_001, 4_000_000])('streams all bytes from %s on', async (fromByte) => {
    const { joined, longest } = await streamed(fromByte);
    expect(joined.length).toBe(Math.max(0, bytes.length - (fromByte ?? 0)));
    expect(joined.findIndex((byte, at) => byte !== bytes[at + (fromByte ?? 0)])).toBe(-1);
    expect(longest).toBeLessThanOrEqual(1 << 20);
  });

  test('lends all bytes, each chunk until the next is asked for', async () => {
    const wrong: number[] = [];
    let at = 0;
    for await (const chunk of sourceOfBlob(file).streamLent?.() ?? []) {
      wrong.push(...[chunk.findIndex((byte, index) => byte !== bytes[at + index])].filter((index) => index >= 0));
      at += chunk.length;
    }
    expect(at).toBe(bytes.length);
    expect(wrong).toEqual([]);
  });

  // Imports and backups stood still now and then, with nothing to do, until this was understood.
  test('comes to its end though the collector runs, and nobody but the stream itself knows who waits', async () => {
    const devTools = cdp() as unknown as { send(method: 'HeapProfiler.collectGarbage'): Promise<void> };
    const large = new File([new Uint8Array(20_000_000)], 'large.bin');
    const streams = 30;
    let ended = 0;
    const readAll = async (): Promise<void> => {
      for await (const _ of sourceOfBlob(large).stream());
      ended += 1;
    };
    for (let each = 0; each < streams; each += 1) void readAll();
    for (let times = 0; times < 20; times += 1) await devTools.send('HeapProfiler.collectGarbage');
    await expect.poll(() => ended, { timeout: 20_000 }).toBe(streams);
  });

  test('streams nothing of nothing', async () => {
    expect((await streamed(0, new Blob([]))).joined).toHaveLength(0);
  });

  test('may be left in the middle, and read again', async () => {
    const source = sourceOfBlob(file);
    for await (const chunk of source.stream(10)) {
      expect(chunk[0]).toBe(bytes[10]);
      break;
    }
    expect(await source.read(5, 9)).toEqual(bytes.subarray(5, 9));
  });

  test('says where it could not go on, with an error of ours', async () => {
    class Broken extends Blob {
      override get size(): number {
        return 100;
      }
      override slice(): Blob {
        return new Blob(['short']);
      }
    }
    await expect(streamed(0, new Broken())).rejects.toMatchObject({ code: 'archive-unreadable', facts: { offsetBytes: 5 } });
  });
});
