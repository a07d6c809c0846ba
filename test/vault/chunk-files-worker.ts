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
  names: async () => (await files()).names(),
  sizeBytesOf: async (name: string) => (await files()).sizeBytesOf(name),
  remove: async (name: string) => (await files()).remove(name),
  removeAll: async () => (await files()).removeAll(),
};

export type ChunkFileVerbs = typeof verbs;

expose(verbs);
