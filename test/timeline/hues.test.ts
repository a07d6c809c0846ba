import { describe, expect, test } from 'vitest';
import type { PersonId } from '../../src/model/ids';
import { hueOf, huesAmong } from '../../src/timeline/hues';
import { person, personId } from '../search/memory-reader';

const ids = Array.from({ length: 100 }, (_, index) => personId(`p${index}`));
const nobody = new Map();
const alike = ids.filter((id) => hueOf(id) === 5);

describe('hues', () => {
  test('are the same everywhere and all eight come up', () => {
    expect(hueOf(personId('anna'))).toBe(2);
    expect([...new Set(ids.map(hueOf))].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('differ among those who are shown together, as far as there are as many', () => {
    const together = huesAmong(alike.slice(0, 8), nobody);
    expect(together.get(alike[0] as PersonId)).toBe(5);
    expect([...together.values()].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const crowd = [...huesAmong(ids.slice(0, 24), nobody).values()];
    expect(crowd.toSorted()).toEqual(Array.from({ length: 24 }, (_, place) => Math.floor(place / 3)));
  });

  test('are one for people whom the owner has merged', () => {
    const merged = new Map([[personId('b'), { ...person('b', ['B']), one: personId('a') }]]);
    const together = huesAmong([personId('a'), personId('b')], merged);
    expect([...together]).toEqual([[personId('a'), hueOf(personId('a'))]]);
  });
});
