import { describe, expect, test } from 'vitest';
import { createCacheBudget } from '../../src/model/cache-budget';
import { CamphorError } from '../../src/model/error';
import type { Overlay } from '../../src/model/overlay';
import type { SearchUpdate } from '../../src/model/view';
import { pinyinOf } from '../../src/search/pinyin';
import { conversationId, memoryReader, message, person, personId } from './memory-reader';
import { engineOver, runSearch } from './run-search';

const day = 86_400_000;

function overlay(kind: Overlay['kind'], subject: string, value: string): Overlay {
  return { kind, subject, fields: { [kind]: { value, stamp: { wallMs: 1, counter: 0, device: 'd' } } } };
}

/** Two conversations whose segments overlap in time; every third message says "wine". */
function twoChats(count = 60, segmentSize = 7) {
  const messages = (offset: number) =>
    Array.from({ length: count }, (_, index) =>
      message(index % 3 === 0 ? `red wine ${index}` : `bread ${index}`, {
        seq: offset + index,
        sentAtMs: index * day + offset,
        sender: personId('anna'),
      }),
    );
  const chats = [
    { id: 'a', messages: messages(0) },
    { id: 'b', messages: messages(1000) },
  ];
  return memoryReader(chats, [person('anna', ['Anna'])], segmentSize);
}

describe('hits', () => {
  test.each(['newest', 'oldest'] as const)('come %s first over all conversations, up to the limit; the count is whole', async (order) => {
    const outcome = await runSearch(engineOver(twoChats()), 'wine', { order, hitLimit: 15 });
    const times = outcome.hits.map(({ sentAtMs }) => sentAtMs);
    const all = Array.from({ length: 20 }, (_, index) => [index * 3 * day, index * 3 * day + 1000]).flat();
    expect(times).toEqual((order === 'newest' ? all.toReversed() : all).slice(0, 15));
    expect(outcome).toMatchObject({ count: 40, done: true });
  });

  test('say who, where, when and what matched', async () => {
    const [hit] = (await runSearch(engineOver(twoChats()), 'WINE', { hitLimit: 1 })).hits;
    expect(hit).toEqual({
      conversation: 'b', seq: 1057, sentAtMs: 57 * day + 1000, senderName: 'Anna', conversationName: 'b', kind: 'text', snippet: 'red wine 57', highlights: [{ from: 4, to: 8 }],
    }); // prettier-ignore
  });

  test('are those of one conversation where one is asked for', async () => {
    const outcome = await runSearch(engineOver(twoChats()), 'wine', { conversation: conversationId('a') });
    expect(new Set(outcome.hits.map(({ conversation }) => conversation))).toEqual(new Set(['a']));
    expect(outcome.count).toBe(20);
  });

  test('leave removed conversations out and keep hidden ones, which are concealed before', async () => {
    const overlays = [overlay('removed', 'conversation:a', 'yes'), overlay('hidden', 'conversation:b', 'yes')];
    const outcome = await runSearch(engineOver(twoChats(), { overlays: async () => overlays }), 'wine');
    expect(outcome.count).toBe(20);
  });

  test('one Chinese character is enough, in either script', async () => {
    const reader = memoryReader([{ id: 'c', messages: [message('我们去吃火鍋'), message('好'), message('火')] }]);
    expect((await runSearch(engineOver(reader), '锅')).count).toBe(1);
    expect((await runSearch(engineOver(reader), '們')).count).toBe(1);
    expect((await runSearch(engineOver(reader), '火鍋')).count).toBe(1);
  });

  test('never span two messages', async () => {
    const reader = memoryReader([{ id: 'c', messages: [message('火'), message(''), message('锅'), message('ab'), message('cd')] }]);
    for (const query of ['火锅', 'bc', '"锅ab"']) expect((await runSearch(engineOver(reader), query)).count).toBe(0);
  });
});

describe('updates', () => {
  test('the first hits go out as soon as nothing can come before them', async () => {
    const outcome = await runSearch(engineOver(twoChats()), 'wine');
    const first = outcome.updates.find(({ hits }) => hits.length > 0);
    expect(first?.segmentsScanned).toBeLessThan(first?.segmentsTotal ?? 0);
    expect(first?.done).toBe(false);
  });

  test('go out every 50 ms by the clock, counts growing, and once when done', async () => {
    let clock = 0;
    const outcome = await runSearch(engineOver(twoChats(), { nowMs: () => (clock += 10) }), 'wine');
    const counts = outcome.updates.map(({ count }) => count);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(outcome.updates.length).toBeGreaterThan(3);
    expect(outcome.updates.filter(({ done }) => done)).toHaveLength(1);
    expect(outcome.updates.at(-1)).toMatchObject({ segmentsScanned: 18, segmentsTotal: 18 });
  });

  test('an empty query is done at once', async () => {
    const reader = twoChats();
    expect(await runSearch(engineOver(reader), '  ')).toMatchObject({ count: 0, done: true, hits: [] });
    expect(reader.opened).toEqual([]);
  });

  test('a newer search ends the one before it silently', async () => {
    let clock = 0;
    const engine = engineOver(twoChats(), { nowMs: () => (clock += 10) });
    const older: SearchUpdate[] = [];
    const first = engine.search(
      { query: 'wine', conversation: null, order: 'newest', hitLimit: 50, zone: 'UTC' },
      { index: 0, of: 1 },
      (update) => older.push(update),
    );
    const second = runSearch(engine, 'bread');
    await first;
    expect(older.filter(({ done }) => done)).toEqual([]);
    expect(await second).toMatchObject({ count: 80, done: true });
  });

  test('an expression that cannot be read is an error, and ends what ran before', async () => {
    await expect(runSearch(engineOver(twoChats()), '/(/')).rejects.toMatchObject({ code: 'query-invalid' });
  });
});

