// Answers sealed for the vault: what Node's own cryptography sealed opens, and nothing that was changed.
import { createCipheriv, createECDH, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeAnswerKey, openAnswer } from '../../src/crypto/sealed-answer';

/** The form, by another implementation: point, ciphertext, tag. */
function seal(text: string, publicKey: string): Buffer {
  const own = createECDH('prime256v1');
  const point = own.generateKeys();
  const shared = own.computeSecret(Buffer.from(publicKey, 'base64url'));
  const key = Buffer.from(hkdfSync('sha256', shared, point, 'camphor-consent', 32));
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12));
  return Buffer.concat([point, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

describe('a sealed answer', () => {
  it('opens with its key, and with no other', async () => {
    const [key, other] = [await makeAnswerKey(), await makeAnswerKey()];
    const sealed = seal('{"code":"一二三"}', key.publicKey).toString('base64url');
    expect(await openAnswer(sealed, key.privateKey)).toBe('{"code":"一二三"}');
    await expect(openAnswer(sealed, other.privateKey)).rejects.toMatchObject({ code: 'tampered' });
  });

  it('does not open where a byte was changed, cut or added, or where it is none', async () => {
    const key = await makeAnswerKey();
    const sealed = seal('answer', key.publicKey);
    const changed = Array.from({ length: sealed.length }, (_, at) => {
      const bytes = Buffer.from(sealed);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    });
    for (const bytes of [...changed, sealed.subarray(0, -1), Buffer.concat([sealed, Buffer.of(0)]), Buffer.alloc(0)])
      await expect(openAnswer(bytes.toString('base64url'), key.privateKey)).rejects.toMatchObject({ code: 'tampered' });
    await expect(openAnswer('not base64url!', key.privateKey)).rejects.toMatchObject({ code: 'tampered' });
  });
});
