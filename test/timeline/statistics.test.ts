// Statistics against counts worked out by hand, and against a plain count of random messages in random segmentations.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/model/message';
import { messageKinds } from '../../src/model/record';
import type { StatisticsQuery, StatisticsView } from '../../src/model/statistics';
import { createTimeline } from '../../src/timeline/timeline';
import { conversationId, type MemoryReader, memoryReader, message, person, personId } from '../search/memory-reader';

const everything = (zone: string): StatisticsQuery => ({ conversations: null, zone });
const nobody = (): void => {};

const timelineOver = (reader: MemoryReader) =>
  createTimeline({ reader: async () => reader, overlays: async () => [], inlineTypes: new Set() });

const people = [person('ann', ['Ann'], { isOwner: true }), person('ben', ['Ben']), person('cy', ['Cy'])];
const at = (iso: string): number => Date.parse(iso);

const small = [
  message('Hello from the harbour 🚢', { sender: personId('ann'), sentAtMs: at('2024-02-28T22:30:00Z') }),
  message('harbour! 🚢🚢', { sender: personId('ben'), sentAtMs: at('2024-02-28T22:31:00Z') }),
  message('', { sender: personId('ben'), kind: 'image', sentAtMs: at('2024-02-28T22:31:30Z') }),
  message('Ann changed the picture', { kind: 'system', sentAtMs: at('2024-02-28T22:40:00Z') }),
  message('看到火锅了，火锅真好吃', { sender: personId('ann'), sentAtMs: at('2024-02-28T23:31:30Z') }),
  message('see https://example.org/harbour', { sender: personId('cy'), sentAtMs: at('2024-03-02T08:00:00Z') }),
];

describe('statistics of a small conversation', () => {
  const reader = memoryReader([{ id: 'c', name: 'Harbour', messages: small, ownerPeople: [personId('ann')] }], people, 2);

  it('count days, hours and kinds by the clocks of the zone', async () => {
    // 22:30 UTC on Wednesday is 06:30 on Thursday in Shanghai, 23:31 is 07:31; 08:00 on Saturday is 16:00.
    const { messages, days, hours, kinds } = await timelineOver(reader).statistics(everything('Asia/Shanghai'), nobody);
    expect(messages).toBe(6);
    expect(days).toEqual([
      ['2024-02-29', 5],
      ['2024-03-02', 1],
    ]);
    expect(hours.map((count, place) => [Math.floor(place / 24), place % 24, count]).filter(([, , count]) => count !== 0)).toEqual([
      [3, 6, 4],
      [3, 7, 1],
      [5, 16, 1],
    ]);
    expect(kinds).toEqual([
      ['text', 4],
      ['image', 1],
      ['system', 1],
    ]);
  });

  it('tell who wrote, and how soon they answered, also across segments', async () => {
    const view = await timelineOver(reader).statistics(everything('UTC'), nobody);
    const told = view.people.map(({ name, isOwner, messages, answers }) => [name, isOwner, messages, answers.count]);
    // Ben answered Ann after a minute; Ann answered Ben after an hour; Cy came two days later, which answers nothing.
    expect(told).toEqual([
      ['Ann', true, 2, 1],
      ['Ben', false, 2, 1],
      ['Cy', false, 1, 0],
    ]);
    const medians = view.people.map(({ answers }) => answers.medianMs);
    expect(Math.abs((medians[0] ?? 0) / 3_600_000 - 1)).toBeLessThan(0.2);
    expect(Math.abs((medians[1] ?? 0) / 60_000 - 1)).toBeLessThan(0.2);
    expect(medians[2]).toBeNull();
    expect(view.conversations).toEqual([{ id: 'c', name: 'Harbour', messages: 6 }]);
  });

  it('count words of both scripts and emoji, and leave out addresses', async () => {
    const { words, emoji } = await timelineOver(reader).words(everything('UTC'), nobody);
    expect(words).toContainEqual({ word: 'harbour', count: 2 });
    expect(words).toContainEqual({ word: '火锅', count: 2 });
    expect(words.map(({ word }) => word)).not.toContain('the');
    expect(words.map(({ word }) => word)).not.toContain('example.org');
    expect(words.map(({ word }) => word)).not.toContain('picture');
    expect(emoji).toEqual([{ word: '🚢', count: 3 }]);
  });

  it('open a segment once for every question about it', async () => {
    const fresh = memoryReader([{ id: 'c', messages: small }], people, 2);
    const timeline = timelineOver(fresh);
    await timeline.statistics(everything('UTC'), nobody);
    const opened = fresh.opened.length;
    await timeline.statistics({ conversations: [conversationId('c')], zone: 'UTC' }, nobody);
    expect(fresh.opened).toHaveLength(opened);
  });

  it('tell how far they are, and end with a newer question', async () => {
    const timeline = timelineOver(memoryReader([{ id: 'c', messages: small }], people, 1));
    const told: number[] = [];
    const first = timeline.statistics(everything('UTC'), (done) => void told.push(done));
    const second = timeline.statistics({ conversations: [], zone: 'UTC' }, nobody);
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect(await second).toMatchObject({ messages: 0, days: [], people: [] });
    await timeline.statistics(everything('UTC'), (done) => void told.push(done));
    expect(told.at(-1)).toBe(6);
  });

  it('leave out what cannot be read, and say how much that is', async () => {
    const broken = memoryReader([{ id: 'c', messages: small }], people, 2);
    const { readColumns } = broken;
    const { CamphorError } = await import('../../src/model/error');
    broken.readColumns = async (id, names) => {
      if (id === 'c#2') throw new CamphorError('damaged');
      return readColumns(id, names);
    };
    const view = await timelineOver(broken).statistics(everything('UTC'), nobody);
    expect(view).toMatchObject({ unreadMessages: 2, messages: 4 });
  });
});

