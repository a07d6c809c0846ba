// A worker that does with files of chunks what its test says: synchronous handles are there in workers only.

import { expose } from 'comlink';
import { type ChunkFile, type ChunkFiles, opfsChunkFiles } from '../../src/vault/chunk-files';

const folder: Promise<ChunkFiles | null> = opfsChunkFiles('chunk-files-test');
const open = new Map<string, ChunkFile>();

async function files(): Promise<ChunkFiles> {
  const found = await folder;
  if (found === null) throw new Error('no synchronous handles here');
  return found;
}

/** Sooner than a timer, which waits for 4 ms. */
function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((wake) => {
    port1.onmessage = () => wake();
    port2.postMessage(null);
  });
}

const verbs = {
  /** Leaves it open until `finish`. */
  async write(name: string, pieces: readonly Uint8Array[]): Promise<void> {
    const file = open.get(name) ?? (await (await files()).create(name));
    open.set(name, file);
    let fromByte = 0;
    for (const piece of pieces) {
      file.write(piece, fromByte);
      fromByte += piece.length;
    }
  },
  finish: (name: string, sizeBytes: number): void => open.get(name)?.finish(sizeBytes),
  read: async (file: string, fromByte: number, sizeBytes: number) => (await files()).read({ file, fromByte, sizeBytes }),
  /** Reads the first byte of each, one after the other, while the collector runs; how many never came. */
  async readAmidCollecting(names: readonly string[]): Promise<number> {
    const { gc } = globalThis as { readonly gc?: () => void };
    if (gc === undefined) throw new Error('no collector to call');
    let lost = 0;
    for (const file of names) {
      let isRead = false;
      const reading = (await files()).read({ file, fromByte: 0, sizeBytes: 1 }).then(() => void (isRead = true));
      for (let round = 0; round < 50 && !isRead; round += 1) {
        gc();
        await nextTask();
      }
      const late = new Promise<boolean>((wake) => setTimeout(wake, 2_000, true));
      if (await Promise.race([reading.then(() => false), late])) lost += 1;
    }
    return lost;
  },
  names: async () => (await files()).names(),
  sizeBytesOf: async (name: string) => (await files()).sizeBytesOf(name),
  remove: async (name: string) => (await files()).remove(name),
  removeAll: async () => (await files()).removeAll(),
};

export type ChunkFileVerbs = typeof verbs;

expose(verbs);
