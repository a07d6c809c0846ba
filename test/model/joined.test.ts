import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../src/model/ids';
import { addressIn, groupsOf, seqsOfPart } from '../../src/model/joined';
import type { Overlay } from '../../src/model/overlay';

const joining = (from: string, into: string | null, wallMs: number): Overlay => ({
  kind: 'joined-conversations',
  subject: `conversation:${from}`,
  fields: { into: { value: into === null ? null : `conversation:${into}`, stamp: { wallMs, counter: 0, device: 'd' } } },
});
const groups = (...overlays: readonly Overlay[]): unknown => Object.fromEntries(groupsOf(overlays));

describe('which conversations are joined', () => {
  test('those that joined one, in the order in which they did', () => {
    expect(groups(joining('c', 'a', 2), joining('b', 'a', 1))).toEqual({ a: ['a', 'b', 'c'] });
  });

  test('a chain leads to its end', () => {
    expect(groups(joining('c', 'b', 1), joining('b', 'a', 2))).toEqual({ a: ['a', 'c', 'b'] });
  });

  test('what was taken back joins nothing, nor does a circle, nor a conversation with itself', () => {
    expect(groups(joining('b', null, 1), joining('x', 'y', 1), joining('y', 'x', 2), joining('z', 'z', 1))).toEqual({});
  });
});

test('a number of a joined conversation is found again in its part', () => {
  const parts = ['a', 'b'] as unknown as readonly ConversationId[];
  expect(addressIn(parts, 7)).toEqual({ conversation: 'a', seq: 7 });
  expect(addressIn(parts, seqsOfPart + 9)).toEqual({ conversation: 'b', seq: 9 });
  expect(addressIn(parts, 2 * seqsOfPart)).toBeNull();
});
