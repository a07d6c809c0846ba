// The files of a pack as they are written: each is hashed while it passes, and then stands in the manifest.

import { createSha256 } from '../../crypto/sha256';
import type { Sha256Hex } from '../../model/ids';

export interface PackFile {
  /** Relative, in ASCII, with slashes. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: Sha256Hex;
}

export interface PackFiles {
  /** The same bytes; once they have passed to their end, the file is among `files`. */
  pass(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void>;
  readonly files: readonly PackFile[];
}

export function createPackFiles(): PackFiles {
  const files: PackFile[] = [];
  return {
    files,
    async *pass(path, chunks) {
      const hash = createSha256();
      let sizeBytes = 0;
      for await (const chunk of chunks) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        yield chunk;
      }
      files.push({ path, sizeBytes, sha256: hash.digestHex() });
    },
  };
}

export function hashOfBytes(bytes: Uint8Array): Sha256Hex {
  const hash = createSha256();
  hash.update(bytes);
  return hash.digestHex();
}

/** As `sha256sum -c` of any system reads it. */
export function writeSums(files: readonly Pick<PackFile, 'path' | 'sha256'>[]): string {
  return files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
}
