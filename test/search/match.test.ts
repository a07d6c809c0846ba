import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../src/model/ids';
import type { Message } from '../../src/model/message';
import { messageKinds } from '../../src/model/record';
import { parseQuery } from '../../src/search/query';
import { conversationId, memoryReader, message, person, personId } from './memory-reader';
import { isHit } from './oracle';
import { engineOver, runSearch } from './run-search';
import { chatText } from './texts';

const people = [person('p0', ['Anna Lee', 'Anni']), person('p1', ['王小明']), person('p2', ['Ben'])];
const facts = fc.constantFrom<Message['facts']>(
  null, null, null,
  { replyTo: { sourceId: '1' } }, { reactions: [{ emoji: '👍', count: 1, by: [] }] }, { edited: { editedAtMs: null } },
  { olderTexts: [{ text: 'old', editedAtMs: null }] }, { deleted: { by: 'sender' } }, { reactions: [], olderTexts: [] },
); // prettier-ignore

const messageOf = fc.record({
  text: chatText,
  sender: fc.constantFrom(null, personId('p0'), personId('p1'), personId('p2')),
  kind: fc.constantFrom(...messageKinds),
  facts,
  attachments: fc.array(
    fc
      .constantFrom(null, 0, 500, 500_000, 5_000_001)
      .map((sizeBytes) => ({ kind: 'file' as const, name: null, missing: null, mime: null, sizeBytes, sha256: null })),
    { maxLength: 2 },
  ),
  // Few distinct times, so that many messages share one.
  sentAtMs: fc.integer({ min: 0, max: 80 }).map((halfDays) => Date.UTC(2024, 0, 1, halfDays * 12)),
});

const conversation = (id: string) =>
  fc.record({
    id: fc.constant(id),
    source: fc.constantFrom('whatsapp' as const, 'telegram' as const),
    name: fc.constantFrom('Family', '家人群', null),
    fields: fc.array(messageOf, { maxLength: 30 }),
  });

const corpus = fc.tuple(conversation('c0'), conversation('c1')).map((both) =>
  both.map(({ fields, ...rest }, place) => ({
    ...rest,
    ownerPeople: [personId(`p${place}`)],
    messages: fields.map(({ text, ...each }, seq) => message(text, { ...each, seq: place * 1000 + seq })),
  })),
);

const leaf = fc.oneof(
  { arbitrary: chatText.filter((text) => !/["“”/]/.test(text)).map((text) => `"${text}"`), weight: 4 },
  fc.constantFrom('a', '火', '火锅', 'CAT', '鍋', 'e', '发', '2024', 'https', '😂', 'xyz'),
  fc.constantFrom('/[ac]t?/', '/火.*锅/', '/^.$/', '/x{2}/', '/cat+e?/', '/(?:火锅|noon)/', '/火(锅|鍋)/', '/no+n/', '/カ/', '/\\bcat\\b/'),
  fc.constantFrom('from:Ann', 'from:小明', 'from:me', 'from:nobody', 'in:fam', 'in:家', 'app:telegram', 'app:qq'),
  fc.constantFrom(
    'before:2024-01-10',
    'after:2024-01',
    'on:2024-01-05',
    'on:2024',
    'before:2020',
    'during:2024-01-03..2024-01-20',
    'during:2024年冬',
    'during:..yesterday',
  ),
  fc.constantFrom('larger:500', 'larger:5MB', 'larger:0'),
  fc.constantFrom('ca*', '*t', 'c?t', '火*锅', '火?', 'n*n', '20?4', 'h*s', 'カ*', 'C*T*', 'e?', 'x*'),
  fc.constantFrom('has:image', 'has:link', 'has:reply', 'has:reaction', 'has:edit', 'has:deletion', 'type:text', 'type:voice'),
);
const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.tuple(leaf, tie('query')).map(([left, right]) => `${left} ${right}`),
    fc.tuple(leaf, tie('query')).map(([left, right]) => `${left} OR ${right}`),
    tie('query').map((inside) => `-(${inside})`),
    fc.tuple(tie('query'), leaf).map(([inside, right]) => `(${inside}) ${right}`),
  ),
}));

/** `yyyy-mm` as the browser's calendar has it. */
function monthIn(zone: string, atMs: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: '2-digit' }).formatToParts(atMs);
  const part = (wanted: string): string => parts.find(({ type }) => type === wanted)?.value ?? '';
  return `${part('year')}-${part('month')}`;
}

function countBy<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const addTo = <Key>(sums: Map<Key, number>, counts: ReadonlyMap<Key, number>): void => {
  for (const [key, count] of counts) sums.set(key, (sums.get(key) ?? 0) + count);
};

describe('a search', () => {
  test('finds what the plain meaning of the query finds, with signatures and without, over any shares', async () => {
    await fc.assert(
      fc.asyncProperty(
        corpus,
        query,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York'),
        async (chats, text, segmentSize, shares, zone) => {
          const { node } = parseQuery(text, { zone, nowMs: Date.UTC(2024, 4, 10) });
          const expected = chats.flatMap((chat) =>
            chat.messages
              .filter((each) => node !== null && isHit(node, each, { conversation: chat, people }))
              .map(({ seq, sentAtMs }) => ({ seq, chat: conversationId(chat.id), month: monthIn(zone, sentAtMs) })),
          );
          const reader = memoryReader(
            chats.map((chat) => ({ ...chat, names: chat.name === null ? [] : [chat.name] })),
            people,
            segmentSize,
          );
          for (const useSignatures of [true, false]) {
            const engine = engineOver(reader, { useSignatures });
            const found: number[] = [];
            let count = 0;
            const months = new Map<string, number>();
            const conversations = new Map<ConversationId, number>();
            for (let index = 0; index < shares; index++) {
              const outcome = await runSearch(engine, text, { hitLimit: 1000, zone }, { index, of: shares });
              expect(outcome.done).toBe(true);
              found.push(...outcome.hits.map(({ seq }) => seq));
              count += outcome.count;
              addTo(months, outcome.updates.at(-1)?.months ?? new Map());
              addTo(conversations, outcome.updates.at(-1)?.conversations ?? new Map());
            }
            expect(found.toSorted((a, b) => a - b)).toEqual(expected.map(({ seq }) => seq).toSorted((a, b) => a - b));
            expect(count).toBe(expected.length);
            expect(months).toEqual(countBy(expected.map(({ month }) => month)));
            expect(conversations).toEqual(countBy(expected.map(({ chat }) => chat)));
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});
