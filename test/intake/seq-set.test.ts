import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSeqSet } from '../../src/intake/seq-set';

test('behaves as a set of numbers', () => {
  const step = fc.tuple(fc.constantFrom('add', 'delete', 'addRun'), fc.nat({ max: 300 }), fc.nat({ max: 60 }));
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const set = makeSeqSet();
      const model = new Set<number>();
      for (const [name, seq, length] of steps) {
        if (name === 'delete') {
          set.delete(seq);
          model.delete(seq);
          continue;
        }
        if (name === 'add') set.add(seq);
        else set.addRun(seq, seq + length);
        for (let each = seq; each < seq + (name === 'add' ? 1 : length); each++) model.add(each);
      }
      const runs = set.runs();
      expect(runs.flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index))).toEqual(
        [...model].sort((a, b) => a - b),
      );
      expect(runs.every(([from], index) => from > (runs[index - 1]?.[1] ?? -1))).toBe(true);
      expect(Array.from({ length: 400 }, (_, seq) => set.has(seq))).toEqual(Array.from({ length: 400 }, (_, seq) => model.has(seq)));
      expect(makeSeqSet(runs).runs()).toEqual(runs);
    }),
  );
});
