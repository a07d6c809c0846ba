// What the owner keeps, listed; this day in earlier years, against a plain look at every message; and how little is opened for it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../src/model/ids';
import { seqsOfPart } from '../../src/model/joined';
import { tagFields } from '../../src/model/marks';
import type { Message } from '../../src/model/message';
import type { Overlay, OverlayKind } from '../../src/model/overlay';
import { earlierDays } from '../../src/timeline/keeping/memories';
import { createTimeline } from '../../src/timeline/timeline';
import { conversationId, memoryReader, type MemoryReader, message } from '../search/memory-reader';

function overlay(kind: OverlayKind, subject: string, fields: Readonly<Record<string, string | null>>): Overlay {
  const stamp = { wallMs: 1, counter: 0, device: 'd' };
  const stamped = Object.entries(fields).map(([name, value]) => [name, { value, stamp }]);
  return { kind, subject, fields: Object.fromEntries(stamped) as Overlay['fields'] };
}

const timelineOver = (reader: MemoryReader, overlays: readonly Overlay[] = []) =>
  createTimeline({ reader: async () => reader, overlays: async () => overlays, inlineTypes: new Set() });

const dayMs = 86_400_000;
const lines = (count: number, fields: (index: number) => Partial<Message>) =>
  Array.from({ length: count }, (_, index) => message(`what was said as number ${index}`, { seq: index, sentAtMs: index * dayMs, ...fields(index) })); // prettier-ignore

describe('what is kept', () => {
  const chats = [
    { id: 'a', messages: lines(40, (index) => ({ seq: (index * 7) % 40 })) },
    { id: 'b', messages: lines(40, (index) => ({ sentAtMs: index * dayMs + 5 })) },
    { id: 'h', messages: lines(3, () => ({})) },
  ];
  const overlays = [
    overlay('bookmark', 'message:a/7', { bookmark: 'yes' }),
    overlay('note', 'message:a/7', { note: 'the first' }),
    overlay('bookmark', 'message:a/9', { bookmark: null }),
    overlay('tag', 'message:b/30', tagFields(['old'], ['Wine', '家'])),
    overlay('tag', 'message:b/2', tagFields([], ['wine'])),
    overlay('note', 'message:b/1000', { note: 'of a message that is not here' }),
    overlay('bookmark', 'message:h/1', { bookmark: 'yes' }),
    overlay('hidden', 'conversation:h', { hidden: 'yes' }),
  ];

  test('is listed over all but hidden conversations, the newest message first, with tags counted', async () => {
    const timeline = timelineOver(memoryReader(chats, [], 6), overlays);
    const { messages, tags } = await timeline.kept(null);
    expect(messages.map(({ conversation, seq, position }) => [conversation, seq, position])).toEqual([['b', 30, 30], ['b', 2, 2], ['a', 7, 1]]); // prettier-ignore
    expect(messages.at(-1)).toMatchObject({ bookmarked: true, note: 'the first', tags: [], sentAtMs: dayMs });
    expect(tags).toEqual([['Wine', 2], ['家', 1]]); // prettier-ignore
    expect((await timeline.kept(conversationId('h'))).messages).toHaveLength(1);
  });

  test('comes with the messages, as they stand in their conversations', async () => {
    const timeline = timelineOver(memoryReader(chats, [], 6), overlays);
    const { messages } = await timeline.kept(null);
    const views = await timeline.keptMessages([...messages, { conversation: conversationId('a'), seq: 99 }]);
    expect(views.map(({ conversation, seq, text }) => [conversation, seq, text])).toEqual([
      ['b', 30, 'what was said as number 30'],
      ['b', 2, 'what was said as number 2'],
      ['a', 7, 'what was said as number 1'],
    ]);
    const page = await timeline.page(conversationId('a'), { at: 'seq', seq: 7 }, 1, 1);
    expect(page.messages.map(({ bookmarked, note, tags }) => [bookmarked, note, tags])).toEqual([[false, undefined, undefined], [true, 'the first', undefined], [false, undefined, undefined]]); // prettier-ignore
  });

  test('without marks nothing is opened', async () => {
    const reader = memoryReader(chats, [], 6);
    expect(await timelineOver(reader).kept(null)).toEqual({ messages: [], tags: [] });
    expect(reader.opened).toEqual([]);
  });

  test('in joined conversations stands where the part does, and on the one message that both parts show', async () => {
    const parts = [conversationId('a'), conversationId('b')];
    const [one, both] = [message('only here', { seq: 0, sentAtMs: 0 }), message('said in both', { seq: 1, sentAtMs: dayMs })];
    const twin = message('said in both', { seq: 5, sentAtMs: dayMs + 2000 });
    const late = message('only there', { seq: 6, sentAtMs: 2 * dayMs });
    const whole = memoryReader([{ id: 'w', messages: [one, both, { ...late, seq: seqsOfPart + 6 }] }]);
    const own = memoryReader([{ id: 'a', messages: [one, both] }, { id: 'b', messages: [twin, late] }]); // prettier-ignore
    const reader: MemoryReader = {
      ...own,
      joined: async () => (await whole.conversations()).map((entry) => ({ ...entry, parts, madeOf: 'x' })),
      readColumns: async (id, columns) => (id.startsWith('w') ? whole : own).readColumns(id, columns),
      readMessages: async (id) => (id.startsWith('w') ? whole : own).readMessages(id),
    };
    const joining = overlay('joined-conversations', 'conversation:b', { into: 'conversation:a' });
    const said = [overlay('note', 'message:b/5', { note: 'twin' }), overlay('bookmark', 'message:a/1', { bookmark: 'yes' }), overlay('bookmark', 'message:b/6', { bookmark: 'yes' })]; // prettier-ignore
    const { messages } = await timelineOver(reader, [joining, ...said]).kept(null);
    expect(messages.map(({ conversation, seq, bookmarked, note }) => [conversation, seq, bookmarked, note])).toEqual([
      ['a', seqsOfPart + 6, true, null],
      ['a', 1, true, 'twin'],
    ]);
  });
});

