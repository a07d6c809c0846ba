// Issue 2, done when 3: one chat in every style that exports of it may have, in every order.

import { describe, expect, test } from 'vitest';
import { chat, plainStyle, writeChat } from './chat-text';
import type { ChatStyle } from './chat-text';
import { makeHarness, openRealVault } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';

const styles: Readonly<Record<string, ChatStyle>> = {
  android: plainStyle,
  iphone: { ...plainStyle, phone: 'iphone' },
  'iphone with media, 12 h': { ...plainStyle, phone: 'iphone', withMedia: true, clock: 12 },
  'android with media': { ...plainStyle, withMedia: true },
  chinese: { ...plainStyle, phone: 'iphone', language: 'zh' },
  'chinese android, 12 h': { ...plainStyle, language: 'zh', clock: 12 },
  renamed: { ...plainStyle, names: { me: 'Li Wei', her: 'Mother' }, title: 'Mother' },
  'by number': {
    ...plainStyle,
    phone: 'iphone',
    names: { me: 'Li Wei', her: '\u202a+86 138 0013 8000\u202c' },
    title: '+86 138 0013 8000',
  },
  shifted: { ...plainStyle, shiftMs: 8 * 3_600_000 },
  edited: { ...plainStyle, phone: 'iphone', edited: 13 },
  deleted: { ...plainStyle, deleted: 8 },
  'group renamed': { ...plainStyle, title: 'Family' },
};

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

const pairs = Object.keys(styles).flatMap((first, index) =>
  Object.keys(styles)
    .slice(index + 1)
    .map((second) => [first, second] as const),
);

describe('two exports', () => {
  test.each(pairs)('%s and %s, in both orders: each message once', async (...names) => {
    const dumps = new Set<string>();
    for (const order of permutations(names)) {
      const harness = makeHarness(makeMemoryArchive());
      for (const name of order) await harness.import(writeChat(styles[name ?? ''] ?? plainStyle));
      const messages = await harness.messages();
      expect(messages.length, order.join(', ')).toBe(chat.length);
      expect(await (await harness.vault.openReader()).conversations()).toHaveLength(1);
      dumps.add(await harness.dump(true));
    }
    expect([...dumps].slice(1)).toEqual([]);
  });
});

const five = ['android with media', 'chinese', 'renamed', 'edited', 'deleted'] as const;
const shifted = ['shifted', 'by number', 'iphone with media, 12 h', 'deleted'] as const;

describe.each([five, shifted])('%s, %s, %s, %s …', (...names) => {
  test('all orders of import give each message once, and the same', async () => {
    const dumps = new Set<string>();
    for (const order of permutations(names)) {
      const harness = makeHarness(makeMemoryArchive());
      for (const name of order) await harness.import(writeChat(styles[name ?? ''] ?? plainStyle));
      expect((await harness.messages()).length, order.join(', ')).toBe(chat.length);
      dumps.add(await harness.dump(true));
    }
    expect([...dumps].slice(1)).toEqual([]);
  });
});

test('all styles together, on the real vault: an edit keeps the text before it, a deletion the text it took', async () => {
  const harness = makeHarness(await openRealVault());
  for (const style of Object.values(styles)) await harness.import(writeChat(style));
  const messages = await harness.messages();
  expect(messages).toHaveLength(chat.length);
  const edited = messages.find(({ facts }) => facts?.edited !== undefined);
  expect(edited?.text).toContain('at ten');
  expect(edited?.facts?.olderTexts?.map(({ text }) => text)).toEqual([chat[13]?.text]);
  const deleted = messages.find(({ facts }) => facts?.deleted !== undefined);
  expect(deleted?.text).toBe(chat[8]?.text);
  expect(messages.filter(({ clock }) => clock === 'second')).toHaveLength(chat.length);
  expect(messages.flatMap(({ attachments }) => attachments).filter(({ sha256 }) => sha256 !== null)).toHaveLength(3);
  const reader = await harness.vault.openReader();
  const people = [...(await reader.people()).values()];
  expect(people.map(({ names }) => [...names].sort())).toEqual(
    expect.arrayContaining([['Li Wei'], ['+86 138 0013 8000', 'Mother', 'Mum']]),
  );
  expect(people).toHaveLength(2);
  reader.release();
});
