// Files of chunks in memory, for vaults in Node, whose storage calls can be made to fail (flaky-storage.ts). The real ones are tested
// in Chromium (test/vault/chunk-files.browser.test.ts), by the same rules.

import type { ChunkFile, ChunkFiles } from '../../src/vault/chunk-files';
import { takeTurn } from './flaky-storage';

export interface MemoryChunkFiles extends ChunkFiles {
  /** What lies on the disk. A test may change it. */
  readonly files: Map<string, Uint8Array>;
  /** Names that another thread reads just now, so that they cannot be removed. */
  readonly inUse: Set<string>;
}

function grown(bytes: Uint8Array, sizeBytes: number): Uint8Array {
  const longer = new Uint8Array(sizeBytes);
  longer.set(bytes.subarray(0, sizeBytes));
  return longer;
}

function fileIn(files: Map<string, Uint8Array>, name: string): ChunkFile {
  files.set(name, new Uint8Array(0));
  const bytes = () => files.get(name) ?? new Uint8Array(0);
  return {
    write: (piece, fromByte) => {
      takeTurn();
      const whole = grown(bytes(), Math.max(bytes().length, fromByte + piece.length));
      whole.set(piece, fromByte);
      files.set(name, whole);
    },
    read: (fromByte, sizeBytes) => {
      takeTurn();
      return fromByte + sizeBytes > bytes().length ? undefined : bytes().slice(fromByte, fromByte + sizeBytes);
    },
    finish: (sizeBytes) => {
      takeTurn();
      files.set(name, grown(bytes(), sizeBytes));
    },
  };
}

/** An empty folder. */
export function memoryChunkFiles(): MemoryChunkFiles {
  const files = new Map<string, Uint8Array>();
  const inUse = new Set<string>();
  const call = async <Value>(run: () => Value): Promise<Value> => {
    takeTurn();
    return run();
  };
  return {
    files,
    inUse,
    sharesHandles: true,
    create: (name) => call(() => fileIn(files, name)),
    read: ({ file, fromByte, sizeBytes }) =>
      call(() => {
        const bytes = files.get(file);
        return bytes === undefined || fromByte + sizeBytes > bytes.length ? undefined : bytes.slice(fromByte, fromByte + sizeBytes);
      }),
    names: () => call(() => [...files.keys()]),
    sizeBytesOf: (name) => call(() => files.get(name)?.length ?? 0),
    remove: (name) => call(() => !inUse.has(name) && (files.delete(name) || true)),
    removeAll: () => call(() => files.clear()),
  };
}
