// WhatsApp's encrypted backups: made here, and those of the shared samples, against their plain databases.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import type { LockedSource, Unlocked } from '../../../src/intake/locks/lock';
import { readWhatsappHeader } from '../../../src/intake/locks/whatsapp-header';
import { whatsappLock } from '../../../src/intake/locks/whatsapp-lock';
import type { Secret } from '../../../src/model/secret-form';
import { hasSharedSamples, sharedSamplePath } from '../../importers/samples';
import { makeHarness } from '../intake-harness';
import { keyFile, makeBackup, rootKeyFile, rootKeyHex } from './whatsapp-builder';

const lockedFile = (path: string, bytes: Uint8Array): LockedSource => ({
  path,
  source: sourceOfBytes(bytes),
  beside: () => null,
  sizeOf: () => null,
  paths: [path],
});

async function openOne(name: string, bytes: Uint8Array, secret: Secret): Promise<Uint8Array> {
  const opened: Unlocked = await whatsappLock.open(lockedFile(name, bytes), secret, () => {});
  if (opened.kind !== 'file') throw new Error('not a file');
  const { source } = opened;
  const content = await source.read(0, source.sizeBytes);
  const middle = Math.floor(source.sizeBytes / 2);
  expect(Buffer.compare(source.readSync!(middle, middle + 999), content.subarray(middle, middle + 999))).toBe(0);
  return content;
}

const content = new TextEncoder().encode('SQLite format 3\0 and what follows. '.repeat(4000));
const forms = ['crypt12', 'crypt14', 'crypt15'] as const;
const secretOf = (form: string): Secret => (form === 'crypt15' ? rootKeyHex : keyFile);

describe.each(forms)('a %s backup', (form) => {
  const name = `msgstore.db.${form}`;
  const backup = makeBackup({ form, content });
  const header = readWhatsappHeader(backup)!;

  test('opens with its key, and asks for it in its form', async () => {
    expect(await whatsappLock.examine(lockedFile(name, backup))).toBe(form === 'crypt15' ? 'whatsapp-key' : 'whatsapp-key-file');
    expect(await openOne(name, backup, secretOf(form))).toEqual(content);
  });

  test('is not opened by another key', async () => {
    const otherFile = keyFile.slice();
    otherFile[60]! ^= 1;
    const noKey = new Uint8Array(10);
    const otherText = rootKeyHex.replace('0', 'f');
    for (const secret of form === 'crypt15' ? [otherText, keyFile, noKey] : [otherFile, rootKeyFile, noKey, rootKeyHex])
      await expect(openOne(name, backup, secret)).rejects.toMatchObject({ code: 'wrong-secret' });
  });

  test('is damaged, or another key is asked for, when any bit differs', async () => {
    const { dataFrom } = header;
    const end = backup.length;
    const places = { data: dataFrom, inside: dataFrom + 500, last: end - 37, tag: end - (form === 'crypt12' ? 30 : 20) };
    for (const [part, at] of Object.entries({ ...places, iv: dataFrom - (form === 'crypt12' ? 5 : 0) })) {
      if (part === 'iv' && form !== 'crypt12') continue;
      const changed = backup.slice();
      changed[at]! ^= 0x10;
      await expect(openOne(name, changed, secretOf(form)), part).rejects.toMatchObject({ code: 'damaged' });
    }
    const ivAt = indexOfBytes(backup, header.iv);
    const changed = backup.slice();
    changed[ivAt + 3]! ^= 1;
    await expect(openOne(name, changed, secretOf(form))).rejects.toMatchObject({ code: 'damaged' });
  });

  test('whose MD5 alone differs is whole: its tag says so', async () => {
    const changed = backup.slice();
    changed[backup.length - 8]! ^= 1;
    expect(await openOne(name, changed, secretOf(form))).toEqual(content);
  });

  test('that was cut anywhere is damaged', async () => {
    for (const length of [0, 1, 20, header.dataFrom, header.dataFrom + 20, header.dataFrom + 100, backup.length - 1, backup.length - 40]) {
      const cut = lockedFile(name, backup.subarray(0, length));
      const open = async () => {
        await whatsappLock.examine(cut);
        await whatsappLock.open(cut, secretOf(form), () => {});
      };
      await expect(open(), String(length)).rejects.toMatchObject({ code: 'damaged' });
    }
  });
});

function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array): number {
  return Buffer.from(bytes).indexOf(Buffer.from(wanted));
}

