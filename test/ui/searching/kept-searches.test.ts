import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../../src/model/ids';
import type { Overlay } from '../../../src/model/overlay';
import { readRecent, withRecent, withoutRecent, writeRecent } from '../../../src/ui/searching/recent-searches';
import { readSaved } from '../../../src/ui/searching/saved-searches';

const plain = { spelling: false, pinyin: false };
const recent = (query: string, scope: string | null = null) => ({ query, scope: scope as ConversationId | null, loose: plain });

describe('recent searches', () => {
  test('are written and read back, newest first, each once in its place, twenty at most', () => {
    let all = readRecent(undefined);
    for (let number = 0; number < 30; number++) all = withRecent(all, recent(`word ${number}`));
    all = withRecent(all, recent('word 20'));
    all = withRecent(all, { ...recent('word 20', 'c1'), loose: { spelling: false, pinyin: true } });
    expect(all).toHaveLength(20);
    expect(all.slice(0, 3).map(({ query, scope }) => [query, scope])).toEqual([
      ['word 20', 'c1'],
      ['word 20', null],
      ['word 29', null],
    ]);
    expect(readRecent(writeRecent(all))).toEqual(all);
    expect(withoutRecent(all, recent('word 20')).map(({ query, scope }) => [query, scope])[0]).toEqual(['word 20', 'c1']);
  });

  test.each([
    '',
    'null',
    '{}',
    '[1, null, "a", [], {"query": 1}, {"query": ""}]',
    '[{"query":"' + 'x'.repeat(3000) + '"}]',
    '{"query":"a"',
  ])('%#: what is no list of searches holds none', (text) => {
    expect(readRecent(text)).toEqual([]);
  });

  test('of foreign keys take only what they know', () => {
    expect(readRecent('[{"query":"a","__proto__":{"scope":"x"},"scope":5,"pinyin":"yes","more":1}]')).toEqual([recent('a')]);
  });
});

describe('saved searches', () => {
  const saved = (id: string, value: string | null): Overlay => ({
    kind: 'saved-search',
    subject: `search:${id}`,
    fields: { search: { value, stamp: { wallMs: 1, counter: 0, device: 'd' } } },
  });
  const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(32)) as [string, string, string];

  test('are read from overlays by name; removed ones and what is no search are passed over', () => {
    const overlays = [
      saved(one, '{"name":"Wine","query":"wine","oldestFirst":true,"pinyin":true}'),
      saved(two, '{"query":"bread"}'),
      saved(three, null),
      saved('short', '{"query":"a"}'),
      saved('4'.repeat(32), '["query"]'),
    ];
    expect(readSaved(overlays, 'en')).toEqual([
      { id: two, name: 'bread', query: 'bread', order: 'newest', loose: plain },
      { id: one, name: 'Wine', query: 'wine', order: 'oldest', loose: { spelling: false, pinyin: true } },
    ]);
  });
});
