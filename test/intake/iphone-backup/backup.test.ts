// Backups of iPhones, encrypted and plain: opened, shown app by app, and what was chosen of them imported.

import { describe, expect, test } from 'vitest';
import { CamphorError } from '../../../src/model/error';
import type { ImportChoice, ImportPlan } from '../../../src/model/view';
import { type IntakeHarness, makeHarness } from '../intake-harness';
import { backupPassword, type Folder, inventedFiles, makeBackup, whatsAppDomain } from './invented-backup';

const encrypted = makeBackup();
const plain = makeBackup({ password: null });

const unlock = (harness: IntakeHarness, plan: ImportPlan, secret = backupPassword): Promise<ImportPlan> =>
  harness.intake.unlock(plan.planId, plan.locked[0]?.fileId ?? '', secret, () => {});

async function openBackup(harness: IntakeHarness, folder: Folder): Promise<ImportPlan> {
  const plan = await harness.plan(folder);
  return plan.locked.length === 0 ? plan : unlock(harness, plan);
}

const choose = (harness: IntakeHarness, plan: ImportPlan, ...apps: readonly string[]): Promise<ImportPlan> =>
  harness.intake.chooseApps(plan.planId, plan.backups[0]?.fileId ?? '', apps, () => {});

async function take(harness: IntakeHarness, plan: ImportPlan) {
  const choiceOf = (archiveId: string): ImportChoice => ({
    archiveId,
    answers: {},
    conversations: {},
    fromMs: null,
    toMs: null,
    media: 'all',
  });
  return harness.intake.run(
    plan.planId,
    plan.archives.map(({ archiveId }) => choiceOf(archiveId)),
    () => {},
  );
}

const pathOf = (folder: Folder, end: string): string => Object.keys(folder).find((path) => path.endsWith(end))!;

/** The same folder with one file changed. */
function change(folder: Folder, end: string, to: (bytes: Uint8Array) => Uint8Array): Folder {
  const path = pathOf(folder, end);
  return { ...folder, [path]: to(Uint8Array.from(folder[path]!)) };
}
const flip = (at: number) => (bytes: Uint8Array) => {
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  return bytes;
};
// SHA-1 of `AppDomainGroup-group.net.whatsapp.WhatsApp.shared-ChatStorage.sqlite`, as every backup names it.
const chatStorage = '7c7fba66680ef796b916b067077cc246adacf01d';

