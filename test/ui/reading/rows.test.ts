import { describe, expect, test } from 'vitest';
import type { MessageView } from '../../../src/model/view';
import { groupByDay } from '../../../src/ui/reading/rows';
import { joinPage, reaches, windowLimit, windowOf } from '../../../src/ui/reading/window';
import { longConversation, makeMessage, person } from '../fake-conversations';
import { readPage } from '../fake-session';

const me = person('me', 'Me', 0, true);
const mum = person('mum', 'Mum', 1);
const noonMs = new Date(2024, 5, 1, 12).getTime();
const at = (position: number, minutes: number, sender = mum, kind: MessageView['kind'] = 'text'): MessageView =>
  makeMessage('c', position, noonMs + minutes * 60_000, sender, { text: 'x', kind });

describe('groupByDay', () => {
  const flags = (messages: readonly MessageView[]): readonly string[] =>
    groupByDay(messages).flatMap(({ rows }) => rows.map((row) => `${row.startsGroup ? '[' : ''}${row.endsGroup ? ']' : ''}`));

  test('one sender within five minutes is a group; more is not', () => {
    expect(flags([at(0, 0), at(1, 5), at(2, 10.1)])).toEqual(['[', ']', '[]']);
  });
  test('another sender or a system line ends it', () => {
    expect(flags([at(0, 0), at(1, 1, me), at(2, 2, me, 'system'), at(3, 3, me)])).toEqual(['[]', '[]', '[]', '[]']);
  });
  test('midnight ends it, and days stand in order', () => {
    const days = groupByDay([at(0, 719), at(1, 720)]);
    expect(days.map(({ key }) => key)).toEqual(['2024-06-01', '2024-06-02']);
    expect(days.flatMap(({ rows }) => rows.map(({ endsGroup }) => endsGroup))).toEqual([true, true]);
  });
  test('absurd times have a day of their own and never throw (A10)', () => {
    const absurd = [-1e300, Number.NaN, 8.64e15 + 1].map((sentAtMs, position) => ({ ...at(position, 0), sentAtMs }));
    expect(groupByDay(absurd).map(({ key }) => key)).toEqual(['']);
  });
  test('rows that did not change keep their identity', () => {
    const messages = [at(0, 0), at(1, 1), at(2, 100)];
    const former = new Map(groupByDay(messages).flatMap(({ rows }) => rows.map((row) => [row.message.seq, row] as const)));
    const next = groupByDay([...messages, at(3, 101)], former).flatMap(({ rows }) => rows);
    expect(next[0]).toBe(former.get(0));
    expect(next[1]).toBe(former.get(1));
    expect(next[2]).not.toBe(former.get(2));
  });
});

describe('window', () => {
  const conversation = longConversation('long', 'Long', 1_000_000);

  test('grows at both ends, stays bounded, stays contiguous, at any place of a million', () => {
    let window = windowOf(readPage(conversation, { at: 'position', position: 500_000 }, 60, 60));
    for (let turn = 0; turn < 40; turn++) {
      const side = turn % 3 === 0 ? 'before' : 'after';
      const edge = side === 'before' ? window.messages[0] : window.messages.at(-1);
      window = joinPage(
        window,
        readPage(conversation, { at: 'position', position: edge?.position ?? 0 }, side === 'before' ? 60 : 0, side === 'after' ? 60 : 0),
        side,
      );
      expect(window.messages.length).toBeLessThanOrEqual(windowLimit);
      expect(window.messages.every((message, index) => message.position === (window.messages[0]?.position ?? 0) + index)).toBe(true);
    }
  });
  test('knows its ends', () => {
    const end = windowOf(readPage(conversation, { at: 'end' }, 60, 60));
    expect([reaches(end, 'after'), reaches(end, 'before')]).toEqual([true, false]);
    expect(end.messages.at(-1)?.position).toBe(999_999);
  });
  test('a page that does not touch it replaces it', () => {
    const window = windowOf(readPage(conversation, { at: 'start' }, 60, 60));
    const far = readPage(conversation, { at: 'position', position: 7000 }, 0, 10);
    expect(joinPage(window, far, 'after').messages[0]?.position).toBe(7000);
  });
});
