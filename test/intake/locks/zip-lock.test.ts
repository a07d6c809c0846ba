// ZIPs with a password: every kind of entry, wrong passwords, damage in every part.

import { describe, expect, test } from 'vitest';
import { ownArchiveLimits } from '../../../src/bytes/limits';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { openZip, type OpenedZip } from '../../../src/bytes/zip';
import type { LockedSource } from '../../../src/intake/locks/lock';
import { zipLock } from '../../../src/intake/locks/zip-lock';
import { buildZip, joinAll, utf8, type ZipPart } from '../../hostile/zip-builder';
import { aesPart, type AesForm, oldCipherPart } from '../../hostile/zip-encrypt';
import { makeHarness } from '../intake-harness';
import { plainStyle, writeChat } from '../chat-text';

const password = '樟木箱 correct horse';
const content = utf8('What was said. '.repeat(1500));

const lockedFile = (bytes: Uint8Array): LockedSource => ({
  path: 'backup.zip',
  source: sourceOfBytes(bytes),
  beside: () => null,
  sizeOf: () => null,
  paths: ['backup.zip'],
});

async function open(bytes: Uint8Array, secret = password): Promise<OpenedZip> {
  const opened = await zipLock.open(lockedFile(bytes), secret, () => {});
  if (opened.kind !== 'archive') throw new Error('not as an archive');
  return opened.archive;
}

async function readFirst(archive: OpenedZip): Promise<Uint8Array> {
  const source = archive.entries[0]!.open();
  const pieces: Uint8Array[] = [];
  for await (const piece of source.stream()) pieces.push(piece);
  return joinAll(...pieces);
}

const aesForms = [1, 2, 3].flatMap((strength) =>
  [1, 2].flatMap((version) => [true, false].map((isDeflated) => ({ strength, version, isDeflated }) as AesForm)),
);

describe('an entry that a password opens', () => {
  test.each(aesForms)('by WinZip: AES $strength, AE-$version, deflated $isDeflated', async (form) => {
    const bytes = buildZip([aesPart('a.txt', content, password, form)]);
    expect(await zipLock.examine(lockedFile(bytes))).toBe('password');
    const archive = await open(bytes);
    expect(await readFirst(archive)).toEqual(content);
    const source = archive.entries[0]!.open();
    for (const from of [0, 7, 16_001]) expect(await source.read(from, from + 1000)).toEqual(content.subarray(from, from + 1000));
    expect(archive.problems).toEqual([]);
  });

  test.each([true, false])('by the old cipher, deflated %s', async (isDeflated) => {
    const archive = await open(buildZip([oldCipherPart('a.txt', content, password, isDeflated)]));
    expect(await readFirst(archive)).toEqual(content);
    const source = archive.entries[0]!.open();
    for (const from of [16_001, 7]) expect(await source.read(from, from + 1000)).toEqual(content.subarray(from, from + 1000));
    expect(archive.problems).toEqual([]);
  });

  test('may be empty, and lie among others that none opens', async () => {
    const parts = [
      aesPart('empty', new Uint8Array(0), password),
      oldCipherPart('none', new Uint8Array(0), password),
      { name: 'plain', content },
    ];
    const archive = await open(buildZip(parts));
    expect(archive.entries.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ['empty', 0],
      ['none', 0],
      ['plain', content.length],
    ]);
  });
});

describe('a wrong password', () => {
  test.each([
    ['AES', aesPart],
    ['the old cipher', oldCipherPart],
  ] as const)('is said of %s', async (_, make) => {
    for (const parts of [['a.txt'], ['a.txt', 'b.txt', 'c.txt']])
      for (const wrong of ['', 'x', `${password} `, password.toUpperCase()])
        await expect(open(buildZip(parts.map((name) => make(name, content, password))), wrong)).rejects.toMatchObject({
          code: 'wrong-secret',
        });
  });

  test('of one entry among others leaves that one out, with a word', async () => {
    const archive = await open(buildZip([aesPart('b.txt', content, 'another'), aesPart('longer.txt', content, password)]));
    expect(await readFirst(archive)).toEqual(new Uint8Array(0));
    expect(archive.problems).toContainEqual({ code: 'entry-damaged', detail: 'b.txt: needs another password', entry: 0 });
  });
});

