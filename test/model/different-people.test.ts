// People of whom the owner has said that they are not one.

import { expect, test } from 'vitest';
import { differentPeople, sayDifferent } from '../../src/model/different-people';
import type { PersonId } from '../../src/model/ids';
import type { Overlay } from '../../src/model/overlay';

const id = (name: string): PersonId => name as PersonId;
const stamp = { wallMs: 1, counter: 0, device: 'd' };
const overlaysOf = (said: ReturnType<typeof sayDifferent>): Overlay[] =>
  said.map(({ subject, fields }) => ({
    kind: 'different-people',
    subject,
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, stamp }])),
  }));

test('every two of a group are different, whoever is asked about first, and nobody else is', () => {
  const said = sayDifferent(['c', 'a', 'b'].map(id), 'yes');
  expect(said).toEqual([
    { subject: 'person:a', fields: { b: 'yes', c: 'yes' } },
    { subject: 'person:b', fields: { c: 'yes' } },
  ]);
  const areDifferent = differentPeople(overlaysOf(said));
  for (const [one, other] of [['a', 'b'], ['c', 'a'], ['c', 'b']] as const) expect(areDifferent(id(one), id(other))).toBe(true); // prettier-ignore
  expect(areDifferent(id('a'), id('d'))).toBe(false);
});

test('what was taken back is not said, nor what another kind says', () => {
  const areDifferent = differentPeople([
    ...overlaysOf(sayDifferent(['a', 'b'].map(id), null)),
    { kind: 'merged-people', subject: 'person:a', fields: { c: { value: 'yes', stamp } } },
  ]);
  expect(areDifferent(id('a'), id('b'))).toBe(false);
  expect(areDifferent(id('a'), id('c'))).toBe(false);
});
