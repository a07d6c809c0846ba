import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BackupCache, openBackupCache } from '../../src/backup/backup-cache';
import { openSenderIds, type SenderIds } from '../../src/backup/sender-ids';
import { conversationId, personId } from '../search/memory-reader';

const id = conversationId('c1');
type Ids = Readonly<Record<string, string>>;

const makeCache = (): Promise<BackupCache> => openBackupCache({ entries: async () => [], setEntries: async () => {} });

/** As a backup would find a conversation that names these people. */
const open = (cache: BackupCache, ids: Ids): Promise<SenderIds> =>
  openSenderIds({ id, people: Object.keys(ids).map(personId) }, cache, (person) => ids[person] ?? 'unknown');

describe('the ids that months were written with', () => {
  test('hold where nobody has another one, whoever joins', async () => {
    const cache = await makeCache();
    const first = await open(cache, { p1: 'ann', p2: 'bo' });
    const joined = await open(cache, { p3: 'cy', p1: 'ann', p2: 'bo' });
    expect(joined.now).not.toBe(first.now);
    expect([joined.hold(first.now), joined.hold(joined.now)]).toEqual([true, true]);
    expect((await open(cache, { p1: 'ann', p2: 'bo', p3: 'cy' })).now).toBe(joined.now);
    expect(['p1', 'p3', 'p4'].map((person) => joined.has(personId(person)))).toEqual([true, true, false]);
  });

  test('do not hold where somebody of then has another, and hold again where it is the old one', async () => {
    const cache = await makeCache();
    const first = await open(cache, { p1: 'ann' });
    const joined = await open(cache, { p1: 'ann', p2: 'bo' });
    const renamed = await open(cache, { p1: 'ann', p2: 'bob' });
    expect([renamed.hold(first.now), renamed.hold(joined.now)]).toEqual([true, false]);
    const back = await open(cache, { p1: 'ann', p2: 'bo' });
    expect([back.hold(joined.now), back.hold(renamed.now)]).toEqual([true, false]);
  });

  test('of somebody who is no longer named count as they are now', async () => {
    const cache = await makeCache();
    const both = await open(cache, { p1: 'ann', p2: 'bo' });
    expect((await open(cache, { p1: 'ann' })).hold(both.now)).toBe(false);
  });

  test('whatever happens between backups, those that hold are the same', async () => {
    const anyIds = fc.dictionary(fc.constantFrom('p1', 'p2', 'p3', 'p4'), fc.constantFrom('ann', 'bo', 'cy'), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(anyIds, { minLength: 1, maxLength: 8 }), async (backups) => {
        const cache = await makeCache();
        const written: { readonly now: string; readonly ids: Ids }[] = [];
        for (const ids of backups) {
          const { now, hold } = await open(cache, ids);
          written.push({ now, ids });
          for (const then of written) if (hold(then.now)) expect(ids).toMatchObject(then.ids);
        }
      }),
    );
  });
});
