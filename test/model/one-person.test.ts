// People whom the owner has merged.

import { describe, expect, test } from 'vitest';
import type { PersonId } from '../../src/model/ids';
import { asOnePerson, headsOf } from '../../src/model/one-person';
import type { Overlay } from '../../src/model/overlay';

const id = (name: string): PersonId => name as PersonId;
const stamp = { wallMs: 1, counter: 0, device: 'd' };
const merged = (from: string, into: string | null): Overlay => ({
  kind: 'merged-people',
  subject: `person:${from}`,
  fields: { into: { value: into === null ? null : `person:${into}`, stamp } },
});

describe('who stands for whom', () => {
  test('chains lead to their end', () => {
    expect(headsOf([merged('a', 'b'), merged('b', 'c')])).toEqual(new Map([['a', 'c'], ['c', 'c'], ['b', 'c']])); // prettier-ignore
  });

  test('circles, oneself and what was taken back merge nobody', () => {
    expect(headsOf([merged('a', 'b'), merged('b', 'a'), merged('c', 'c'), merged('d', null)]).size).toBe(0);
  });
});

describe('as one person', () => {
  const people = new Map(
    [
      { id: id('a'), names: ['Ida', 'Ida B.'], isOwner: false },
      { id: id('b'), names: ['艾达', 'Ida'], isOwner: false },
      { id: id('x'), names: ['Xu'], isOwner: false },
    ].map((person) => [person.id, person]),
  );

  test('each has the names of all, the first of whom gives the name; others stay as they are', () => {
    const overlays = [merged('b', 'a')];
    const one = asOnePerson(people, overlays);
    expect(one.get(id('b'))).toMatchObject({ names: ['Ida', 'Ida B.', '艾达'], ownNames: ['艾达', 'Ida'], one: 'a' });
    expect(one.get(id('a'))).toMatchObject({ names: ['Ida', 'Ida B.', '艾达'], one: 'a' });
    expect(one.get(id('x'))).toBe(people.get(id('x')));
    expect(asOnePerson(people, overlays)).toBe(one);
  });

  test('a name that the owner gave stands first; one who is not here changes nothing', () => {
    const given: Overlay = { kind: 'person-name', subject: 'person:a', fields: { name: { value: 'Grandma', stamp } } };
    expect(asOnePerson(people, [merged('b', 'a'), given]).get(id('b'))?.names[0]).toBe('Grandma');
    expect(asOnePerson(people, [merged('b', 'gone')])).toEqual(people);
  });
});