describe('on this day', () => {
  test('is what a plain look at every message finds', async () => {
    const nowMs = Date.UTC(2026, 4, 13, 15);
    const near = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: -2, max: 2 }), fc.integer({ min: 0, max: dayMs - 1 }));
    const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'America/Los_Angeles');
    await fc.assert(
      fc.asyncProperty(fc.array(near, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), zone, async (made, size, where) => {
        const times = made.map(([ago, days, ms]) => Date.UTC(2026 - ago, 4, 13 + days) + ms).sort((a, b) => a - b);
        const messages = times.map((sentAtMs, seq) => message(`said ${seq}`, { seq, sentAtMs }));
        const years = await timelineOver(memoryReader([{ id: 'c', messages }], [], size)).onThisDay(where, nowMs);
        const parts = new Intl.DateTimeFormat('en-CA', { timeZone: where, dateStyle: 'short' });
        const plain = new Map<number, number>();
        for (const atMs of times) {
          const [year, rest] = [parts.format(atMs).slice(0, 4), parts.format(atMs).slice(5)];
          if (rest === parts.format(nowMs).slice(5)) plain.set(Number(year), (plain.get(Number(year)) ?? 0) + 1);
        }
        expect(years.map(({ year, conversations }) => [year, conversations[0]?.messageCount])).toEqual(
          [...plain].toSorted(([a], [b]) => b - a),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('leaves hidden and removed conversations out, shows three of each and what says nothing is passed over', async () => {
    const at = Date.UTC(2020, 4, 13, 9);
    const messages = [
      message('joined', { seq: 0, sentAtMs: at, kind: 'system' }),
      message('', { seq: 1, sentAtMs: at + 1 }),
      ...[2, 3, 4, 5].map((seq) => message(`words ${seq}`, { seq, sentAtMs: at + seq })),
    ];
    const reader = memoryReader(['a', 'h', 'r'].map((id) => ({ id, messages, name: `chat ${id}` })));
    const overlays = [overlay('hidden', 'conversation:h', { hidden: 'yes' }), overlay('removed', 'conversation:r', { value: 'yes' })];
    const years = await timelineOver(reader, overlays).onThisDay('UTC', Date.UTC(2026, 4, 13));
    expect(years.map(({ year, conversations }) => [year, conversations.map(({ id, name, messageCount }) => [id, name, messageCount])])).toEqual([[2020, [['a', 'chat a', 6]]]]); // prettier-ignore
    expect(years[0]?.conversations[0]?.messages.map(({ text }) => text)).toEqual(['words 2', 'words 3', 'words 4']);
  });

  test('a leap day is remembered in leap years', () => {
    const years = earlierDays('UTC', Date.UTC(2024, 1, 29), Date.UTC(2015, 0, 1)).map(({ year }) => year);
    expect(years).toEqual([2020, 2016]);
  });

  test('opens few segments, however many there are', async () => {
    const opened = async (conversations: number): Promise<number> => {
      const chats = Array.from({ length: conversations }, (_, index) => ({ id: `c${index}`, messages: lines(3000, (at) => ({ sentAtMs: at * dayMs + index })) })); // prettier-ignore
      const reader = memoryReader(chats, [], 20);
      await timelineOver(reader).onThisDay('UTC', Date.UTC(1978, 4, 13));
      return new Set(reader.opened).size;
    };
    const few = await opened(6);
    expect(await opened(60)).toBeLessThanOrEqual(few);
  });
});

describe('by chance', () => {
  const reader = memoryReader([
    { id: 'a', messages: lines(30, (index) => ({ text: index === 20 ? 'a message of some length' : 'ok' })) },
    { id: 'h', messages: lines(500, () => ({})) },
  ]);
  const hidden = [overlay('hidden', 'conversation:h', { hidden: 'yes' })];

  test('a message that says something, of a conversation that is not hidden, and what follows it', async () => {
    for (const random of [0, 0.3, 0.6, 0.999]) {
      const found = await timelineOver(reader, hidden).randomMemory(random);
      expect(found?.map(({ text }) => text)).toEqual(['a message of some length', 'ok', 'ok']);
      expect(found?.[0]?.conversation).toBe<ConversationId>(conversationId('a'));
    }
  });

  test('null where nothing says anything', async () => {
    expect(await timelineOver(memoryReader([{ id: 'a', messages: [message('ok')] }])).randomMemory(0.5)).toBeNull();
    expect(await timelineOver(memoryReader([])).randomMemory(0.5)).toBeNull();
  });
});
