// Google Drive, where names are not unique: several devices at once, the trash, listings; against a fake of its contract.
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DriveEnvironment } from '../../src/drives/environment';
import { compareFiles, fileOf, quote } from '../../src/drives/google-files';
import { codeOf, namesIn, someBytes } from '../drives/conformance';
import { json } from '../drives/fakes/fake-consent';
import { type FakeGoogleDrive, startGoogleDrive } from '../drives/fakes/google-drive';
import { readQuery } from '../drives/fakes/google-query';
import { googleError } from '../drives/fakes/google-state';
import { expectKept, files, folder, list, type Matches, onDisk, openGoogle, removal, whole } from './google-under-test';

describe('Google Drive, by several at once', () => {
  let fake: FakeGoogleDrive;
  beforeEach(async () => (fake = await startGoogleDrive()));
  afterEach(async () => {
    await fake.stop();
    expect(fake.violations).toEqual([]);
  });
  const open = (more: Partial<DriveEnvironment> = {}): ReturnType<typeof openGoogle> => openGoogle(fake, more);
  const calls = (matches: Matches): number => fake.requests.filter(matches).length;
  const kept = (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> => expectKept(fake, name, bytes);

  test('lets two devices make the same folders at once, and both see all', async () => {
    const [one, other] = [open().bare, open().bare];
    // Each asks before the other has made anything.
    fake.interrupt(list, json(200, { files: [] }), 2);
    const names = ['data/00/a', 'data/00/b'];
    await Promise.all([one.create('data/00/a', someBytes(1)), other.create('data/00/b', someBytes(2))]);
    await one.create('data/01/c', someBytes(3));
    await other.create('data/01/d', someBytes(4));
    for (const drive of [one, other, open().bare]) {
      expect(await namesIn(drive, '')).toEqual([...names, 'data/01/c', 'data/01/d']);
      for (const [index, name] of ['data/00/a', 'data/00/b', 'data/01/c', 'data/01/d'].entries())
        expect(await drive.read(name)).toEqual(someBytes(index + 1));
    }
  });

  test('reads all folders of one name, and writes to the oldest', async () => {
    const { bare } = open();
    await bare.create('data/00/a', someBytes(1));
    // As another device, which did not see this one's.
    const made: string[] = [];
    for (const name of ['data', '00']) {
      const answer = await fake.fetch(`https://www.googleapis.com${files}?fields=id`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${fake.consent.grant().accessToken}` },
        body: JSON.stringify({ name, mimeType: 'application/vnd.google-apps.folder', parents: [made.at(-1) ?? backupsId()] }),
      });
      made.push(((await answer.json()) as { id: string }).id);
    }
    await putInto(made.at(-1) ?? '', 'b', someBytes(2));
    await putInto(made.at(-1) ?? '', 'a', someBytes(9));
    for (const drive of [bare, open().bare]) {
      expect((await drive.list('data')).entries.toSorted((x, y) => (x.name < y.name ? -1 : 1))).toEqual([
        { name: 'data/00/a', sizeBytes: 1 },
        { name: 'data/00/b', sizeBytes: 2 },
      ]);
      expect([await drive.size('data/00/b'), await drive.size('data/00/a')]).toEqual([2, 1]);
      expect(await codeOf(drive.create('data/00/b', someBytes(3)))).toBe('drive-exists');
    }
    await open().bare.create('data/00/c', someBytes(3));
    expect(parentOf('c')).toBe(parentOf('a'));
    await bare.remove('data/00/a');
    expect(await bare.size('data/00/a')).toBe(null);
    await bare.removeFolder('data/');
    expect(await bare.namesIn('')).toEqual([]);
  });

  const uploads = (): { readonly name: string; readonly parents: readonly string[] }[] =>
    fake.requests
      .filter(whole)
      .map(({ body }) => JSON.parse(/\{.*\}/.exec(body.toString('latin1'))?.[0] ?? '{}') as { name: string; parents: string[] });
  const parentOf = (name: string): string | undefined => uploads().find((file) => file.name === name)?.parents[0];
  const backupsId = (): string => {
    const asked = fake.requests.filter(folder).map(({ body }) => JSON.parse(body.toString()) as { name: string; parents: string[] });
    return asked.find(({ name }) => name === 'data')?.parents[0] ?? '';
  };
  /** As another device puts a file into a folder. */
  const putInto = async (parentId: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    const headers = { Authorization: `Bearer ${fake.consent.grant().accessToken}` };
    const given = await fake.fetch(`https://www.googleapis.com${files}/generateIds?count=1&fields=ids`, { headers });
    const [id] = ((await given.json()) as { ids: string[] }).ids;
    const about = JSON.stringify({ id, name, mimeType: 'application/octet-stream', parents: [parentId] });
    const head = `--b\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${about}\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n`;
    await fake.fetch(`https://www.googleapis.com/upload${files}?uploadType=multipart&fields=id`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'multipart/related; boundary=b' },
      body: new Blob([head, bytes, '\r\n--b--']),
    });
  };

  test('keeps the older of two files that come under one name at once, and the loser takes its own away', async () => {
    const contents = [someBytes(20, 1), someBytes(20, 2)] as const;
    await open().bare.create('index/before', someBytes(1));
    for (const [name, ours, isSame] of [
      ['index/other', contents[1], false],
      ['index/same', contents[0], true],
    ] as const) {
      // Another device’s file comes between the question and the upload.
      let isDone = false;
      const { bare } = open({
        async fetch(url, init) {
          if (init.method === 'POST' && url.includes('uploadType=multipart') && !isDone) {
            isDone = true;
            await open().bare.create(name, contents[0]);
          }
          return fake.fetch(url, init);
        },
      });
      expect(await codeOf(bare.create(name, ours))).toBe(isSame ? 'nothing' : 'drive-exists');
      await kept(name, contents[0]);
    }
    expect(calls(removal)).toBe(2);
    expect((await open().bare.list('index')).entries).toHaveLength(3);
  });

  test('writes nothing into the trash', async () => {
    const { drive, bare, slept } = open();
    await bare.create('data/00/a', someBytes(1));
    fake.trash('Camphor/backups');
    expect(await bare.size('data/00/a')).toBe(null);
    expect((await bare.list('')).entries).toEqual([]);
    await drive.create('data/00/b', someBytes(2));
    await kept('data/00/b', someBytes(2));
    fake.trash('Camphor/backups/data/00');
    await drive.create('data/00/c', someBytes(3));
    expect(await namesIn(open().bare, '')).toEqual(['data/00/c']);
    expect(slept).toEqual([1000]);
  });

  test('makes a folder anew that has gone', async () => {
    const { bare } = open();
    await bare.create('data/00/a', someBytes(1));
    await open().bare.removeFolder('data/');
    expect(existsSync(onDisk(fake, 'data'))).toBe(false);
    await bare.create('data/00/a', someBytes(1));
    await kept('data/00/a', someBytes(1));
    await open().bare.removeFolder('data/');
    expect(await codeOf(bare.read('data/00/a'))).toBe('drive-missing');
    expect(await bare.size('data/00/a')).toBe(null);
    await bare.remove('data/00/a');
  });

  test('reads anew what was replaced under its name', async () => {
    const { bare } = open();
    await bare.create('config', someBytes(10, 1));
    await bare.read('config');
    const before = calls(list);
    await bare.read('config', { fromByte: 1, toByte: 2 });
    expect(calls(list)).toBe(before);
    await open().bare.remove('config');
    await open().bare.create('config', someBytes(10, 2));
    expect(await bare.read('config')).toEqual(someBytes(10, 2));
  });

  test('says where a listing may lack something', async () => {
    const { bare } = open();
    for (const name of ['index/a', 'index/b']) await bare.create(name, someBytes(5));
    fake.isSearchIncomplete = true;
    expect(await bare.list('index')).toMatchObject({ isSuspect: true });
    fake.isSearchIncomplete = false;
    expect(await bare.list('index')).toMatchObject({ isSuspect: false });
    const indexId = parentOf('a') ?? '';
    const inIndex: Matches = (request) => list(request) && request.query.get('q')?.startsWith(`('${indexId}' in parents)`) === true;
    const file = {
      id: '1',
      name: 'a',
      mimeType: 'application/octet-stream',
      parents: [indexId],
      size: '5',
      createdTime: '2026-01-01T00:00:00.000Z',
    };
    for (const [page, names, isSuspect] of [
      [{ files: [{ ...file, size: undefined }] }, [], true],
      [{ files: [{ ...file, size: '1e3' }] }, [], true],
      [{ files: [file, { ...file, id: '2', parents: ['elsewhere'] }] }, ['index/a'], true],
      [{ files: [file, { ...file, id: '2', name: 'b c' }] }, ['index/a'], false],
      [
        { files: [file, { ...file, id: '2', name: 'doc', mimeType: 'application/vnd.google-apps.document', size: undefined }] },
        ['index/a'],
        false,
      ],
      [{ files: [file], nextPageToken: 'none' }, ['index/a'], true],
    ] as const) {
      fake.interrupt(inIndex, json(200, page));
      if ('nextPageToken' in page) fake.interrupt(inIndex, googleError(404, 'notFound'));
      const listing = await bare.list('index');
      expect([listing.entries.map(({ name }) => name), listing.isSuspect], JSON.stringify(page)).toEqual([names, isSuspect]);
    }
    for (const body of ['{}', '{"files":[1]}', '{"files":']) {
      fake.interrupt(inIndex, { status: 200, headers: { 'Content-Type': 'application/json' }, body });
      expect(await codeOf(bare.list('index'))).toBe('drive-damaged');
    }
  });

  test('asks for many folders in few questions, and for each where they give nothing', async () => {
    const { bare } = open();
    const names = Array.from({ length: 120 }, (_, index) => `data/${index.toString(16).padStart(2, '0')}/pack`);
    for (const name of names) await bare.create(name, someBytes(1));
    const before = calls(list);
    expect(await namesIn(bare, 'data')).toEqual(names);
    // Three folders on the way, two pages of folders, three questions.
    expect(calls(list) - before).toBe(8);
    const several: Matches = (request) => list(request) && (request.query.get('q') ?? '').split(' or ').length === 50;
    fake.interrupt(several, json(200, { files: [] }));
    expect(await bare.list('data')).toMatchObject({ isSuspect: false, entries: { length: 120 } });
    fake.interrupt(several, googleError(404, 'notFound'));
    expect(await bare.list('data')).toMatchObject({ isSuspect: false, entries: { length: 120 } });
  });

  test('tells names apart by their case', async () => {
    const { bare } = open();
    await bare.create('index/a', someBytes(1));
    await bare.create('index/A', someBytes(2));
    expect([await bare.size('index/a'), await bare.size('index/A')]).toEqual([1, 2]);
    expect(await bare.namesIn('')).toEqual(['index']);
    expect(await bare.namesIn('nowhere/')).toEqual([]);
    expect(await codeOf(bare.removeFolder(''))).toBe('unexpected');
    expect(await bare.size('index')).toBe(null);
  });
});

test('a text in a question reads back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const asked = readQuery(`name = ${quote(name)} and trashed = false`);
      const node = { id: '', name, mimeType: '', parentId: '', createdTime: '', bytes: null, isTrashed: false };
      const tree = { isShown: () => true } as unknown as Parameters<NonNullable<typeof asked>['matches']>[1];
      return asked?.matches(node, tree) === true && !asked.matches({ ...node, name: `${name}'` }, tree);
    }),
  );
});

test('files of one name have one order, for everyone', () => {
  const file = fc.record({
    id: fc.string({ minLength: 1 }),
    createdTime: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
  });
  fc.assert(
    fc.property(fc.array(file), (about) => {
      const sorted = about.map(fileOf).toSorted(compareFiles);
      const reversed = about.toReversed().map(fileOf).toSorted(compareFiles);
      expect(sorted.map(({ id, createdTime }) => [createdTime, id])).toEqual(reversed.map(({ id, createdTime }) => [createdTime, id]));
    }),
  );
});
