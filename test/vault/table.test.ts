import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObjectId } from '../../src/model/ids';
import { editTable, emptyTable, type Page, type PageStore, type TableKind, tablePages, tableValue } from '../../src/vault/table';

const kind: TableKind<number> = { name: 'numbers', weigh: (value) => value };

function pagesInMemory(): { store: PageStore; reads: string[] } {
  const pages = new Map<ObjectId, { purpose: string; page: Page<unknown> }>();
  const reads: string[] = [];
  const store: PageStore = {
    readPage: async (id, purpose) => {
      const found = pages.get(id);
      if (found?.purpose !== purpose) throw new Error(`page ${id} was written for ${found?.purpose}, not ${purpose}`);
      reads.push(id);
      return found.page;
    },
    writePage: async (purpose, page) => {
      const id = `page-${pages.size}` as ObjectId;
      pages.set(id, { purpose, page: new Map(page) });
      return id;
    },
  };
  return { store, reads };
}

describe('a table', () => {
  it('is a map: whatever is set and removed, in however many steps', async () => {
    const anyKey = fc.oneof(fc.string(), fc.nat({ max: 400 }).map(String), fc.constantFrom('__proto__', ''));
    const anyEdits = fc.array(fc.tuple(anyKey, fc.option(fc.nat({ max: 9 }))), { maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdits, { maxLength: 5 }), async (steps) => {
        const { store } = pagesInMemory();
        const expected = new Map<string, number>();
        let state = emptyTable;
        for (const edits of steps) {
          state = await editTable(store, kind, state, new Map(edits));
          for (const [key, value] of new Map(edits)) {
            if (value === null) expected.delete(key);
            else expected.set(key, value);
          }
          const actual = new Map<string, number>();
          for await (const page of tablePages(store, kind, state)) for (const [key, value] of page) actual.set(key, value);
          expect(actual).toEqual(expected);
          expect(state.count).toBe(expected.size);
          expect(state.weight).toBe([...expected.values()].reduce((sum, value) => sum + value, 0));
          for (const [key] of edits) expect(await tableValue(store, kind, state, key)).toBe(expected.get(key) ?? null);
        }
      }),
    );
  });

  it('takes many values at once without a page of all of them', async () => {
    const { store, reads } = pagesInMemory();
    const many = new Map(Array.from({ length: 5_000 }, (_, at) => [`key-${at}`, 1]));
    const sizes: number[] = [];
    const writePage: PageStore['writePage'] = (purpose, page) => (sizes.push(page.size), store.writePage(purpose, page));
    const state = await editTable({ ...store, writePage }, kind, emptyTable, many);
    expect([state.count, reads.length, Math.max(...sizes) < 150]).toEqual([5_000, 0, true]);
  });

  it('keeps pages small as it grows, and reads one page for one key', async () => {
    const { store, reads } = pagesInMemory();
    let state = emptyTable;
    for (let from = 0; from < 20_000; from += 1_000) {
      state = await editTable(store, kind, state, new Map(Array.from({ length: 1_000 }, (_, at) => [`key-${from + at}`, 1])));
    }
    const sizes: number[] = [];
    for await (const page of tablePages(store, kind, state)) sizes.push(page.size);
    expect(Math.max(...sizes)).toBeLessThan(250);
    reads.length = 0;
    expect(await tableValue(store, kind, state, 'key-777')).toBe(1);
    expect(reads).toHaveLength(1);
  });
});
