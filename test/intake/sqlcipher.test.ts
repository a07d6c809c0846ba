// Encrypted databases in a drop: locked by what they look like, opened together by one key, and what is damaged counted.

import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ImportPlan, ReceiptView } from '../../src/model/view';
import { encryptDatabase, encryptMade, qqNt, sqlcipher1, sqlcipher4 } from '../bytes/sqlite/encrypt-pages';
import { makeDatabase } from '../bytes/sqlite/make-database';
import { lacksSqlcipher, makeEncrypted } from '../bytes/sqlite/make-encrypted';
import { encryptAll } from '../importers/encrypted-form';
import { hasSharedSamples, sharedSamplePath } from '../importers/samples';
import { account, contacts, messageTable, messages0 } from '../importers/wechat-database/wechat-4-samples';
import { fileSetOfPath } from '../tools/node-files';
import { type IntakeHarness, makeHarness, type TestFiles } from './intake-harness';

const keyHex = 'c0'.repeat(32);
const rawKey = { bytes: Buffer.from(keyHex, 'hex'), salt: Buffer.alloc(16, 0x1d) };
const raw4 = { ...sqlcipher4, key: rawKey };
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const unlock = (harness: IntakeHarness, plan: ImportPlan, secret: string | Uint8Array<ArrayBuffer>, number = 0): Promise<ImportPlan> =>
  harness.intake.unlock(plan.planId, plan.locked[number]?.fileId ?? '', secret, () => {});

