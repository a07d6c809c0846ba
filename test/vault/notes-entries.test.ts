import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openVault } from '../../src/vault/vault';
import { makeVault } from './make-vault';
import { withDatabase } from './raw-database';

const anyEdits = fc.array(
  fc.tuple(fc.constantFrom('a/1', 'a/2', 'ab/1', 'b/1', '__proto__', '樟'), fc.option(fc.string({ unit: 'binary', maxLength: 20 }))),
);

describe('entries of the notes', () => {
  it('are what was last kept under each key, listed by prefix in order', async () => {
    const { vault } = await makeVault();
    const expected = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(anyEdits, fc.constantFrom('', 'a', 'a/', 'b', 'z'), async (edits, prefix) => {
        for (const [key, value] of edits) {
          if (value === null) expected.delete(key);
          else expected.set(key, value);
        }
        await vault.notes.setEntries(new Map(edits));
        const listed = [...expected].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
        expect(await vault.notes.entries(prefix)).toEqual(listed);
      }),
      { numRuns: 30 },
    );
  });

  it('outgrow a page, stay beside overlays and settings, and are found by the next opening', async () => {
    const { vault, environment } = await makeVault();
    await vault.notes.setOverlay('bookmark', 'message:c/1', { bookmark: 'yes' });
    await vault.notes.setSetting('theme', 'dark');
    const all = Array.from({ length: 1000 }, (_, number) => [`key/${String(number).padStart(4, '0')}`, `value ${number}`] as const);
    await vault.notes.setEntries(new Map(all));
    await vault.notes.setOverlay('bookmark', 'message:c/2', { bookmark: 'yes' });
    vault.close();
    const again = await openVault(environment);
    await again.open();
    expect(await again.notes.entries('key/')).toEqual(all);
    expect(await again.notes.overlays('bookmark')).toHaveLength(2);
    expect(await again.notes.settings()).toEqual({ theme: 'dark' });
  });

  it('leave no page behind when all are removed', async () => {
    const { vault, environment } = await makeVault();
    const rows = () => withDatabase(environment, async (database) => (await database.notes.toCollection().primaryKeys()).length);
    const before = await rows();
    await vault.notes.setEntries(new Map(Array.from({ length: 300 }, (_, number) => [`k${number}`, 'v'])));
    expect(await rows()).toBeGreaterThan(before);
    await vault.notes.setEntries(new Map(Array.from({ length: 300 }, (_, number) => [`k${number}`, null])));
    expect(await rows()).toBe(before);
    expect(await vault.notes.entries('')).toEqual([]);
  });

  it('are none in a vault of before there were any, tell nobody, and are sealed anew with the first passphrase', async () => {
    const { vault, environment } = await makeVault();
    await vault.notes.setSetting('theme', 'dark');
    expect(await vault.notes.entries('')).toEqual([]);
    const heard: string[] = [];
    vault.onChange(({ type }) => heard.push(type));
    await vault.notes.setEntries(new Map([['k', 'v']]));
    expect(heard).toEqual([]);
    await vault.setPassphrase('nine crooked lanterns drift', null);
    vault.close();
    const again = await openVault(environment);
    await again.unlock('nine crooked lanterns drift');
    expect(await again.notes.entries('')).toEqual([['k', 'v']]);
  });
});
