// The tree of a snapshot is a function of the set of imports.

import { describe, expect, test } from 'vitest';
import { type ChatStyle, plainStyle, writeChat } from '../intake/chat-text';
import { makeBackupHarness } from './backup-harness';

const styles: Readonly<Record<string, Partial<ChatStyle>>> = {
  'android, early part': { to: 12 },
  'android with media': { withMedia: true },
  'iphone, late part': { phone: 'iphone', from: 6 },
  'iphone in Chinese with media, one edited': { phone: 'iphone', language: 'zh', withMedia: true, edited: 8 },
  'android, renamed, one deleted': { names: { me: 'Li Wei', her: 'Mother' }, deleted: 9 },
};

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]));
}

async function treeOf(order: readonly string[]): Promise<{ readonly tree: string; readonly files: Map<string, string> }> {
  const harness = makeBackupHarness();
  for (const name of order) await harness.intake.import(writeChat({ ...plainStyle, ...styles[name] }));
  await harness.push();
  return { tree: harness.tree, files: await harness.files() };
}

describe('all orders of import give the same tree', () => {
  const names = Object.keys(styles);
  const pairs = names.flatMap((a, index) => names.slice(index + 1).map((b) => [a, b] as const));

  test.each(pairs)('%s and %s', async (a, b) => {
    const one = await treeOf([a, b]);
    const other = await treeOf([b, a]);
    expect(other.files).toEqual(one.files);
    expect(other.tree).toBe(one.tree);
  });

  test('five exports of one chat, in 120 orders', async () => {
    const first = await treeOf(names);
    for (const order of permutations(names)) {
      const { tree, files } = await treeOf(order);
      if (tree !== first.tree) expect(files, order.join('; ')).toEqual(first.files);
      expect(tree).toBe(first.tree);
    }
  });
});
