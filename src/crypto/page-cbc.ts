// AES-256-CBC of one page, decrypted at once.

import { unsafe } from '@noble/ciphers/aes.js';
import { pageCodeAt, usePageCode } from './page-cipher';

const keyBytes = 32;
const blockBytes = 16;

/** Decrypts whole blocks, at most a page, that have no padding; gives new bytes. Throws RangeError for other lengths. */
export type DecryptPage = (sealed: Uint8Array, iv: Uint8Array) => Uint8Array;

/** Under a key of 32 bytes. Throws RangeError for another length. */
export function pageDecrypter(key: Uint8Array): DecryptPage {
  if (key.length !== keyBytes) throw new RangeError('a key of AES-256 has 32 bytes');
  const roundKeys = unsafe.expandKeyDecLE(key);
  return (sealed, iv) => {
    const { length } = sealed;
    if (length % blockBytes !== 0 || iv.length !== blockBytes) throw new RangeError('not whole blocks');
    return usePageCode(length, (code, memory) => {
      new Uint32Array(memory.buffer, pageCodeAt.keys, roundKeys.length).set(roundKeys);
      memory.set(iv, pageCodeAt.iv);
      memory.set(sealed, pageCodeAt.data);
      code.decryptCbc(pageCodeAt.data, pageCodeAt.data + length);
      return memory.slice(pageCodeAt.data, pageCodeAt.data + length);
    });
  };
}
