// A lock beneath a lock: encrypted databases within a ZIP with a password, and within a phone's backup.

import { describe, expect, test } from 'vitest';
import type { ImportPlan } from '../../src/model/view';
import { encryptDatabase, sqlcipher4 } from '../bytes/sqlite/encrypt-pages';
import { buildZip } from '../hostile/zip-builder';
import { aesPart } from '../hostile/zip-encrypt';
import { encryptAll } from '../importers/encrypted-form';
import { account } from '../importers/wechat-database/wechat-4-samples';
import { type IntakeHarness, makeHarness } from './intake-harness';
import { backupPassword, inventedFiles, makeBackup } from './iphone-backup/invented-backup';

const keyHex = 'c0'.repeat(32);
const raw4 = { ...sqlcipher4, key: { bytes: Buffer.from(keyHex, 'hex'), salt: Buffer.alloc(16, 0x1d) } };
const password = 'of the ZIP';

const unlock = (harness: IntakeHarness, plan: ImportPlan, secret: string): Promise<ImportPlan> =>
  harness.intake.unlock(plan.planId, plan.locked[0]?.fileId ?? '', secret, () => {});

async function take(harness: IntakeHarness, plan: ImportPlan): Promise<number> {
  const choices = plan.archives.map(({ archiveId }) => {
    return { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;
  });
  const receipts = await harness.intake.run(plan.planId, choices, () => {});
  return receipts.reduce((sum, { added }) => sum + added, 0);
}

const zipOf = (files: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  buildZip(Object.entries(files).map(([path, bytes]) => aesPart(path, bytes, password)));

describe('encrypted databases in a ZIP', () => {
  test('with a password are asked for once it is open, and imported as the plain ones are', async () => {
    const plain = makeHarness();
    await plain.import(account);
    const harness = makeHarness();
    const plan = await harness.plan({ 'account.zip': zipOf(encryptAll(account, raw4)) });
    expect(plan).toMatchObject({ archives: [], locked: [{ path: 'account.zip', kind: 'zip', others: [] }] });
    const opened = await unlock(harness, plan, password);
    expect(opened).toMatchObject({ archives: [], locked: [{ kind: 'sqlcipher', opensBy: 'database-key' }] });
    const paths = Object.keys(account).filter((path) => path.endsWith('.db'));
    const [asked] = opened.locked;
    expect([asked!.path, ...asked!.others.map(({ path }) => path)]).toEqual(paths.map((path) => `account.zip/${path}`));
    // What is locked is asked for, and not also named as unknown.
    expect(opened.unrecognised.filter((path) => path.endsWith('.db'))).toEqual([]);
    const whole = await unlock(harness, opened, keyHex);
    expect(whole).toMatchObject({ locked: [], problems: [], archives: [{ formatVersion: '4' }] });
    expect(await take(harness, whole)).toBeGreaterThan(5);
    expect((await harness.dump()).split('\n')).toEqual((await plain.dump()).split('\n'));
  });

  test('without a password, two of one name, each with its own key', async () => {
    const other = { ...raw4, key: { bytes: Buffer.alloc(32, 0xd1), salt: Buffer.alloc(16, 2) } };
    const zip = (form: typeof raw4): Uint8Array => {
      const files = Object.entries(encryptAll(account, form));
      return buildZip(files.map(([name, content]) => ({ name, content })));
    };
    const harness = makeHarness();
    const plan = await harness.plan({ 'a/x.zip': zip(raw4), 'b/x.zip': zip(other) });
    expect(plan.locked.map(({ path }) => path.slice(0, 7))).toEqual(['a/x.zip', 'b/x.zip']);
    const first = await unlock(harness, plan, keyHex);
    expect(first).toMatchObject({ archives: [{ format: 'wechat-database' }], locked: [{ kind: 'sqlcipher' }] });
    expect(first.locked[0]?.path.slice(0, 7)).toBe('b/x.zip');
    expect(await unlock(harness, first, 'd1'.repeat(32))).toMatchObject({ archives: [{}, {}], locked: [] });
  });
});

test('an encrypted database in an encrypted backup of a phone is asked for', async () => {
  const files = inventedFiles.map((file) =>
    file.path === 'ChatStorage.sqlite' ? { domain: file.domain, path: file.path, bytes: encryptDatabase(file.bytes, raw4) } : file,
  );
  const harness = makeHarness();
  const opened = await unlock(harness, await harness.plan(makeBackup({ files })), backupPassword);
  const { fileId, apps } = opened.backups[0]!;
  const chosen = await harness.intake.chooseApps(opened.planId, fileId, [apps[0]!.id], () => {});
  expect(chosen).toMatchObject({ archives: [], locked: [{ kind: 'sqlcipher', others: [] }] });
  const whole = await unlock(harness, chosen, keyHex);
  expect(whole).toMatchObject({ locked: [], archives: [{ format: 'whatsapp-chat-storage' }] });
  // As the plain backup: three messages and a picture that is lost.
  expect(await take(harness, whole)).toBe(4);
});
