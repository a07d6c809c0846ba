import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCacheBudget } from '../../src/model/cache-budget';
import type { Message } from '../../src/model/message';
import type { Overlay } from '../../src/model/overlay';
import type { PageAnchor } from '../../src/model/view';
import { createTimeline } from '../../src/timeline/timeline';
import { conversationId, memoryReader, message, person, personId } from '../search/memory-reader';
import type { MemoryReader } from '../search/memory-reader';

const id = conversationId('c');

function timelineOver(reader: MemoryReader, overlays: readonly Overlay[] = []) {
  return createTimeline({ reader: async () => reader, overlays: async () => overlays, inlineTypes: new Set(['image/png']) });
}

/** Messages with few distinct times and numbers in any order, as several imports leave them. */
const history = fc
  .uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 })
  .chain((seqs) =>
    fc.tuple(
      ...seqs.map((seq) => fc.integer({ min: -5, max: 30 }).map((minute) => message(`m${seq}`, { seq, sentAtMs: minute * 60_000 }))),
    ),
  );

describe('a page', () => {
  test('is the slice of the whole conversation around its anchor', async () => {
    const anchorOf = (messages: readonly Message[]): fc.Arbitrary<PageAnchor> =>
      fc.oneof(
        fc.constantFrom<PageAnchor>({ at: 'start' }, { at: 'end' }),
        fc.integer({ min: -3, max: 70 }).map((position) => ({ at: 'position' as const, position })),
        fc.integer({ min: -7 * 60_000, max: 32 * 60_000 }).map((sentAtMs) => ({ at: 'time' as const, sentAtMs })),
        fc.constantFrom(...messages).map(({ seq }) => ({ at: 'seq' as const, seq })),
      );
    const cases = history.chain((messages) => fc.tuple(fc.constant(messages), anchorOf(messages)));
    const length = fc.integer({ min: 0, max: 20 });
    await fc.assert(
      fc.asyncProperty(cases, length, length, fc.integer({ min: 1, max: 7 }), async ([messages, anchor], before, after, segmentSize) => {
        const whole = messages.toSorted((a, b) => a.sentAtMs - b.sentAtMs);
        const page = await timelineOver(memoryReader([{ id: 'c', messages }], [], segmentSize)).page(id, anchor, before, after);
        const last = whole.length - 1;
        const first = (test: (each: Message) => boolean): number => (whole.findIndex(test) < 0 ? last : whole.findIndex(test));
        const at = {
          start: () => 0,
          end: () => last,
          position: () => Math.max(0, Math.min(last, anchor.at === 'position' ? anchor.position : 0)),
          time: () => first(({ sentAtMs }) => anchor.at === 'time' && sentAtMs >= anchor.sentAtMs),
          seq: () => first(({ seq }) => anchor.at === 'seq' && seq === anchor.seq),
        }[anchor.at]();
        expect(page.anchorPosition).toBe(at);
        expect(page.messageCount).toBe(whole.length);
        expect(page.fromPosition).toBe(Math.max(0, at - before));
        expect(page.messages.map(({ seq }) => seq)).toEqual(whole.slice(Math.max(0, at - before), at + after + 1).map(({ seq }) => seq));
        expect(page.messages.map(({ position }) => position)).toEqual(page.messages.map((_, index) => page.fromPosition + index));
      }),
      { numRuns: 500 },
    );
  });

  test('of an empty conversation is empty', async () => {
    const page = await timelineOver(memoryReader([{ id: 'c', messages: [] }])).page(id, { at: 'end' }, 50, 50);
    expect(page).toEqual({ conversation: 'c', messageCount: 0, fromPosition: 0, messages: [], anchorPosition: 0 });
  });

  test('opens the segments it lies in and no other', async () => {
    const messages = Array.from({ length: 1000 }, (_, seq) => message('x', { seq, sentAtMs: seq * 1000 }));
    const reader = memoryReader([{ id: 'c', messages }], [], 100);
    const timeline = timelineOver(reader);
    await timeline.page(id, { at: 'position', position: 550 }, 20, 20);
    expect(reader.opened).toEqual(['c#500 messages']);
    await timeline.page(id, { at: 'time', sentAtMs: 595_000 }, 10, 10);
    expect(reader.opened).toEqual(['c#500 messages', 'c#500 times', 'c#600 messages']);
    await timeline.page(id, { at: 'seq', seq: 820 }, 5, 5);
    expect(reader.opened.slice(3)).toEqual(['c#800 times', 'c#800 messages']);
    timeline.forgetCaches();
    await timeline.page(id, { at: 'start' }, 5, 5);
    expect(reader.opened.slice(5)).toEqual(['c#0 messages']);
  });

  test('and all else that was decoded is held within one budget, and nothing of it once caches are forgotten', async () => {
    const messages = Array.from({ length: 1000 }, (_, seq) => message('x', { seq, sentAtMs: seq * 86_400_000 }));
    const reader = memoryReader([{ id: 'c', messages }], [], 100);
    const caches = createCacheBudget(200_000);
    const timeline = createTimeline({ reader: async () => reader, overlays: async () => [], inlineTypes: new Set(), caches });
    for (let position = 0; position < 1000; position += 90) await timeline.page(id, { at: 'position', position }, 5, 5);
    await timeline.months(id, 'UTC');
    await timeline.statistics({ conversations: null, zone: 'UTC' }, () => {});
    await timeline.words({ conversations: null, zone: 'UTC' }, () => {});
    await timeline.gallery(id, 'links', 'UTC');
    expect(caches.heldBytes()).toBeGreaterThan(50_000);
    expect(caches.heldBytes()).toBeLessThanOrEqual(200_000);
    timeline.forgetCaches();
    await expect.poll(() => caches.heldBytes()).toBe(0);
  });

  test('around a number or in a conversation that is not there is an error', async () => {
    const timeline = timelineOver(memoryReader([{ id: 'c', messages: [message('x', { seq: 1 })] }]));
    await expect(timeline.page(id, { at: 'seq', seq: 99 }, 1, 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(timeline.page(conversationId('nobody'), { at: 'start' }, 1, 1)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a message on the screen', () => {
  const anna = personId('anna');
  const owner = personId('me');
  const people = [person('anna', ['Anna', 'Ännchen']), person('me', ['Ben'])];
  const replies: Message[] = [
    message('the first, 😂', { seq: 0, sourceId: '10', sender: anna }),
    message('answer', { seq: 1, sender: owner, facts: { replyTo: { sourceId: '10' } } }),
    message('lost', { seq: 2, facts: { replyTo: { sourceId: '999', excerpt: 'as quoted' } } }),
    message('elsewhere', { seq: 3, facts: { replyTo: { sourceId: '10', conversationSourceId: 'other' } } }),
    message('bare', { seq: 4, facts: { replyTo: { sourceId: null } } }),
  ];
  const stamp = { wallMs: 0, counter: 0, device: '' };
  const bookmark: Overlay = { kind: 'bookmark', subject: 'message:c/1', fields: { bookmark: { value: 'yes', stamp } } };

  test('knows its sender, whether it is the owner’s, and its bookmark', async () => {
    const reader = memoryReader([{ id: 'c', messages: replies, ownerPeople: [owner] }], people);
    const { messages } = await timelineOver(reader, [bookmark]).page(id, { at: 'start' }, 0, 10);
    expect(messages.map(({ senderView }) => senderView?.name ?? null)).toEqual(['Anna', 'Ben', null, null, null]);
    expect(messages.map(({ own }) => own)).toEqual([false, true, false, false, false]);
    expect(messages.map(({ bookmarked }) => bookmarked)).toEqual([false, true, false, false, false]);
  });

  test('finds what it replies to, also a few segments back; else shows what was quoted', async () => {
    for (const segmentSize of [100, 1]) {
      const reader = memoryReader([{ id: 'c', messages: replies }], people, segmentSize);
      const { messages } = await timelineOver(reader).page(id, { at: 'position', position: 1 }, 0, 10);
      expect(messages.map(({ reply }) => reply)).toEqual([
        { position: 0, senderName: 'Anna', excerpt: 'the first, 😂' },
        { position: null, senderName: null, excerpt: 'as quoted' },
        { position: null, senderName: null, excerpt: '' },
        { position: null, senderName: null, excerpt: '' },
      ]);
    }
  });

  test('finds what it replies to years back, where ids count upwards', async () => {
    const messages = Array.from({ length: 600 }, (_, seq) => message(`text ${seq}`, { seq, sourceId: `${5000 + seq}` }));
    messages.push(message('late answer', { seq: 600, sourceId: '5600', facts: { replyTo: { sourceId: '5007' } } }));
    const reader = memoryReader([{ id: 'c', messages }], [], 10);
    const { messages: shown } = await timelineOver(reader).page(id, { at: 'end' }, 0, 0);
    expect(shown[0]?.reply).toEqual({ position: 7, senderName: null, excerpt: 'text 7' });
    expect(reader.opened.filter((opened) => opened.endsWith(' messages'))).toHaveLength(4);
    expect(reader.opened.filter((opened) => opened.endsWith(' rest')).length).toBeLessThanOrEqual(6);
  });

  test('does not open the whole conversation for a reply to what is not there', async () => {
    const messages = Array.from({ length: 50 }, (_, seq) =>
      message('x', { seq, sourceId: `${seq}`, facts: { replyTo: { sourceId: 'gone' } } }),
    );
    const reader = memoryReader([{ id: 'c', messages }], [], 5);
    await timelineOver(reader).page(id, { at: 'end' }, 0, 0);
    expect(reader.opened).toHaveLength(3);
  });
});
