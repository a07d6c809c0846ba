// Ranges of AES-256-CBC with PKCS #7 (NIST SP 800-38A; RFC 5652 §6.3): a block needs nothing but the block before it, so that any part of
// a file opens by itself. Large ranges go through WebCrypto, small ones and those of SQLite, which cannot wait, through noble.

import { cbc } from '@noble/ciphers/aes.js';
import { freeBytes } from '../model/free-bytes';

export const blockBytes = 16;
/** Below this a call of WebCrypto costs more than it saves. */
const subtleFromBytes = 4096;

export interface CbcRanges {
  /** What whole blocks are, given the block before them (zeros before the first). Padding is no concern of it. */
  decrypt(blocks: Uint8Array, before: Uint8Array): Promise<Uint8Array>;
  decryptSync(blocks: Uint8Array, before: Uint8Array): Uint8Array;
  /** What a whole file is, without its padding; null where that is none, or where the file is small. */
  decryptWhole(file: Uint8Array): Promise<Uint8Array | null>;
}

export function openCbcRanges(key: Uint8Array): CbcRanges {
  let imported: Promise<CryptoKey> | null = null;
  const subtleKey = (): Promise<CryptoKey> =>
    (imported ??= crypto.subtle.importKey('raw', view(key), 'AES-CBC', false, ['decrypt', 'encrypt']));
  const decryptSync = (blocks: Uint8Array, before: Uint8Array): Uint8Array => cbc(key, before, { disablePadding: true }).decrypt(blocks);
  return {
    decryptSync,
    async decrypt(blocks, before) {
      return blocks.length < subtleFromBytes ? decryptSync(blocks, before) : decryptBySubtle(await subtleKey(), blocks, before);
    },
    async decryptWhole(file) {
      if (file.length < subtleFromBytes) return null;
      const params = { name: 'AES-CBC', iv: new Uint8Array(blockBytes) };
      return crypto.subtle.decrypt(params, await subtleKey(), view(file)).then(
        (opened) => new Uint8Array(opened),
        () => null,
      );
    },
  };
}

const view = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>;

/** WebCrypto wants padding at the end: a block of nothing but padding is sealed behind the range, and taken off again by it. */
async function decryptBySubtle(key: CryptoKey, blocks: Uint8Array, before: Uint8Array): Promise<Uint8Array> {
  const last = blocks.subarray(-blockBytes);
  const padding = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: view(last) }, key, new Uint8Array(0));
  const padded = new Uint8Array(blocks.length + blockBytes);
  padded.set(blocks);
  padded.set(new Uint8Array(padding), blocks.length);
  const opened = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv: view(before) }, key, padded));
  freeBytes(padded);
  return opened;
}

/** How many bytes of padding the last block ends with, 1 to 16; null where it is no such padding. */
export function paddingOf(lastBlock: Uint8Array): number | null {
  const count = lastBlock.at(-1) ?? 0;
  if (lastBlock.length !== blockBytes || count < 1 || count > blockBytes) return null;
  return lastBlock.subarray(blockBytes - count).every((byte) => byte === count) ? count : null;
}
