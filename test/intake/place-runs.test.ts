import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipRuns, countPlaces, hasPlace, joinRuns, runsBetween, subtractRuns } from '../../src/intake/place-runs';
import type { SeqRun } from '../../src/model/receipt';

const run = fc.tuple(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 12 })).map(([from, length]): SeqRun => [from, from + length]);
const runs = fc.array(run, { maxLength: 8 }).map(joinRuns);
const placesOf = (some: readonly SeqRun[]): number[] =>
  some.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at));

test('runs behave as the sets of their places', () => {
  fc.assert(
    fc.property(runs, runs, fc.nat({ max: 70 }), fc.nat({ max: 70 }), (one, other, a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const places = placesOf(one);
      expect(one.every(([start], index) => start > (one[index - 1]?.[1] ?? -1))).toBe(true);
      expect(countPlaces(one)).toBe(places.length);
      for (let place = 0; place < 80; place++) expect(hasPlace(one, place)).toBe(places.includes(place));
      expect(placesOf(clipRuns(one, from, to))).toEqual(places.filter((place) => place >= from && place < to));
      expect(placesOf(subtractRuns(one, other))).toEqual(places.filter((place) => !hasPlace(other, place)));
      expect(placesOf(runsBetween(one, to))).toEqual(
        Array.from({ length: to }, (_, place) => place).filter((place) => !places.includes(place)),
      );
      expect(placesOf(joinRuns([...one, ...other]))).toEqual([...new Set([...places, ...placesOf(other)])].sort((x, y) => x - y));
    }),
  );
});