async function take(harness: IntakeHarness, plan: ImportPlan): Promise<readonly ReceiptView[]> {
  const choices = plan.archives.map(({ archiveId }) => {
    return { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;
  });
  return harness.intake.run(plan.planId, choices, () => {});
}

describe('encrypted databases of a drop', () => {
  test('are asked for once, opened by one key, and imported as the plain ones are', async () => {
    const plain = makeHarness();
    await plain.import(account);
    const harness = makeHarness();
    const encrypted = encryptAll(account, raw4);
    const plan = await harness.plan(encrypted);
    const paths = Object.keys(account).filter((path) => path.endsWith('.db'));
    expect(plan.archives).toEqual([]);
    expect(plan.locked).toMatchObject([{ fileId: '0', path: paths[0], kind: 'sqlcipher', opensBy: 'database-key' }]);
    expect(plan.locked[0]?.others.map(({ path }) => path)).toEqual(paths.slice(1));
    const opened = await unlock(harness, plan, keyHex);
    expect(opened).toMatchObject({ locked: [], problems: [], archives: [{ formatVersion: '4', openedAs: 'SQLCipher 4' }] });
    const [receipt] = await take(harness, opened);
    expect(await harness.dump()).toBe(await plain.dump());
    expect(receipt?.openedAs).toBe('SQLCipher 4');
    // Known by the file that was dropped.
    const files = receipt!.files.map(({ path, identity }) => [path, identity]);
    expect(Object.fromEntries(files)[paths[1]!]).toBe(sha256(encrypted[paths[1]!]!));
  });

  test('with another key each are opened one after the other; what is beside them waits with them', async () => {
    const harness = makeHarness();
    const other = { ...raw4, key: { bytes: Buffer.alloc(32, 0xd1), salt: Buffer.alloc(16, 2) } };
    const plan = await harness.plan({
      'contact.db': encryptDatabase(contacts, other),
      'message_0.db': encryptDatabase(messages0, raw4),
      'message_0.db-wal': '',
      'message_0.db-shm': 'x'.repeat(32_768),
    });
    expect(plan).toMatchObject({ unrecognised: [], locked: [{ path: 'contact.db', others: [{ path: 'message_0.db' }] }] });
    const first = await unlock(harness, plan, `x'${keyHex}'`);
    expect(first).toMatchObject({ archives: [{ format: 'wechat-database' }], locked: [{ path: 'contact.db', others: [] }] });
    const second = await unlock(harness, first, new Uint8Array(32).fill(0xd1));
    expect(second).toMatchObject({ archives: [{ format: 'wechat-database' }], locked: [], unrecognised: [] });
    expect((await take(harness, second))[0]?.added).toBeGreaterThan(5);
  });

  test('stay closed to any other key, whatever its form, and the plan is as it was', async () => {
    const harness = makeHarness();
    const plan = await harness.plan({ 'message_0.db': encryptDatabase(messages0, raw4) });
    for (const secret of ['c1'.repeat(32), `x'${'00'.repeat(48)}'`, new Uint8Array(32), new Uint8Array(48), new Uint8Array()])
      await expect(unlock(harness, plan, secret)).rejects.toMatchObject({ code: 'wrong-secret' });
    expect((await unlock(harness, plan, keyHex)).archives).toHaveLength(1);
  });
});

describe('an encrypted database that is damaged', () => {
  const whole = encryptDatabase(messages0, raw4);
  const flip = (at: number): Uint8Array => whole.map((byte, index) => (index === at ? byte ^ 1 : byte));

  test('in its first page cannot be told from a wrong key', async () => {
    const harness = makeHarness();
    const plan = await harness.plan({ 'message_0.db': flip(2000) });
    await expect(unlock(harness, plan, keyHex)).rejects.toMatchObject({ code: 'wrong-secret' });
  });

  test('elsewhere loses the rows of that page, which are counted, and gives no others', async () => {
    const sound = makeHarness();
    const [receipt] = await take(sound, await unlock(sound, await sound.plan({ 'message_0.db': whole }), keyHex));
    const known = new Set((await sound.messages()).map(({ sourceId }) => sourceId));
    let lost = 0;
    for (let page = 1; page * 4096 < whole.length; page += 1) {
      const harness = makeHarness();
      const opened = await unlock(harness, await harness.plan({ 'message_0.db': flip(page * 4096 + 100) }), keyHex);
      const views = await take(harness, opened);
      for (const { sourceId } of await harness.messages()) expect(known).toContain(sourceId);
      const view = views[0];
      if (view === undefined || view.added === receipt!.added) continue;
      lost += 1;
      expect(view.problems.some(({ problem }) => problem.code === 'entry-damaged')).toBe(true);
    }
    expect(lost).toBeGreaterThan(0);
  });

  test('or cut is read as far as it goes, and says that it ends early', async () => {
    const harness = makeHarness();
    const plan = await harness.plan({ 'message_0.db': whole.subarray(0, whole.length - 4096 - 100) });
    const opened = await unlock(harness, plan, keyHex);
    const [view] = await take(harness, opened);
    expect(view?.problems.some(({ problem }) => problem.code === 'ends-early')).toBe(true);
  });
});

describe('what is locked as a database of SQLCipher', () => {
  const locksOf = async (files: TestFiles): Promise<readonly string[]> => (await makeHarness().plan(files)).locked.map(({ path }) => path);

  test('are databases of all its versions, behind QQ’s head and with a plain header too', async () => {
    const sql = 'CREATE TABLE t(a);';
    const files = {
      'one.db': encryptMade(sql, { ...sqlcipher1, key: 'k' }).bytes,
      'four.sqlite': encryptMade(sql, { ...sqlcipher4, key: 'k' }).bytes,
      'nt_msg.db': encryptMade(sql, { ...qqNt, key: 'k' }).bytes,
      'plain-header.sqlite': encryptMade(sql, { ...raw4, clearBytes: 32 }).bytes,
      'small.db3': randomBytes(512),
    };
    for (const [path, bytes] of Object.entries(files)) expect(await locksOf({ [path]: bytes })).toEqual([path]);
  });

  test('is nothing else', async () => {
    const plain = makeDatabase('CREATE TABLE t(a); INSERT INTO t VALUES (randomblob(20000));').bytes;
    const files = {
      'plain.db': plain,
      'flipped.db': plain.map((byte, at) => (at === 80 ? byte ^ 1 : byte)),
      'empty.db': '',
      'stub.db': randomBytes(100),
      'zeros.db': new Uint8Array(8192),
      'text.db': 'words of a text, again and again. '.repeat(100),
      'thumbs.db': Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), randomBytes(512)]),
      'random.dat': randomBytes(8192),
      'nt_plain.db': Buffer.concat([qqNt.prefix, plain]),
      'backup/Manifest.plist': '<plist/>',
      'backup/Manifest.db': randomBytes(8192),
    };
    expect(await locksOf(files)).toEqual([]);
  });
});

