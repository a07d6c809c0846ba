// Keybags of iPhone backups: made by Node's crypto, those of the shared samples, and damaged ones.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPlist } from '../../src/bytes/xml-plist';
import { openKeybag, readKeybag, unwrapFileKey } from '../../src/crypto/backup-keybag';
import { CamphorError } from '../../src/model/error';
import { hasSharedSamples, sharedSamplePath } from '../importers/samples';
import { backupFiles } from '../intake/iphone-backup/make-backup.mjs';

const password = 'naïve pass';

function keybagOf(options: Parameters<typeof backupFiles>[0]): Uint8Array {
  const plist = [...backupFiles(options)].find(({ path }) => path === 'Manifest.plist')!;
  return (readPlist(new Uint8Array(plist.bytes)) as ReadonlyMap<string, Uint8Array>).get('BackupKeyBag')!;
}
const bag = keybagOf({ files: [], password });

/** The bag with the number behind `tag` set to another. */
function withNumber(tag: string, value: number): Uint8Array {
  const changed = Uint8Array.from(bag);
  const at = Buffer.from(bag).indexOf(tag);
  new DataView(changed.buffer).setUint32(at + 8, value);
  return changed;
}

describe('a keybag', () => {
  test('opens by its password, however its accents are written, and reports rounds', async () => {
    const reports: [number, number][] = [];
    const keys = await openKeybag(readKeybag(bag), password, (...each) => reports.push(each));
    expect([...keys.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect([...keys.values()].every(({ length }) => length === 32)).toBe(true);
    // As typed, and decomposed: twice 1,000 and 10 rounds at the most.
    expect(reports).toEqual([
      [0, 2020],
      [1000, 2020],
      [1010, 2020],
    ]);
    expect(await openKeybag(readKeybag(bag), password.normalize('NFD'))).toEqual(keys);
  });

  test('refuses a wrong password, and a bag whose salts were changed', async () => {
    await expect(openKeybag(readKeybag(bag), 'other')).rejects.toEqual(new CamphorError('wrong-secret'));
    await expect(openKeybag(readKeybag(bag), '')).rejects.toEqual(new CamphorError('wrong-secret'));
    const salted = Uint8Array.from(bag);
    salted[Buffer.from(bag).indexOf('SALT') + 8]! ^= 1;
    await expect(openKeybag(readKeybag(salted), password)).rejects.toMatchObject({ code: 'wrong-secret' });
  });

  test('does no work for counts without measure, and none for a count of nothing', async () => {
    for (const [tag, rounds] of [
      ['DPIC', 2 ** 31],
      ['DPIC', 50_000_001],
      ['ITER', 1_000_001],
    ] as const) {
      let reported = 0;
      const opening = openKeybag(readKeybag(withNumber(tag, rounds)), password, () => reported++);
      await expect(opening).rejects.toMatchObject({ code: 'secret-costs-too-much', facts: { rounds } });
      expect(reported).toBe(0);
    }
    expect(() => readKeybag(withNumber('ITER', 0))).toThrow(new CamphorError('damaged', { what: 'keybag' }));
  });

  test('leaves out a class whose key was changed: what lies under it stays closed', async () => {
    const changed = Uint8Array.from(bag);
    changed[bag.length - 1]! ^= 1;
    const keys = await openKeybag(readKeybag(changed), password);
    expect(keys.has(11)).toBe(false);
    expect(keys.has(4)).toBe(true);
    expect(unwrapFileKey(keys, new Uint8Array(44))).toBeNull();
    expect(unwrapFileKey(keys, new Uint8Array(3))).toBeNull();
  });

  test('cut anywhere is damaged, or has fewer classes', () => {
    for (let length = 0; length < bag.length; length++) {
      try {
        expect(readKeybag(bag.subarray(0, length)).classes.size).toBeLessThan(11);
      } catch (error) {
        expect(error).toMatchObject({ code: 'damaged' });
      }
    }
  });
});

describe.skipIf(!hasSharedSamples)('a keybag that another program wrote', () => {
  test.each(['encrypted', 'encrypted-real-iterations', 'mbdb-encrypted'])('%s', async (name) => {
    const folder = sharedSamplePath('international/ios-backup');
    const plist = readPlist(new Uint8Array(readFileSync(`${folder}/${name}/Manifest.plist`))) as ReadonlyMap<string, Uint8Array>;
    const keys = await openKeybag(readKeybag(plist.get('BackupKeyBag')!), 'test-password');
    const expected = JSON.parse(readFileSync(`${folder}/EXPECTED.json`, 'utf8')).backups.find(({ dir }: { dir: string }) => dir === name);
    if (expected.classKeys === undefined) return expect([...keys.keys()]).toEqual([1, 2, 3, 4]);
    const found = Object.fromEntries([...keys].map(([number, key]) => [number, Buffer.from(key).toString('hex')]));
    expect(found).toEqual(expected.classKeys);
    expect(Buffer.from(unwrapFileKey(keys, plist.get('ManifestKey')!)!).toString('hex')).toBe(expected.manifestKey);
  });
});
