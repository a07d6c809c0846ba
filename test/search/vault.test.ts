import { beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../src/model/message';
import { messageKinds } from '../../src/model/record';
import { createTimeline } from '../../src/timeline/timeline';
import type { ArchiveReader } from '../../src/vault/archive';
import { conversationId, memoryReader, message, person, personId } from './memory-reader';
import { engineOver, runSearch } from './run-search';
import { copyToVault } from './vault-copy';

const words = ['wine', 'bread', '火锅', '火', '鍋', '今天', '發財', 'café', 'Ｃａｔ', 'https://example.org', '😂', 'the', 'of', '。', '\n'];

function makeMessages(count: number, offset: number): Message[] {
  let seed = offset + 1;
  const next = (limit: number): number => ((seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) >>> 8) % limit;
  return Array.from({ length: count }, (_, index) =>
    message(Array.from({ length: next(7) }, () => words[next(words.length)]).join(next(2) === 0 ? '' : ' '), {
      seq: index,
      sourceId: String(1000 + index),
      sentAtMs: Date.UTC(2020, 0, 1) + index * 1_000_000 + offset,
      sender: personId(`p${next(3)}`),
      kind: messageKinds[next(10) === 0 ? next(messageKinds.length) : 0] ?? 'text',
      facts: next(8) === 0 ? { replyTo: { sourceId: String(1000 + Math.max(0, index - next(50))) } } : null,
    }),
  );
}

const people = [person('p0', ['Anna']), person('p1', ['王小明']), person('p2', ['Ben'])];
const memory = memoryReader(
  [
    { id: 'a', messages: makeMessages(9000, 0) },
    { id: 'b', messages: makeMessages(5000, 500) },
  ],
  people,
);
let vault: ArchiveReader;
beforeAll(async () => {
  vault = await copyToVault(memory);
});

describe('on a sealed vault', () => {
  test.each([
    'wine',
    '火锅',
    'cat',
    '今天 -wine',
    'from:小明 發財',
    'has:reply café',
    '/火.?锅/',
    'type:image OR has:link',
    'absentword',
    'the before:2020-02',
    '😂',
  ])('%s finds what it finds in memory', async (query) => {
    const sealed = await runSearch(engineOver(vault), query, { hitLimit: 200 });
    const plain = await runSearch(engineOver(memory, { useSignatures: false }), query, { hitLimit: 200 });
    expect(sealed.hits).toEqual(plain.hits);
    expect(sealed.count).toBe(plain.count);
    expect(sealed.done).toBe(true);
  });

  test('pages, months and days are those in memory', async () => {
    const over = (reader: ArchiveReader) =>
      createTimeline({ reader: async () => reader, overlays: async () => [], inlineTypes: new Set() });
    const [sealed, plain] = [over(vault), over(memory)];
    const id = conversationId('a');
    expect(await sealed.conversations()).toEqual(await plain.conversations());
    for (const anchor of [{ at: 'end' }, { at: 'seq', seq: 4100 }, { at: 'time', sentAtMs: Date.UTC(2020, 1, 15) }] as const) {
      expect(await sealed.page(id, anchor, 60, 60)).toEqual(await plain.page(id, anchor, 60, 60));
    }
    expect(await sealed.months(id, 'Asia/Shanghai')).toEqual(await plain.months(id, 'Asia/Shanghai'));
    expect(await sealed.days(id, '2020-03', 'Asia/Shanghai')).toEqual(await plain.days(id, '2020-03', 'Asia/Shanghai'));
  });
});