describe('columns', () => {
  test('only signatures are opened for a term that no segment can hold, and only once', async () => {
    const reader = twoChats();
    const engine = engineOver(reader);
    await runSearch(engine, 'champagne');
    await runSearch(engine, 'armagnac');
    expect(reader.opened).toHaveLength(18);
    expect(reader.opened.every((opened) => opened.endsWith(' signature'))).toBe(true);
  });

  test('an expression opens no segment that cannot hold the letters it needs', async () => {
    const reader = memoryReader([{ id: 'c', messages: [message('red wine'), message('去吃火锅'), message('beer')] }], [], 1);
    expect((await runSearch(engineOver(reader), '/火锅|x{0}火锅/')).count).toBe(1);
    expect(reader.opened.filter((opened) => opened.endsWith(' text'))).toHaveLength(3);
    expect((await runSearch(engineOver(reader), '/[aeiou]?火+锅$/')).count).toBe(1);
    expect(reader.opened.filter((opened) => opened.endsWith(' text'))).toHaveLength(4);
  });

  test('texts are decoded once, and dropped when caches are forgotten', async () => {
    const reader = twoChats();
    const engine = engineOver(reader);
    const textsOpened = (): number => reader.opened.filter((opened) => opened.endsWith(' text')).length;
    await runSearch(engine, 'wine');
    await runSearch(engine, 'bread');
    expect(textsOpened()).toBe(18);
    engine.forgetCaches();
    await runSearch(engine, 'wine');
    expect(textsOpened()).toBe(36);
  });

  test('what is decoded is held within the budget, and nothing of it once caches are forgotten', async () => {
    const caches = createCacheBudget(6_000);
    const engine = engineOver(twoChats(), { caches });
    for (const query of ['wine', 'bread from:anna', 'has:reply', 'larger:1k', '/w.n/']) await runSearch(engine, query);
    expect(caches.heldBytes()).toBeGreaterThan(3_000);
    expect(caches.heldBytes()).toBeLessThanOrEqual(6_000);
    engine.forgetCaches();
    expect(caches.heldBytes()).toBe(0);
  });

  test('a cache of nothing still gives every hit', async () => {
    expect(await runSearch(engineOver(twoChats(), { caches: createCacheBudget(0) }), 'wine')).toMatchObject({ count: 40, done: true });
  });

  test('dates outside a segment’s range open nothing', async () => {
    const reader = twoChats();
    const outcome = await runSearch(engineOver(reader), 'wine before:1970-01-07');
    expect(outcome.count).toBe(4);
    expect(reader.opened.filter((opened) => opened.endsWith(' text')).toSorted()).toEqual(['a#0 text', 'b#0 text']);
  });

  test('a segment that cannot be read is told after all others were searched', async () => {
    const reader = twoChats();
    const readColumns: typeof reader.readColumns = async (id, columns) => {
      if (id === 'a#7' && columns.includes('text')) throw new CamphorError('tampered', { what: 'segment' });
      return reader.readColumns(id, columns);
    };
    const updates: SearchUpdate[] = [];
    const request = { query: 'wine', conversation: null, order: 'newest', hitLimit: 50, zone: 'UTC' } as const;
    const search = engineOver({ ...reader, readColumns }).search(request, { index: 0, of: 1 }, (update) => updates.push(update));
    await expect(search).rejects.toMatchObject({ code: 'tampered' });
    expect(updates.at(-1)).toMatchObject({ done: false, count: 38, segmentsScanned: 18 });
  });
});