function plainly(messages: readonly Message[]): Pick<StatisticsView, 'messages' | 'days' | 'hours'> & { answers: number } {
  const days = new Map<string, number>();
  const hours = Array.from({ length: 168 }, () => 0);
  let answers = 0;
  let last: Message | null = null;
  for (const one of messages.toSorted((a, b) => a.sentAtMs - b.sentAtMs)) {
    const date = new Date(one.sentAtMs);
    const day = date.toISOString().slice(0, 10);
    days.set(day, (days.get(day) ?? 0) + 1);
    const place = ((date.getUTCDay() + 6) % 7) * 24 + date.getUTCHours();
    hours[place] = (hours[place] ?? 0) + 1;
    if (one.sender === null || one.kind === 'system') continue;
    if (last !== null && last.sender !== one.sender && one.sentAtMs - last.sentAtMs <= 86_400_000) answers += 1;
    last = one;
  }
  return { messages: messages.length, days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)), hours, answers };
}

describe('statistics', () => {
  it('equal a plain count, however messages are cut into segments', async () => {
    const sender = fc.constantFrom(null, ...people.map(({ id }) => id));
    const kind = fc.constantFrom(...messageKinds);
    const sent = fc.integer({ min: at('1999-12-01T00:00:00Z'), max: at('2000-03-10T00:00:00Z') });
    const any = fc.tuple(sender, kind, sent);
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), async (made, segmentSize) => {
        const messages = made.map(([from, of, sentAtMs]) => message('x', { sender: from, kind: of, sentAtMs }));
        const view = await timelineOver(memoryReader([{ id: 'c', messages }], people, segmentSize)).statistics(everything('UTC'), nobody);
        const expected = plainly(messages);
        expect({ messages: view.messages, days: view.days, hours: view.hours }).toEqual({
          messages: expected.messages,
          days: expected.days,
          hours: expected.hours,
        });
        expect(view.people.reduce((sum, { answers }) => sum + answers.count, 0)).toBe(expected.answers);
        const written = messages.filter((one) => one.sender !== null && one.kind !== 'system').length;
        expect(view.people.reduce((sum, one) => sum + one.messages, 0)).toBe(written);
      }),
      { numRuns: 200 },
    );
  });

  it('of a year are those of its messages alone, by the clocks of the zone', async () => {
    const sender = fc.constantFrom(...people.map(({ id }) => id));
    const sent = fc.integer({ min: at('1998-11-01T00:00:00Z'), max: at('2001-02-10T00:00:00Z') });
    // The first and last hours of a year, where a zone decides.
    const edge = fc.integer({ min: at('1999-12-31T12:00:00Z'), max: at('2000-01-01T12:00:00Z') });
    const any = fc.tuple(sender, fc.oneof(sent, edge));
    const zones = fc.constantFrom('UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati');
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), zones, async (made, segmentSize, zone) => {
        const yearOf = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone });
        const messages = made.map(([from, sentAtMs], place) => message(`word${'abcdefgh'[place % 8]}`, { sender: from, sentAtMs }));
        const wanted = messages.filter(({ sentAtMs }) => yearOf.format(sentAtMs) === '2000');
        const ofYear = timelineOver(memoryReader([{ id: 'c', messages }], people, segmentSize));
        const alone = timelineOver(memoryReader([{ id: 'c', messages: wanted }], people, segmentSize));
        const query = { ...everything(zone), year: 2000 };
        const expected = await alone.statistics(everything(zone), nobody);
        const told = await ofYear.statistics(query, nobody);
        expect({ ...told, conversations: [], conversationCount: 0 }).toEqual({ ...expected, conversations: [], conversationCount: 0 });
        expect(told.conversationCount).toBe(wanted.length > 0 ? 1 : 0);
        expect(await ofYear.words(query, nobody)).toEqual(await alone.words(everything(zone), nobody));
      }),
      { numRuns: 100 },
    );
  });
});
