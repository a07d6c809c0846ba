import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../src/session/sound-shape';

describe('the shape of a sound', () => {
  it('is loud where the sound is', () => {
    const samples = new Float32Array(4800).map((_, at) => (at < 2400 ? 0 : Math.sin(at / 5) * (at < 3600 ? 0.5 : 1)));
    const shape = shapeOf(samples);
    expect(shape).toHaveLength(48);
    expect(Math.max(...shape.slice(0, 24))).toBe(0);
    for (const value of shape.slice(25, 35)) expect(value).toBeCloseTo(0.5, 1);
    for (const value of shape.slice(37)) expect(value).toBeCloseTo(1, 1);
  });

  it('is shares of the loudest, whatever the samples', () => {
    fc.assert(
      fc.property(fc.float32Array({ min: -1, max: 1, noNaN: true, maxLength: 500 }), (samples) => {
        const shape = shapeOf(samples);
        expect(shape).toHaveLength(48);
        expect(shape.every((value) => value >= 0 && value <= 1)).toBe(true);
        const isSilent = samples.every((value) => value ** 2 === 0);
        if (!isSilent && samples.length > 0) expect(Math.max(...shape)).toBe(1);
      }),
    );
  });
});
