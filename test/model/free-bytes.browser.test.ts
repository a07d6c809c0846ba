// That memory is given back where an interface of the engine gave it. What is only emptied stays until the collector comes by, which
// it does not, since it no longer counts it.
import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { freeBytes } from '../../src/model/free-bytes';

declare module 'vitest/browser' {
  interface BrowserCommands {
    rendererBytes(): Promise<number>;
  }
}

const pieceBytes = 512 * 1024;
const rounds = 20;
const piecesARound = 200;

test('two gigabytes that WebCrypto gives, one piece after the other, are never one gigabyte at once', async () => {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(32), 'AES-GCM', false, ['encrypt']);
  const plain = new Uint8Array(pieceBytes);
  const before = await commands.rendererBytes();
  let most = 0;
  for (let round = 0; round < rounds; round++) {
    for (let piece = 0; piece < piecesARound; piece++)
      freeBytes(new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, plain)));
    most = Math.max(most, await commands.rendererBytes());
  }
  expect(most - before).toBeLessThan(1024 ** 3);
});
