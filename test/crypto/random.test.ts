import { describe, expect, it } from 'vitest';
import { engineRandom, watchedRandom } from '../../src/crypto/random';

const refused = expect.objectContaining({ code: 'no-randomness' });

describe('randomness', () => {
  it('comes in the size asked for, never twice the same', () => {
    const random = watchedRandom();
    const seen = new Set<string>();
    for (let at = 0; at < 1_000; at += 1) seen.add(random(16).join());
    expect(seen.size).toBe(1_000);
    for (const size of [0, 1, 7, 8, 9, 1_000]) expect(random(size)).toHaveLength(size);
  });

  it('is refused from a generator that does nothing, repeats one byte, or repeats itself', () => {
    expect(() => watchedRandom(() => {})(16)).toThrow(refused);
    expect(() => watchedRandom((bytes) => bytes.fill(7))(16)).toThrow(refused);
    const stuck = watchedRandom((bytes) => bytes.forEach((_, at) => (bytes[at] = at)));
    stuck(16);
    expect(() => stuck(16)).toThrow(refused);
  });

  it('is refused where the engine has none', () => {
    const real = crypto.getRandomValues;
    try {
      Object.defineProperty(crypto, 'getRandomValues', { configurable: true, value: undefined });
      expect(() => engineRandom(new Uint8Array(8))).toThrow(refused);
    } finally {
      Object.defineProperty(crypto, 'getRandomValues', { configurable: true, value: real });
    }
  });
});