describe('a backup', () => {
  test('that is encrypted asks for its password, and names none of its files', async () => {
    const plan = await makeHarness().plan({ ...encrypted, '00008030-INVENTED/notes.txt': 'mine' });
    const fileId = String(Object.keys({ ...encrypted, '00008030-INVENTED/notes.txt': '' }).indexOf('00008030-INVENTED/Manifest.plist'));
    expect(plan.locked).toEqual([
      { fileId, path: '00008030-INVENTED/Manifest.plist', kind: 'iphone-backup', opensBy: 'backup-password', others: [] },
    ]);
    expect(plan).toMatchObject({ archives: [], backups: [], problems: [], unrecognised: ['00008030-INVENTED/notes.txt'] });
  });

  test.each([
    ['encrypted', encrypted],
    ['plain', plain],
  ])('%s shows its apps with counts before any of them is looked into', async (name, folder) => {
    const plan = await openBackup(makeHarness(), folder);
    expect(plan).toMatchObject({ archives: [], locked: [], problems: [], unrecognised: [] });
    const [backup] = plan.backups;
    expect(backup).toMatchObject({
      path: '00008030-INVENTED',
      deviceName: 'Anna’s iPhone',
      osVersion: '18.1',
      madeAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
      isEncrypted: name === 'encrypted',
      // One file of the list is not there.
      isWhole: false,
      files: 7,
      missing: 1,
      chosen: [],
    });
    expect(backup?.apps.map(({ id, source, files, missing, isReadable }) => [id, source, files, missing, isReadable])).toEqual([
      ['whatsapp', 'whatsapp', 4, 1, true],
      ['telegram', 'telegram', 1, 0, false],
    ]);
    const stored = Object.values(folder).reduce((sum, { length }) => sum + length, 0);
    expect(backup?.sizeBytes).toBeLessThan(stored);
    expect(backup?.sizeBytes).toBeGreaterThan(backup?.apps[0]?.sizeBytes ?? Infinity);
  });

  test.each([
    ['encrypted', encrypted],
    ['plain', plain],
  ])('%s gives the messages of the apps that were chosen, with their media', async (_, folder) => {
    const harness = makeHarness();
    const plan = await choose(harness, await openBackup(harness, folder), 'whatsapp');
    expect(plan.backups[0]?.chosen).toEqual(['whatsapp']);
    // What people sent each other is no archive, and a path that leaves its folder is only repaired.
    expect(plan).toMatchObject({ unrecognised: [], seen: [], problems: [] });
    expect(plan.archives).toMatchObject([{ format: 'whatsapp-chat-storage', messages: 4, mediaFound: 1, mediaMissing: 1 }]);
    const [receipt] = await take(harness, plan);
    expect(receipt).toMatchObject({ added: 4, mediaFound: 1, mediaMissing: 1 });
    expect(receipt?.files).toMatchObject([{ identityOf: 'central-directory' }]);
    expect((await harness.messages()).map(({ text }) => text).filter((text) => text !== '')).toEqual(['Hallo Anna', '周末爬山？']);
  });

  test('gives the same encrypted and plain, and nothing new the second time', async () => {
    const [one, other] = [makeHarness(), makeHarness()];
    await take(one, await choose(one, await openBackup(one, encrypted), 'whatsapp'));
    await take(other, await choose(other, await openBackup(other, plain), 'whatsapp'));
    expect(await one.dump()).toBe(await other.dump());
    const [again] = await take(one, await choose(one, await openBackup(one, plain), 'whatsapp'));
    expect(again).toMatchObject({ added: 0, known: 4 });
  });

  test('takes back what was chosen, refuses what is no backup, and passes over unknown apps', async () => {
    const harness = makeHarness();
    const plan = await choose(harness, await openBackup(harness, plain), 'whatsapp', 'no such app');
    expect(plan.archives).toHaveLength(1);
    expect((await choose(harness, plan)).archives).toEqual([]);
    await expect(harness.intake.chooseApps('plan-3', '0', [], () => {})).rejects.toEqual(new CamphorError('not-found'));
  });
});

describe('a backup that does not open', () => {
  test('with a wrong password stays locked, and its plan usable', async () => {
    const harness = makeHarness();
    const plan = await harness.plan(encrypted);
    for (const secret of ['', 'correct horse', `${backupPassword} `])
      await expect(unlock(harness, plan, secret)).rejects.toEqual(new CamphorError('wrong-secret'));
    expect((await unlock(harness, plan)).backups).toHaveLength(1);
  });

  test('for counts without measure is refused before any work', async () => {
    const harness = makeHarness();
    const plan = await harness.plan(
      change(encrypted, '/Manifest.plist', (bytes) => {
        new DataView(bytes.buffer).setUint32(Buffer.from(bytes).indexOf('DPIC') + 8, 2 ** 31);
        return bytes;
      }),
    );
    const reports: number[] = [];
    const opening = harness.intake.unlock(plan.planId, plan.locked[0]!.fileId, backupPassword, ({ doneBytes }) => reports.push(doneBytes));
    await expect(opening).rejects.toMatchObject({ code: 'secret-costs-too-much' });
    expect(reports.every((done) => done === 0)).toBe(true);
  });

  test.each([
    ['a list of files that was changed', change(encrypted, '/Manifest.db', flip(3))],
    ['a list of files that was cut off', change(encrypted, '/Manifest.db', (bytes) => bytes.subarray(0, 40))],
    ['no list of files', change(encrypted, '/Manifest.db', () => new Uint8Array())],
  ])('for %s says that it is damaged', async (_, folder) => {
    const harness = makeHarness();
    await expect(openBackup(harness, folder)).rejects.toMatchObject({ code: 'damaged' });
  });

  test.each([
    [
      'a keybag that was cut off',
      change(encrypted, '/Manifest.plist', (bytes) =>
        bytes.fill(0xff, Buffer.from(bytes).indexOf('DPSL') + 4, Buffer.from(bytes).indexOf('DPSL') + 8),
      ),
    ],
    ['a Manifest.plist that is none', change(encrypted, '/Manifest.plist', () => new Uint8Array(50))],
  ])('for %s is a problem at once, and its files are not named', async (_, folder) => {
    const plan = await makeHarness().plan(folder);
    expect(plan).toMatchObject({ archives: [], locked: [], backups: [], unrecognised: [] });
    expect(plan.problems).toEqual([{ code: 'entry-damaged', detail: '00008030-INVENTED/Manifest.plist' }]);
  });

  test('without its list of files is damaged, plain or not', async () => {
    const lacking = (folder: Folder): Folder =>
      Object.fromEntries(Object.entries(folder).filter(([path]) => !path.endsWith('/Manifest.db')));
    expect((await makeHarness().plan(lacking(plain))).problems).toEqual([
      { code: 'entry-damaged', detail: '00008030-INVENTED/Manifest.plist' },
    ]);
    await expect(openBackup(makeHarness(), lacking(encrypted))).rejects.toMatchObject({ code: 'damaged' });
  });
});

