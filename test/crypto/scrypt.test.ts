import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkScryptCeiling, checkScryptFloor, deriveByScrypt, scryptCost, scryptForRandomSecrets } from '../../src/crypto/scrypt';

describe('scrypt', () => {
  it("gives RFC 7914's vector (§12, the second), and what OpenSSL gives for CJK and decomposed passwords", async () => {
    const salt = new TextEncoder().encode('NaCl');
    const hex = Buffer.from(await deriveByScrypt('password', salt, { N: 1024, r: 8, p: 16 }, 64)).toString('hex');
    expect(hex).toBe(
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    );
    for (const password of ['樟木箱里的信', 'e\u0301 and é', '']) {
      const expected = scryptSync(password, salt, 64, { N: 16, r: 8, p: 1 });
      expect(await deriveByScrypt(password, salt, { N: 16, r: 8, p: 1 }, 64)).toEqual(new Uint8Array(expected));
    }
  });

  it('refuses foreign parameters that would exhaust the device, before any work', async () => {
    const costly = { code: 'secret-costs-too-much' };
    for (const [N, r, p] of [
      [2 ** 24, 8, 1],
      [2 ** 30, 1, 1],
      [2 ** 20, 9, 1],
      [2 ** 17, 8, 65],
      [2, 2 ** 20, 1],
      [2, 1, 2 ** 20],
    ] as const) {
      await expect(deriveByScrypt('x', new Uint8Array(64), { N, r, p }, 64)).rejects.toMatchObject(costly);
    }
    for (const [N, r, p] of [
      [0, 8, 1],
      [1, 8, 1],
      [3, 8, 1],
      [2 ** 15 + 1, 8, 1],
      [2.5, 8, 1],
      [-2, 8, 1],
      [Number.NaN, 8, 1],
      [2 ** 60, 8, 1],
      [1024, 0, 1],
      [1024, 8, 0],
      [1024, 8, 1.5],
    ] as const) {
      await expect(deriveByScrypt('x', new Uint8Array(64), { N, r, p }, 64)).rejects.toMatchObject({ code: 'damaged' });
    }
    // What restic makes on machines of many speeds, and what we make.
    for (const p of [1, 5, 6, 40]) expect(() => checkScryptCeiling({ N: 2 ** 15, r: 8, p })).not.toThrow();
    expect(() => checkScryptCeiling({ N: 2 ** 20, r: 8, p: 1 })).not.toThrow();
  });

  it('says so where the device does not give the memory', async () => {
    const real = globalThis.Uint8Array;
    try {
      globalThis.Uint8Array = new Proxy(real, {
        construct(target, args: [unknown]) {
          if (Number(args[0]) > 2 ** 20) throw new RangeError('Array buffer allocation failed');
          return Reflect.construct(target, args) as Uint8Array;
        },
      });
      const refused = deriveByScrypt('x', new Uint8Array(64), { N: 2 ** 14, r: 8, p: 1 }, 64);
      await expect(refused).rejects.toMatchObject({ code: 'secret-costs-too-much', facts: { memoryMiB: 16 } });
    } finally {
      globalThis.Uint8Array = real;
    }
  });

  it('writes nothing cheap', () => {
    for (const cost of [scryptCost(null), scryptCost(1), scryptCost(4), scryptCost(8), scryptForRandomSecrets]) {
      expect(() => checkScryptFloor(cost)).not.toThrow();
      expect(() => checkScryptCeiling(cost)).not.toThrow();
    }
    expect(scryptCost(8)).toEqual({ N: 131072, r: 8, p: 1 });
    expect(scryptCost(null)).toEqual({ N: 32768, r: 8, p: 3 });
    for (const [N, r, p] of [
      [2 ** 13, 8, 1],
      [2 ** 14, 4, 1],
      [2 ** 14, 8, 0],
    ] as const) {
      expect(() => checkScryptFloor({ N, r, p })).toThrow(RangeError);
    }
  });
});
