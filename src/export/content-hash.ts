// One hash over many files: their paths, bytes and sizes, in order. What is written and what is read back must agree in it.

import { createPieceHash } from '../crypto/hashes';
import type { Sha256Hex } from '../model/ids';

export interface ContentHash {
  /** The same chunks; the file has been taken in when they end. */
  follow(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>;
  readonly files: number;
  finish(): Promise<Sha256Hex>;
}

/** Files one after the other. No path has a line feed, so that no other files give the same bytes. */
export function createContentHash(): ContentHash {
  const hash = createPieceHash();
  const utf8 = new TextEncoder();
  let files = 0;
  return {
    async *follow(path, chunks) {
      let sizeBytes = 0;
      await hash.update(utf8.encode(`${path}\n`));
      for await (const chunk of chunks) {
        sizeBytes += chunk.length;
        await hash.update(chunk);
        yield chunk as Uint8Array<ArrayBuffer>;
      }
      await hash.update(utf8.encode(`\n${sizeBytes}\n`));
      files++;
    },
    get files() {
      return files;
    },
    finish: async () => (await hash.finish()).hash,
  };
}
