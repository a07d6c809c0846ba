import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTreeBuilder, fileNode, type TreeBuilder } from '../../src/backup/tree-builder';
import { encodeTree } from '../../src/repository/tree-codec';
import type { TreeNode } from '../../src/repository/repository';

const file = (name: string): TreeNode => fileNode(name, { blobs: [createHash('sha256').update(name).digest('hex')], sizeBytes: 1 });

/** Saves after a while, each as long as it likes. */
function makeSink(fails?: (saved: number) => boolean) {
  const counts = { underWay: 0, most: 0, saved: 0 };
  const saveTree = async (nodes: readonly TreeNode[]): Promise<string> => {
    counts.underWay++;
    counts.most = Math.max(counts.most, counts.underWay);
    for (let wait = (counts.saved * 7) % 5; wait >= 0; wait--) await Promise.resolve();
    counts.underWay--;
    counts.saved++;
    if (fails?.(counts.saved) === true) throw new Error('full');
    return createHash('sha256').update(encodeTree(nodes)).digest('hex');
  };
  return { saveTree, counts };
}

async function build(builder: TreeBuilder, paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const folders = path.split('/');
    await builder.add(folders, file(folders.pop() as string));
  }
  return builder.finish();
}

describe('folders of a snapshot', () => {
  const anyPaths = fc
    .uniqueArray(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }), {
      selector: (path) => path.join('/'),
      maxLength: 30,
    })
    .map((paths) => paths.map((path) => `${path.join('/')}/file`).sort());

  test('are the same however many are saved at once', async () => {
    await fc.assert(
      fc.asyncProperty(anyPaths, fc.integer({ min: 2, max: 9 }), async (paths, atOnce) => {
        const alone = makeSink();
        const together = makeSink();
        expect(await build(createTreeBuilder(together.saveTree, atOnce), paths)).toBe(
          await build(createTreeBuilder(alone.saveTree), paths),
        );
        expect([alone.counts.most, together.counts.saved]).toEqual([1, alone.counts.saved]);
      }),
    );
  });

  test('are saved while files come, and no more of them than may be', async () => {
    const { saveTree, counts } = makeSink();
    await build(
      createTreeBuilder(saveTree, 4),
      Array.from({ length: 40 }, (_, day) => `2024/${String(day).padStart(2, '0')}/file`),
    );
    expect(counts.saved).toBe(42);
    expect([counts.most > 1, counts.most <= 4]).toEqual([true, true]);
  });

  test('of which one cannot be saved give its error at the end, with nothing on its way', async () => {
    const { saveTree, counts } = makeSink((saved) => saved === 2);
    const builder = createTreeBuilder(saveTree, 3);
    await expect(build(builder, ['a/1', 'b/1', 'c/1', 'd/1'])).rejects.toThrow('full');
    await builder.settle();
    expect(counts.underWay).toBe(0);
  });
});
