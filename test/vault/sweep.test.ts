import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArchiveReader } from '../../src/vault/archive';
import { localLocks } from '../../src/vault/locks';
import { openVault } from '../../src/vault/vault';
import { commitSmallImport, contentOf, makeVault, mediaPlaces, putSmallImport, vaultContent, writerOptions } from './make-vault';
import { neededCount, objectKeys, storedNames, withDatabase } from './raw-database';

type Step = 'import' | 'remove' | 'hold' | 'release' | 'abandon' | 'sweep' | 'drop' | 'reopen';
const steps: readonly Step[] = ['import', 'remove', 'hold', 'release', 'abandon', 'sweep', 'drop', 'reopen'];

describe('the sweep', () => {
  it.each(mediaPlaces)(
    'never removes what a held reader or the state in force reaches, whatever happens; media %s',
    async (_, makeFiles) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...steps), { maxLength: 14 }), async (plan) => {
          const { vault, environment } = await makeVault({ chunkFiles: makeFiles() });
          const tabs = [vault];
          const held: { reader: ArchiveReader; content: unknown }[] = [];
          let seed = 0;
          const run: Record<Step, () => Promise<unknown>> = {
            import: () => commitSmallImport(vault, (seed += 1)),
            remove: async () => {
              const writer = await vault.openWriter(writerOptions);
              for (const { id } of (await writer.base.conversations()).slice(0, 1)) writer.removeConversation(id);
              (await writer.commit()).release();
            },
            hold: async () => {
              const reader = await vault.openReader();
              held.push({ reader, content: await contentOf(reader) });
            },
            release: async () => held.shift()?.reader.release(),
            abandon: async () => {
              const writer = await vault.openWriter(writerOptions);
              await putSmallImport(writer, (seed += 1));
              await writer.abandon();
            },
            sweep: () => vault.sweep(),
            drop: () => vault.sweep({ dropPrevious: true }),
            reopen: async () => {
              const tab = await openVault(environment);
              tabs.push(tab);
              await tab.open();
              await tab.sweepLeftovers();
            },
          };
          for (const step of plan) {
            await run[step]();
            for (const { reader, content } of held) expect(await contentOf(reader)).toEqual(content);
            expect(await vault.verify()).toMatchObject({ damaged: [] });
          }
          for (const { reader } of held) reader.release();
          await vault.sweep({ dropPrevious: true });
          expect(await storedNames(environment)).toHaveLength(await neededCount(vault));
          for (const tab of tabs) tab.close();
        }),
        { numRuns: 40 },
      );
    },
  );

  it('runs after the next opening, which does not wait for it, where an import was killed, and leaves only what was committed', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const content = await vaultContent(vault);
    const rows = await objectKeys(environment);
    await withDatabase(environment, async ({ objects, roots }) => {
      await roots.put(true, 'unfinished');
      await objects.bulkPut([new Uint8Array(9), new Uint8Array(9)], ['Aleft-by-a-killed-import', 'zleft-by-a-killed-import']);
    });
    const next = await openVault({ ...environment, locks: localLocks() });
    await next.open();
    expect(await vaultContent(next)).toEqual(content);
    expect(await objectKeys(environment)).toHaveLength(rows.length + 2);
    await next.sweepLeftovers();
    expect(await objectKeys(environment)).toEqual(rows);
    expect(await vaultContent(next)).toEqual(content);
  });

  it('that cannot read a page keeps nobody from opening the vault', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const rows = await objectKeys(environment);
    await withDatabase(environment, async ({ objects, roots }) => {
      await roots.put(true, 'unfinished');
      await objects.bulkPut(rows.map(() => new Uint8Array(40)), rows); // prettier-ignore
    });
    const next = await openVault({ ...environment, locks: localLocks() });
    expect(await next.open()).toMatchObject({ state: 'open' });
    await expect(next.sweepLeftovers()).rejects.toMatchObject({ code: 'tampered' });
    expect(await objectKeys(environment)).toEqual(rows);
  });

  it('removes nothing that is reached when an object cannot be read, whichever it is', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    await vault.sweep({ dropPrevious: true });
    const rows = await objectKeys(environment);
    vault.close();
    for (const row of rows) {
      const sound = await withDatabase(environment, ({ objects }) => objects.get(row));
      await withDatabase(environment, ({ objects }) => objects.put(new Uint8Array(40), row));
      const next = await openVault({ ...environment, locks: localLocks() });
      await next.open();
      await next.sweep({ dropPrevious: true }).catch((error: unknown) => expect(error).toMatchObject({ code: 'tampered' }));
      await withDatabase(environment, ({ objects }) => objects.put(sound as Uint8Array, row));
      expect(await next.verify()).toMatchObject({ damaged: [], objectsChecked: rows.length });
      next.close();
    }
  });
});