describe('one flipped bit', () => {
  const part = aesPart('a.txt', content, password);
  const data = part.data!;
  const flipped = (at: number): ZipPart => ({ ...part, data: data.map((byte, each) => (each === at ? byte ^ 4 : byte)) });
  const good = aesPart('small', utf8('x'), password);

  test.each([
    ['salt', 3, 'wrong-secret'],
    ['check of the password', 17, 'wrong-secret'],
    ['content', 60, 'damaged'],
    ['MAC', data.length - 2, 'damaged'],
  ] as const)('in the %s gives nothing of the entry', async (_, at, code) => {
    await expect(open(buildZip([flipped(at)]))).rejects.toMatchObject({ code });
    // Beside a whole one, which tells that the password is right.
    const archive = await open(buildZip([flipped(at), good]));
    expect(await readFirst(archive)).toEqual(new Uint8Array(0));
    expect(archive.problems[0]).toMatchObject({ code: 'entry-damaged', entry: 0 });
  });

  test('in the old cipher shows at the end, by the checksum', async () => {
    const old = oldCipherPart('a.txt', content, password, false);
    const changed = { ...old, data: old.data!.map((byte, at) => (at === 5000 ? byte ^ 1 : byte)) };
    const archive = await open(buildZip([changed, oldCipherPart('small', utf8('x'), password)]));
    await readFirst(archive);
    expect(archive.problems).toMatchObject([{ code: 'entry-damaged', detail: 'a.txt: checksum differs' }]);
  });
});

test('a ZIP that was cut gives its whole entries', async () => {
  const parts = [aesPart('a.txt', content, password), aesPart('b.txt', content, password)];
  const bytes = buildZip(parts);
  const archive = await open(bytes.subarray(0, Buffer.from(bytes).lastIndexOf('PK\x03\x04') + 100));
  expect(await readFirst(archive)).toEqual(content);
  expect(archive.problems[0]).toMatchObject({ code: 'zip-salvaged' });
  for (const { open: openEntry } of archive.entries.slice(1)) for await (const piece of openEntry().stream()) expect(piece).toHaveLength(0);
});

test('PKWARE’s own encryption, and strengths and versions that do not exist, are of an unsupported version', async () => {
  const part = aesPart('a.txt', content, password);
  const odd = { ...part, extra: part.extra!.map((byte, at) => (at === 8 ? 200 : byte)) };
  for (const each of [{ ...part, flags: 0x841 }, odd])
    await expect(zipLock.examine(lockedFile(buildZip([each])))).rejects.toMatchObject({ code: 'unsupported-version' });
});

test('a ZIP without encrypted entries is not locked, whatever is wrong with it', async () => {
  for (const bytes of [buildZip([{ name: 'a', content }]), buildZip([]), utf8('PK\x03\x04'), new Uint8Array(0)])
    expect(await zipLock.examine(lockedFile(bytes))).toBeNull();
});

test('without a password its entries are left out as before', async () => {
  const archive = await openZip(sourceOfBytes(buildZip([aesPart('a.txt', content, password)])), ownArchiveLimits);
  expect(archive).toMatchObject({ entries: [], problems: [{ code: 'entry-encrypted' }] });
});

test('a chat in it is imported as from a plain ZIP', async () => {
  const chat = Object.entries(writeChat({ ...plainStyle, withMedia: true })).map(([name, text]) => ({
    name,
    content: typeof text === 'string' ? utf8(text) : text,
  }));
  const open = makeHarness();
  await open.import({ 'chat.zip': buildZip(chat) });
  const harness = makeHarness();
  const plan = await harness.plan({ 'chat.zip': buildZip(chat.map((part) => aesPart(part.name, part.content, password))) });
  expect(plan).toMatchObject({ archives: [], locked: [{ kind: 'zip', opensBy: 'password' }] });
  const opened = await harness.intake.unlock(plan.planId, plan.locked[0]!.fileId, password, () => {});
  const choice = {
    archiveId: opened.archives[0]!.archiveId,
    answers: {},
    conversations: {},
    fromMs: null,
    toMs: null,
    media: 'all',
  } as const;
  await harness.intake.run(opened.planId, [choice], () => {});
  expect(await harness.dump()).toBe(await open.dump());
});
