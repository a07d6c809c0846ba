import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CamphorError, errorCodes } from '../../src/model/error';
import { packError, unpackError } from '../../src/model/packed-error';

describe('an error between threads', () => {
  it('keeps its code and facts', () => {
    const facts = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()), { noNullPrototype: true });
    fc.assert(
      fc.property(fc.constantFrom(...errorCodes), facts, (code, given) => {
        const unpacked = unpackError(structuredClone(packError(new CamphorError(code, given))));
        expect(unpacked).toBeInstanceOf(CamphorError);
        expect({ code: unpacked.code, facts: { ...unpacked.facts } }).toEqual({ code, facts: given });
      }),
    );
  });

  it('says where it happened, and never what its message quotes', () => {
    const secret = 'dear Mum,\n at home (file.ts:1:1)\nlove';
    for (const thrown of [new SyntaxError(`unexpected token in ${secret}`), new CamphorError('damaged', {}, new Error(secret))]) {
      const packed = packError(thrown);
      expect(JSON.stringify(packed)).not.toMatch(/Mum|home|love/);
      expect(packed.frames.length).toBeGreaterThan(0);
      expect(packed.frames.join()).toContain('packed-error.test');
    }
  });

  it('is `unexpected` with the name of its class where it is not one of ours', () => {
    expect(packError(new RangeError('x'))).toMatchObject({ code: 'unexpected', facts: { error: 'RangeError' } });
    expect(packError('text')).toMatchObject({ code: 'unexpected', facts: { error: 'string' }, frames: [] });
  });
});