describe('a crypt15 backup', () => {
  test('takes its key in groups and capitals, and as a file', async () => {
    const backup = makeBackup({ form: 'crypt15', content });
    const grouped = rootKeyHex.toUpperCase().replace(/(.{4})/g, '$1 ');
    for (const secret of [grouped, rootKeyFile, new TextEncoder().encode(`${rootKeyHex}\n`)])
      expect(await openOne('x', backup, secret)).toEqual(content);
    await expect(openOne('x', backup, rootKeyHex.slice(1))).rejects.toMatchObject({ code: 'secret-malformed' });
  });

  test('without MD5 opens; what its beginning says of a wrong key and of damage is the same', async () => {
    const backup = makeBackup({ form: 'crypt15', content, withoutMd5: true });
    expect(await openOne('stickers.db.crypt15', backup, rootKeyHex)).toEqual(content);
    await expect(openOne('stickers.db.crypt15', backup, rootKeyHex.replace('0', 'f'))).rejects.toMatchObject({ code: 'wrong-secret' });
    const changed = backup.slice();
    changed[backup.length - 3]! ^= 1;
    await expect(openOne('stickers.db.crypt15', changed, rootKeyHex)).rejects.toMatchObject({ code: 'damaged' });
  });

  test('holds a ZIP as it is', async () => {
    const zip = new TextEncoder().encode('PK and so on');
    expect(await openOne('x.crypt15', makeBackup({ form: 'crypt15', content: zip, isDeflated: false }), rootKeyHex)).toEqual(zip);
  });

  test('that expands without measure is refused', async () => {
    const bomb = makeBackup({ form: 'crypt15', content: new Uint8Array(80 << 20), level: 9 });
    await expect(openOne('msgstore.db.crypt15', bomb, rootKeyHex)).rejects.toMatchObject({ code: 'archive-limit' });
  });

  test('of another version of its cipher is told from a damaged one', async () => {
    for (const form of ['crypt12', 'crypt14'] as const) {
      const backup = makeBackup({ form, content });
      // The only `00 01` so early is the cipher's version.
      backup[indexOfBytes(backup, Uint8Array.of(0, 1)) + 1] = 2;
      const file = lockedFile(`msgstore.db.${form}`, backup);
      await expect(whatsappLock.examine(file)).rejects.toMatchObject({ code: 'unsupported-version' });
    }
  });

  test('is known under any name', () => {
    for (const form of ['crypt14', 'crypt15'] as const)
      expect(whatsappLock.recognises(makeBackup({ form, content }), { path: 'a.bin', sizeBytes: 1 })).toBe(true);
    for (const text of ['', 'SQLite format 3\0', 'PK\x03\x04', 'hello', '\0'.repeat(1024)])
      expect(whatsappLock.recognises(new TextEncoder().encode(text), { path: 'a.bin', sizeBytes: 1 })).toBe(false);
  });
});

describe('a folder of backups', () => {
  const other = makeBackup({ form: 'crypt15', content: content.subarray(0, 5000) });
  const folder = {
    'WhatsApp/Databases/msgstore.db.crypt15': makeBackup({ form: 'crypt15', content }),
    'WhatsApp/Databases/msgstore.db.crypt14': makeBackup({ form: 'crypt14', content }),
    'WhatsApp/Backups/wa.db.crypt15': other,
  };

  test('is asked for once for each key, and opened where the files lie', async () => {
    const harness = makeHarness();
    const plan = await harness.plan(folder);
    expect(plan.locked.map(({ path, opensBy }) => [path, opensBy])).toEqual([
      ['WhatsApp/Databases/msgstore.db.crypt15', 'whatsapp-key'],
      ['WhatsApp/Databases/msgstore.db.crypt14', 'whatsapp-key-file'],
    ]);
    const opened = await harness.intake.unlock(plan.planId, plan.locked[0]!.fileId, rootKeyHex, () => {});
    expect(opened.locked.map(({ path }) => path)).toEqual(['WhatsApp/Databases/msgstore.db.crypt14']);
    expect(opened.unrecognised).toEqual(['WhatsApp/Databases/msgstore.db', 'WhatsApp/Backups/wa.db']);
  });

  test('of which one is damaged opens without it', async () => {
    const damaged = other.slice();
    damaged[damaged.length - 100]! ^= 1;
    const harness = makeHarness();
    const plan = await harness.plan({ 'a/wa.db.crypt15': damaged, ...folder });
    expect(plan.locked[0]?.path).toBe('a/wa.db.crypt15');
    const opened = await harness.intake.unlock(plan.planId, plan.locked[0]!.fileId, rootKeyHex, () => {});
    expect(opened.locked.map(({ path }) => path)).toContain('a/wa.db.crypt15');
    await expect(harness.intake.unlock(opened.planId, '0', rootKeyHex, () => {})).rejects.toMatchObject({ code: 'damaged' });
    expect(opened.locked).toHaveLength(2);
  });
});

describe.runIf(hasSharedSamples)('shared samples', () => {
  const read = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(sharedSamplePath(`international/${path}`)));
  const rows = [
    ...forms.flatMap((form) => {
      const name = form === 'crypt15' ? 'encrypted_backup.key' : 'key';
      return [
        ['whatsapp-crypt/msgstore.db', `whatsapp-crypt/msgstore.db.${form}`, `whatsapp-crypt/${name}`],
        ['_generated/msgstore-small.db', `_generated/msgstore-small.db.${form}`, `_generated/${name}`],
      ];
    }),
  ];
  test.each(rows)('%s is what %s holds', async (plain, locked, key) => {
    expect(Buffer.compare(await openOne(locked!, read(locked!), read(key!)), read(plain!))).toBe(0);
  });

  test('import as the plain database does', async () => {
    const open = makeHarness();
    await open.import({ 'msgstore.db': read('_generated/msgstore-small.db') });
    const { rootKeyHex: digits } = JSON.parse(new TextDecoder().decode(read('_generated/whatsapp.expected.json')));
    const harness = makeHarness();
    const plan = await harness.plan({ 'msgstore.db.crypt15': read('_generated/msgstore-small.db.crypt15') });
    const opened = await harness.intake.unlock(plan.planId, plan.locked[0]!.fileId, digits, () => {});
    const [archive] = opened.archives;
    const choice = { archiveId: archive!.archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;
    await harness.intake.run(opened.planId, [choice], () => {});
    expect(await harness.dump()).toBe(await open.dump());
  });
});
