// The real codec, and keys and chance, for tests of the repository's format.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createZstdCodec, type ZstdCodec } from '../../src/bytes/zstd';
import { watchedRandom } from '../../src/crypto/random';

export async function realCodec(): Promise<ZstdCodec> {
  const main = createRequire(import.meta.url).resolve('@bokuweb/zstd-wasm');
  const bytes = await readFile(join(dirname(main), 'zstd.wasm'));
  return createZstdCodec(new Uint8Array(bytes).buffer);
}

export const random = watchedRandom();

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const fromHex = (hex: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));

/** Calls back with each of the copies of `bytes` that differ from it in one bit. */
export async function withEachFlip(bytes: Uint8Array, check: (flipped: Uint8Array<ArrayBuffer>, bit: number) => Promise<void> | void) {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = new Uint8Array(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await check(flipped, bit);
  }
}
