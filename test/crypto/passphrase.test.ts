import { describe, expect, it } from 'vitest';
import { seal, unseal } from '../../src/crypto/aead';
import { argon2Floor, checkArgon2, checkPassphrase, derivePassphraseKey } from '../../src/crypto/passphrase';

const salt = Uint8Array.from({ length: 16 }, (_, at) => at);
const nonce = new Uint8Array(12);

describe('a passphrase', () => {
  it('is refused when it is short, repeated or a plain sequence', () => {
    const weak = [
      '',
      'short',
      '123456789',
      '1111111111',
      'abababababab',
      'passpasspass',
      '1234567890',
      'abcdefghijk',
      '9876543210',
      '樟木箱樟木箱樟木箱樟木箱',
      '😀😀😀😀😀😀😀😀😀😀',
    ];
    for (const passphrase of weak)
      expect(() => checkPassphrase(passphrase), passphrase).toThrow(expect.objectContaining({ code: 'secret-too-weak' }));
  });

  it('is taken when it has ten letters of any script', () => {
    for (const passphrase of ['correct horse', '樟木箱里有外婆的信和照片', 'пароль-пароля', 'a1b2c3d4e5'])
      expect(() => checkPassphrase(passphrase)).not.toThrow();
  });
});

describe('argon2id', () => {
  it('is refused outside floor and ceiling before any work', async () => {
    const { memoryKiB, passes } = argon2Floor;
    const bad = [
      [memoryKiB - 1, passes],
      [memoryKiB, passes - 1],
      [8, 1],
      [0, 0],
      [-1, 3],
      [64.5 * 1024 + 0.5, 3],
      [Number.NaN, 3],
      [64 * 1024 * 1024, 3],
      [64 * 1024, 2 ** 31],
      [Number.POSITIVE_INFINITY, 3],
    ] as const;
    for (const [memory, count] of bad) {
      expect(() => checkArgon2({ memoryKiB: memory, passes: count })).toThrow(expect.objectContaining({ code: 'tampered' }));
      const derived = derivePassphraseKey('x', { memoryKiB: memory, passes: count, salt });
      await expect(derived).rejects.toMatchObject({ code: 'tampered' });
    }
    await expect(derivePassphraseKey('x', { ...argon2Floor, salt: salt.subarray(1) })).rejects.toMatchObject({ code: 'tampered' });
  });

  it('gives one key for one passphrase, salt and cost, however its letters were typed', async () => {
    const composed = await derivePassphraseKey('caf\u00e9 \u6a1f', { ...argon2Floor, salt });
    const decomposed = await derivePassphraseKey('cafe\u0301 \u6a1f', { ...argon2Floor, salt });
    const sealed = await seal(composed, nonce, '', new Uint8Array([1]));
    expect(await unseal(decomposed, nonce, '', sealed)).toEqual(new Uint8Array([1]));
    const others = [
      derivePassphraseKey('cafe \u6a1f', { ...argon2Floor, salt }),
      derivePassphraseKey('caf\u00e9 \u6a1f', { ...argon2Floor, salt: salt.with(0, 1) }),
      derivePassphraseKey('caf\u00e9 \u6a1f', { ...argon2Floor, passes: 3, salt }),
    ];
    for (const other of others) await expect(unseal(await other, nonce, '', sealed)).rejects.toMatchObject({ code: 'tampered' });
  });

  it('says how far it is', async () => {
    const shares: number[] = [];
    await derivePassphraseKey('x', { ...argon2Floor, salt }, (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});
