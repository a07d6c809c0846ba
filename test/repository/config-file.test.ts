import { beforeAll, describe, expect, it } from 'vitest';
import { makeConfigFile, readConfigFile, sealConfigFile } from '../../src/repository/config-file';
import { makeMasterKey, type MasterKey } from '../../src/repository/master-key';
import { isIrreducible, makePolynomial } from '../../src/repository/polynomial';
import { seal, unseal } from '../../src/repository/seal';
import { random, utf8, withEachFlip } from './codec';

let key: MasterKey;
beforeAll(async () => {
  key = await makeMasterKey(random);
});

const damaged = { code: 'damaged' };

describe('the config', () => {
  it('is read as it was made, in both versions, and is never compressed', async () => {
    for (const version of [1, 2] as const) {
      const { config, bytes } = await makeConfigFile(key, random, version);
      expect(config).toMatchObject({ version, id: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(isIrreducible(BigInt(`0x${config.chunkerPolynomial}`))).toBe(true);
      expect(await readConfigFile(key, bytes)).toEqual(config);
      expect(new TextDecoder().decode(await unseal(key, bytes))).toBe(
        `{"version":${version},"id":"${config.id}","chunker_polynomial":"${config.chunkerPolynomial}"}`,
      );
      expect(await readConfigFile(key, await sealConfigFile(key, config, random))).toEqual(config);
    }
  });

  it('of a newer version is not damaged but newer', async () => {
    const newer = await seal(key, utf8(`{"version":3,"id":"${'a'.repeat(64)}"}`), random);
    await expect(readConfigFile(key, newer)).rejects.toMatchObject({ code: 'newer-repository', facts: { version: 3 } });
  });

  it('is damaged by any flipped bit, another key, or content that no config has', async () => {
    const { bytes } = await makeConfigFile(key, random);
    await withEachFlip(bytes, (flipped) => expect(readConfigFile(key, flipped)).rejects.toMatchObject(damaged));
    await expect(readConfigFile(await makeMasterKey(random), bytes)).rejects.toMatchObject(damaged);
    const id = 'a'.repeat(64);
    for (const text of [
      '[]',
      '{}',
      `{"version":0,"id":"${id}"}`,
      `{"version":1.5,"id":"${id}"}`,
      `{"version":"2","id":"${id}"}`,
      '{"version":2,"id":"short"}',
      `{"version":2,"id":"${id}","chunker_polynomial":7}`,
      `\u0002${text0(id)}`,
    ]) {
      await expect(readConfigFile(key, await seal(key, utf8(text), random)), text).rejects.toMatchObject(damaged);
    }
  });
});

const text0 = (id: string): string => `{"version":2,"id":"${id}"}`;

describe('the polynomial', () => {
  it('is one without factors', () => {
    // Small ones by hand; those of degree 53 from restic's documents and a repository that it made, and one with a factor.
    for (const polynomial of [2n, 3n, 7n, 11n, 13n, 19n, 0x3da3358b4dc173n, 0x25b468838dcb75n])
      expect(isIrreducible(polynomial)).toBe(true);
    for (const polynomial of [0n, 1n, 4n, 5n, 6n, 9n, 15n, 21n, 0x3da3358b4dc175n]) expect(isIrreducible(polynomial)).toBe(false);
  });

  it('agrees with trial division up to degree 10', () => {
    const times = (one: number, other: number): number => {
      let product = 0;
      for (let bit = 0; bit < 11; bit += 1) if ((other >> bit) & 1) product ^= one << bit;
      return product;
    };
    const composite = new Set<number>();
    for (let one = 2; one < 1024; one += 1) for (let other = 2; other <= one; other += 1) composite.add(times(one, other));
    for (let polynomial = 2; polynomial < 1024; polynomial += 1) expect(isIrreducible(BigInt(polynomial))).toBe(!composite.has(polynomial));
  });

  it('has degree 53 and differs each time', () => {
    const made = new Set(Array.from({ length: 5 }, () => makePolynomial(random)));
    expect(made.size).toBe(5);
    for (const polynomial of made) expect(polynomial).toMatch(/^[23][0-9a-f]{13}$/);
  });
});
