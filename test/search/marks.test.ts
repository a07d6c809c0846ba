// What the owner keeps on messages, found: by has: and tag:, and by the words of notes. Both scans against the plain evaluation.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarks, tagFields } from '../../src/model/marks';
import type { Overlay, OverlayKind } from '../../src/model/overlay';
import { parseQuery } from '../../src/search/query';
import { conversationId, memoryReader, message } from './memory-reader';
import { isHit } from './oracle';
import { engineOver, runSearch } from './run-search';
import { chatText } from './texts';

function overlay(kind: OverlayKind, seq: number, fields: Readonly<Record<string, string | null>>): Overlay {
  const stamp = { wallMs: 1, counter: 0, device: 'd' };
  const stamped = Object.entries(fields).map(([name, value]) => [name, { value, stamp }]);
  return { kind, subject: `message:c/${seq}`, fields: Object.fromEntries(stamped) as Overlay['fields'] };
}

const marked = fc.record({
  text: chatText,
  note: fc.option(chatText, { nil: null, freq: 2 }),
  tags: fc.subarray(['Wine', '家', '旅行 2024']),
  bookmark: fc.boolean(),
});
const quoted = chatText.filter((text) => !/["“”/]/.test(text)).map((text) => `"${text}"`);
const condition = fc.oneof(
  quoted,
  fc.constantFrom('a', '火', '锅', 'ca*', '/[ac]t?/', 'https', 'has:bookmark', 'has:note', 'has:tag', 'has:link', '有:书签'),
  fc.constantFrom('tag:wine', 'tag:ＷＩ', '标签:家', 'tag:"旅行 2024"', 'tag:none', '-has:note', '-tag:wine', '-火'),
);
const query = fc.oneof(
  condition,
  fc.tuple(condition, condition).map(([one, other]) => `${one} ${other}`),
  fc.tuple(condition, condition).map(([one, other]) => `${one} OR ${other}`),
);

test('with signatures, without them, and the plain way: the same hits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(marked, { minLength: 1, maxLength: 25 }), fc.integer({ min: 1, max: 9 }), query, async (all, size, text) => {
      const messages = all.map((one, seq) => message(one.text, { seq, sentAtMs: seq * 60_000 }));
      const overlays = all.flatMap(({ note, tags, bookmark }, seq) => [
        overlay('note', seq, { note }),
        overlay('tag', seq, tagFields(['gone'], tags)),
        overlay('bookmark', seq, { bookmark: bookmark ? 'yes' : null }),
      ]);
      const marks = readMarks(overlays).get(conversationId('c'));
      const reader = memoryReader([{ id: 'c', messages }], [], size);
      const [conversation] = await reader.conversations();
      if (conversation === undefined) throw new Error('no conversation');
      const { node } = parseQuery(text, { zone: 'UTC', nowMs: Date.UTC(2024, 4, 10) });
      const context = { conversation, people: [], markOf: ({ seq }: { readonly seq: number }) => marks?.get(seq) };
      const expected = messages.filter((each) => node !== null && isHit(node, each, context)).map(({ seq }) => seq);
      for (const useSignatures of [true, false]) {
        const engine = engineOver(reader, { overlays: async () => overlays, useSignatures });
        const { hits, count } = await runSearch(engine, text, { hitLimit: 1000, order: 'oldest' });
        expect(hits.map(({ seq }) => seq)).toEqual(expected);
        expect(count).toBe(expected.length);
      }
    }),
    { numRuns: 300 },
  );
});

const chat = (texts: readonly string[]) => memoryReader([{ id: 'c', messages: texts.map((text, seq) => message(text, { seq })) }], [], 2);

describe('notes', () => {
  const reader = chat(['one', 'two', 'three', 'four']);
  const overlays = [overlay('note', 2, { note: 'Ask about the 火鍋 place' }), overlay('bookmark', 0, { bookmark: 'yes' })];
  const engine = engineOver(reader, { overlays: async () => overlays });

  test('are found by their words, in whatever script; the hit shows the note with what matched', async () => {
    const { hits } = await runSearch(engine, '火锅');
    expect(hits.map(({ seq, snippet }) => [seq, snippet])).toEqual([[2, 'three']]);
    expect(hits[0]?.note).toEqual({ snippet: 'Ask about the 火鍋 place', highlights: [{ from: 14, to: 16 }] });
  });

  test('and message are apart: a phrase never spans both', async () => {
    expect((await runSearch(engine, '"three ask"')).count).toBe(0);
    expect((await runSearch(engine, 'three ask')).count).toBe(1);
  });

  test('where nothing is kept, has: and tag: open nothing', async () => {
    const bare = chat(['one', 'two']);
    for (const query of ['has:note', 'tag:wine']) expect(await runSearch(engineOver(bare), query)).toMatchObject({ count: 0, done: true });
    expect(bare.opened).toEqual([]);
  });

  test('only segments with a mark are opened', async () => {
    reader.opened.length = 0;
    await runSearch(engineOver(reader, { overlays: async () => overlays }), 'has:bookmark');
    expect(new Set(reader.opened.map((opened) => opened.split(' ')[0])).size).toBeLessThanOrEqual(2);
  });
});

test('tags in use are suggested', async () => {
  const engine = engineOver(chat(['one']), { overlays: async () => [overlay('tag', 0, tagFields([], ['Wine', 'two words']))] });
  expect((await engine.suggest('tag:', 4, 'en')).map(({ insert }) => insert)).toEqual(['tag:"two words" ', 'tag:Wine ']);
});
