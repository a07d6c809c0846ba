import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { importBaseKey } from '../../src/crypto/aead';
import { watchedRandom } from '../../src/crypto/random';
import { createKeyring, openRow, sealRow } from '../../src/vault/keyring';
import { newObjectId } from '../../src/vault/object-id';

const plain = new TextEncoder().encode('the same plaintext every time');

async function openKeyring(vaultId = 'vault', epoch = 0) {
  const keyring = createKeyring();
  const keys = new Map([[epoch, await importBaseKey(new Uint8Array(32).fill(epoch + 1))]]);
  keyring.fill(vaultId, epoch, keys);
  return keyring;
}

afterEach(() => vi.restoreAllMocks());

describe('sealed objects', () => {
  it('open to what was sealed', async () => {
    const keyring = await openKeyring();
    const random = watchedRandom();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.string(), async (bytes, purpose) => {
        const row = newObjectId(random, 0);
        expect(await openRow(keyring, row, purpose, await sealRow(keyring, row, purpose, bytes))).toEqual(bytes);
      }),
    );
  });

  it('do not open when any bit is flipped, the version byte included', async () => {
    const keyring = await openKeyring();
    const sealed = await sealRow(keyring, 'Arow', 'text', plain);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = sealed.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const code = bit < 8 && (flipped[0] ?? 0) > 1 ? 'unsupported-version' : 'tampered';
      await expect(openRow(keyring, 'Arow', 'text', flipped)).rejects.toMatchObject({ code });
    }
  });

  it('open in no other place: another row, purpose or vault', async () => {
    const keyring = await openKeyring();
    const sealed = await sealRow(keyring, 'Arow', 'text', plain);
    const tampered = { code: 'tampered' };
    await expect(openRow(keyring, 'Arow2', 'text', sealed)).rejects.toMatchObject(tampered);
    await expect(openRow(keyring, 'Arow', 'times', sealed)).rejects.toMatchObject(tampered);
    await expect(openRow(await openKeyring('other'), 'Arow', 'text', sealed)).rejects.toMatchObject(tampered);
    await expect(openRow(keyring, 'Brow', 'text', sealed)).rejects.toMatchObject({ code: 'locked' });
    await expect(openRow(keyring, 'Arow', 'text', undefined)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('do not open after the keys were cleared', async () => {
    const keyring = await openKeyring();
    const sealed = await sealRow(keyring, 'Arow', 'text', plain);
    keyring.clear();
    await expect(openRow(keyring, 'Arow', 'text', sealed)).rejects.toMatchObject({ code: 'locked' });
    await expect(sealRow(keyring, 'Arow', 'text', plain)).rejects.toMatchObject({ code: 'locked' });
  });

  it('have a key each: over 100,000 seals no derived key comes twice, nor does a ciphertext', { timeout: 180_000 }, async () => {
    const keyring = await openKeyring();
    const random = watchedRandom();
    const derived = vi.spyOn(crypto.subtle, 'deriveKey');
    const names = new Set<string>();
    const ciphertexts = new Set<string>();
    const count = 100_000;
    for (let from = 0; from < count; from += 1_000) {
      const rows = Array.from({ length: 1_000 }, () => newObjectId(random, 0));
      for (const sealed of await Promise.all(rows.map((row) => sealRow(keyring, row, 'text', plain)))) {
        ciphertexts.add(Buffer.from(sealed.subarray(1, 17)).toString('base64'));
      }
      for (const [{ info }] of derived.mock.calls as unknown as [{ info: Uint8Array }][]) names.add(Buffer.from(info).toString('utf8'));
      derived.mockClear();
    }
    expect(names.size).toBe(count);
    expect(ciphertexts.size).toBe(count);
  });
});