describe.skipIf(lacksSqlcipher)('a database by the sqlcipher program', () => {
  test('is opened with its write-ahead log, in which its newest messages are', async () => {
    const made = makeEncrypted(
      `PRAGMA key='测试 key';`,
      `PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;
      CREATE TABLE Name2Id (user_name TEXT PRIMARY KEY, is_session INTEGER); INSERT INTO Name2Id VALUES ('wxid_a', 0), ('wxid_b', 1);
      ${messageTable('wxid_b', [{ sender: 2, content: "'older'" }])} PRAGMA wal_checkpoint(TRUNCATE);
      UPDATE Msg_${createHash('md5').update('wxid_b').digest('hex')} SET message_content = 'newest';`,
    );
    expect(made.log?.length).toBeGreaterThan(1000);
    for (const [files, text] of [
      [{ 'x/message_0.db': made.bytes, 'x/message_0.db-wal': made.log! }, 'newest'],
      [{ 'x/message_0.db': made.bytes }, 'older'],
    ] as const) {
      const harness = makeHarness();
      await take(harness, await unlock(harness, await harness.plan(files), '测试 key'));
      expect((await harness.messages()).map((message) => message.text)).toEqual([text]);
    }
  });
});

describe.skipIf(!hasSharedSamples)('encrypted samples', () => {
  const key = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
  // Rows as sqlite3 counts them in pages that OpenSSL decrypted; of the one with a log two are in the log alone.
  const samples = [
    ['wechat-pc3/Msg', key, 'pc-3', 15],
    ['wechat-mac3/Message', key, 'mac-3', 2],
    ['wechat-v4/db_storage', key, '4', 10],
    ['wechat-v4-wal', key, '4', 4],
    ['wechat-android/MicroMsg', '15c11c8', 'android', 8],
    ['qqnt/nt_qq', 'qqNTdemoKey12345', 'nt', 8],
  ] as const;
  const read = async (path: string): Promise<Record<string, Uint8Array>> => {
    const set = await fileSetOfPath(sharedSamplePath(`china/synthetic/${path}`));
    const files: Record<string, Uint8Array> = {};
    for (const entry of set.entries) files[`drop/${entry.path}`] = await entry.open().read(0, entry.sizeBytes);
    return files;
  };

  test.each(samples)('%s opens with its key, and with no other', async (path, secret, formatVersion, messages) => {
    const harness = makeHarness();
    const plan = await harness.plan(await read(path));
    expect(plan.locked).toHaveLength(1);
    await expect(unlock(harness, plan, `${secret.slice(0, -1)}x`)).rejects.toMatchObject({ code: 'wrong-secret' });
    const opened = await unlock(harness, plan, secret);
    expect(opened.locked).toEqual([]);
    const [view] = await take(harness, opened);
    expect([opened.archives[0]?.formatVersion, view?.added]).toEqual([formatVersion, messages]);
  });

  // Of the one with a log the last page is in the log too.
  test.each(samples.filter(([path]) => path !== 'wechat-v4-wal'))(
    '%s without its last page opens, and says that it ends early',
    async (path, secret) => {
      const files = await read(path);
      const whole = Object.entries(files).filter(([name]) => name.endsWith('.db'));
      for (const [name, bytes] of whole) files[name] = bytes.subarray(0, bytes.length - 4096);
      const harness = makeHarness();
      const [view] = await take(harness, await unlock(harness, await harness.plan(files), secret));
      expect(view?.problems.map(({ problem }) => problem.code)).toContain('ends-early');
    },
  );

  test('of another kind of database opens too, although nobody reads it', async () => {
    const harness = makeHarness();
    const opened = await unlock(harness, await harness.plan(await read('wechat-pc-backup')), '00112233445566778899aabbccddeeff');
    expect(opened).toMatchObject({ locked: [], archives: [] });
    expect(opened.unrecognised).toContain('drop/Backup.db');
  });
});