describe('names', () => {
  const people = [person('p1', ['张三丰', '老张']), person('p2', ['Anna Müller']), person('p3', ['单小明'])];
  const messages = [message('hello', { sender: personId('p1') }), message('world', { sender: personId('p2') })];
  const reader = memoryReader([{ id: 'c', name: '重庆火锅群', names: ['重庆火锅群', 'Hotpot'], messages }], people);
  const engine = engineOver(reader, { loadPinyin: async () => pinyinOf });
  const named = async (query: string): Promise<string[]> =>
    (await runSearch(engine, query)).updates.flatMap(({ names }) => names.map(({ name }) => name));

  test.each([
    ['张三', ['张三丰']],
    ['老張', ['张三丰']],
    ['muller', ['Anna Müller']],
    ['hotpot', ['重庆火锅群']],
    ['zhangsan', ['张三丰']],
    ['zsf', ['张三丰']],
    ['zhsanf', ['张三丰']],
    ['sanfeng', ['张三丰']],
    ['chongqing', ['重庆火锅群']],
    ['cqhg', ['重庆火锅群']],
    ['shanxm', ['单小明']],
    ['danxm', []],
    ['hangsan', []],
  ])('%s finds %j', async (query, expected) => {
    expect(await named(query)).toEqual(expected);
  });

  test('from: and in: understand them too', async () => {
    expect((await runSearch(engine, 'from:zsf')).count).toBe(1);
    expect((await runSearch(engine, 'in:cqhg -hello')).count).toBe(1);
    expect((await runSearch(engine, 'from:wangwu')).count).toBe(0);
  });

  test('the owner’s own name for somebody is found and shown', async () => {
    const overlays = [overlay('person-name', 'person:p2', 'Mum'), overlay('conversation-name', 'conversation:c', 'Sichuan')];
    const renamed = engineOver(reader, { overlays: async () => overlays });
    const outcome = await runSearch(renamed, 'from:mum');
    expect(outcome.hits).toMatchObject([{ senderName: 'Mum', conversationName: 'Sichuan' }]);
  });

  test('from:me is whoever the archive, the import or the owner says', async () => {
    expect((await runSearch(engine, 'from:me')).count).toBe(0);
    const overlays = [overlay('owner', 'person:p2', 'yes')];
    expect((await runSearch(engineOver(reader, { overlays: async () => overlays }), '来自:我')).hits).toMatchObject([{ snippet: 'world' }]);
    const mine = [{ id: 'c', messages, ownerPeople: [personId('p1')] }];
    expect((await runSearch(engineOver(memoryReader(mine, people)), 'from:me')).hits).toMatchObject([{ snippet: 'hello' }]);
    const said = [person('p1', ['Zhang'], { isOwner: true })];
    expect((await runSearch(engineOver(memoryReader([{ id: 'c', messages }], said)), 'from:me')).count).toBe(1);
  });

  test('are told by one share of a pool', async () => {
    expect((await runSearch(engine, 'hotpot', {}, { index: 1, of: 2 })).updates.flatMap(({ names }) => names)).toEqual([]);
  });

  test('are found as written where pinyin cannot be loaded', async () => {
    const offline = engineOver(reader, { loadPinyin: async () => Promise.reject(new Error('offline')) });
    expect((await runSearch(offline, 'from:anna')).count).toBe(1);
  });
});

describe('suggestions', () => {
  const people = [person('p1', ['张三丰']), person('p2', ['Anna Müller'])];
  const engine = engineOver(memoryReader([{ id: 'c', name: 'Hotpot', names: ['Hotpot'], messages: [] }], people), {
    loadPinyin: async () => pinyinOf,
  });
  const inserts = async (text: string, language: string, cursor = text.length): Promise<string[]> =>
    (await engine.suggest(text, cursor, language)).map(({ insert }) => insert);

  test.each([
    ['wine fr', 'en', ['from:']],
    ['', 'zh-CN', ['来自:', '在:', '应用:', '之前:', '之后:', '日期:', '期间:', '含有:']],
    ['之', 'zh-CN', ['之前:', '之后:']],
    ['be', 'zh-CN', ['before:']],
    ['from:an', 'en', ['from:"Anna Müller" ']],
    ['-from:zs', 'en', ['-from:张三丰 ']],
    ['from:', 'en', ['from:张三丰 ', 'from:"Anna Müller" ', 'from:me ']],
    ['来自：张', 'zh-CN', ['来自：张三丰 ']],
    ['in:"hot', 'en', ['in:Hotpot ']],
    ['hotp', 'en', ['in:Hotpot ']],
    ['has:st', 'en', ['has:sticker ']],
    ['类型:语', 'zh-CN', ['类型:语音 ']],
    ['app:w', 'en', ['app:whatsapp ', 'app:wechat ', 'app:wecom ']],
    ['on:2024', 'en', ['on:2024-05 ', 'on:2024 ']],
    ['during:las', 'en', ['during:last-week ', 'during:last-month ', 'during:last-summer ']],
    ['期间:去', 'zh-CN', ['期间:去年夏天 ']],
    ['大于:5', 'zh-CN', ['大于:500k ', '大于:5MB ', '大于:50MB ']],
    ['zzz', 'en', []],
  ])('%j in %s', async (text, language, expected) => {
    expect(await inserts(text, language)).toEqual(expected);
  });

  test('are for the word under the cursor', async () => {
    expect(await inserts('fr wine', 'en', 2)).toEqual(['from:']);
  });
});