describe('files of a backup that are damaged', () => {
  const importOf = async (folder: Folder) => {
    const harness = makeHarness();
    const plan = await choose(harness, await openBackup(harness, folder), 'whatsapp');
    return { plan, receipts: await take(harness, plan) };
  };
  const photoEnd = (): string => {
    const [path] = Object.entries(encrypted).find(([, { length }]) => length === 112)!;
    return path;
  };

  test('a database whose padding was changed is read all the same', async () => {
    const { receipts } = await importOf(change(encrypted, chatStorage, flip(-1)));
    expect(receipts).toMatchObject([{ added: 4 }]);
  });

  test('a database that was cut short gives what is left of it', async () => {
    for (const lost of [5, 16, 4096]) {
      const { plan } = await importOf(change(encrypted, chatStorage, (bytes) => bytes.subarray(0, -lost)));
      expect(plan.archives).toHaveLength(1);
    }
  });

  test('a medium whose end was changed is kept, and counted as damaged', async () => {
    const { receipts } = await importOf(change(encrypted, photoEnd(), flip(-1)));
    expect(receipts[0]?.problems.map(({ problem }) => problem.code)).toContain('media-damaged');
  });

  test('a file whose key was changed is left out and named; a database so leaves nothing to import', async () => {
    const rowKey = Buffer.from([3, 0, 0, 0, ...new Uint8Array(40)]);
    const damagedKeyOf = (end: string): Folder =>
      makeBackup({ files: inventedFiles.map((file) => (file.path.endsWith(end) ? { ...file, rowKey } : file)) });
    const { plan, receipts } = await importOf(damagedKeyOf('photo.jpg'));
    expect(plan.archives).toMatchObject([{ messages: 4, mediaFound: 0, mediaMissing: 2 }]);
    expect(receipts[0]?.problems.map(({ problem }) => problem)).toContainEqual(
      expect.objectContaining({ code: 'entry-damaged', detail: expect.stringMatching(/photo\.jpg: its key does not open$/) }),
    );
    const closed = await importOf(damagedKeyOf('ChatStorage.sqlite'));
    expect(closed.plan.archives).toEqual([]);
    expect(closed.plan.unrecognised).toEqual(['00008030-INVENTED/WhatsApp']);
    expect(closed.plan.problems).toContainEqual({
      code: 'entry-damaged',
      detail: expect.stringMatching(/ChatStorage\.sqlite: its key does not open$/),
    });
  });

  test('any flipped bit of the lists gives an error or a plan, never anything else', async () => {
    for (const name of ['/Manifest.plist', '/Info.plist', '/Status.plist', '/Manifest.db']) {
      const size = encrypted[pathOf(encrypted, name)]!.length;
      for (let round = 0; round < 8; round++) {
        const folder = change(encrypted, name, flip(Math.floor((size * round) / 8)));
        const opened = await openBackup(makeHarness(), folder).catch((error: unknown) => error);
        if (opened instanceof Error) expect(['damaged', 'wrong-secret', 'not-found']).toContain((opened as CamphorError).code);
        else expect((opened as ImportPlan).backups.length + (opened as ImportPlan).problems.length).toBeGreaterThan(0);
      }
    }
  });
});

test('names of the invented backup are those that iOS gives', () => {
  expect(pathOf(encrypted, chatStorage)).toBe(`00008030-INVENTED/7c/${chatStorage}`);
  expect(whatsAppDomain).toContain('WhatsApp.shared');
});
