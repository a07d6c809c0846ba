import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sendAhead } from '../../src/backup/media-ahead';
import type { MediaTools } from '../../src/backup/media-files';
import { CamphorError } from '../../src/model/error';
import type { ObjectId, ReceiptId, Sha256Hex } from '../../src/model/ids';
import type { ArchiveReader, MediaEntry } from '../../src/vault/archive';

const hashOf = (seed: number): Sha256Hex => createHash('sha256').update(String(seed)).digest('hex') as Sha256Hex;
const nobody: ReadonlySet<ReceiptId> = new Set();

function makeEntry(seed: number, changes: Partial<MediaEntry> = {}): MediaEntry {
  const entry = { sha256: hashOf(seed), sizeBytes: 100, mime: 'image/jpeg', chunks: ['c' as ObjectId], thumbnail: null };
  return { ...entry, widthPx: null, heightPx: null, receipts: [], ...changes };
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** A drive that takes a moment for each blob; `save` may fail. */
function makeTools(entries: readonly MediaEntry[], has: ReadonlySet<string> = new Set(), save: (id: string) => void = () => {}) {
  const state = { onTheirWay: 0, most: 0, saved: [] as string[], listed: 0 };
  const reader = {
    async *mediaEntries() {
      for (const entry of entries) {
        state.listed += 1;
        yield entry;
      }
    },
    openMedia: ({ sizeBytes }: MediaEntry) => ({
      sizeBytes,
      givesOwn: true,
      read: async (from: number, to: number) => new Uint8Array(to - from),
    }),
  } as unknown as ArchiveReader;
  const sink = {
    has: (id: string) => has.has(id) || state.saved.includes(id),
    async saveData(_: Uint8Array, id = '') {
      state.onTheirWay += 1;
      state.most = Math.max(state.most, state.onTheirWay);
      await nextTask();
      state.onTheirWay -= 1;
      save(id);
      state.saved.push(id);
      return { id, isNew: true };
    },
  } as unknown as MediaTools['sink'];
  const tools = { reader, sink, repositoryId: 'r', readsMedia: true, onStep: async () => {} } as unknown as MediaTools;
  return { tools, state };
}

describe('media sent ahead', () => {
  const many = Array.from({ length: 40 }, (_, seed) => makeEntry(seed));

  test('are those that the repository lacks and that may go, a few at a time', async () => {
    const [stays, goes] = ['one', 'two'].map((id, at) => makeEntry(100 + at, { receipts: [`original:${id}` as ReceiptId] })) as [
      MediaEntry,
      MediaEntry,
    ];
    const { tools, state } = makeTools([...many, stays, goes], new Set([hashOf(3)]));
    const sent = await sendAhead(tools, new Set(['two' as ReceiptId]), () => false);
    expect(sent).toEqual(new Set([...many, goes].map(({ sha256 }) => sha256).filter((hash) => hash !== hashOf(3))));
    expect(state.most).toBeGreaterThan(1);
    expect(state.most).toBeLessThanOrEqual(4);
  });

  test('end where conversations do, and nothing is on its way afterwards', async () => {
    const { tools, state } = makeTools(many);
    const sent = await sendAhead(tools, nobody, () => state.saved.length >= 10);
    expect(state.onTheirWay).toBe(0);
    expect(sent).toEqual(new Set(state.saved));
    expect(state.saved.length).toBeLessThan(20);
    expect(state.listed).toBeLessThan(20);
  });

  test('end with the first that fails, once the others have come to their end', async () => {
    const { tools, state } = makeTools(many, new Set(), (id) => {
      if (id === hashOf(7)) throw new CamphorError('drive-full');
    });
    await expect(sendAhead(tools, nobody, () => false)).rejects.toMatchObject({ code: 'drive-full' });
    expect(state.onTheirWay).toBe(0);
    expect(state.saved.length).toBeLessThan(20);
  });
});
