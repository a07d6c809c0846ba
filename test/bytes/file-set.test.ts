import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countReads } from '../../src/bytes/counted-source';
import { fileSetOfFiles, openFileSet, type DroppedSource } from '../../src/bytes/file-set';
import { archiveLimits } from '../../src/bytes/limits';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { buildZip, utf8 } from '../hostile/zip-builder';
import { fileSetOfPath, fileSetsOfPath } from '../tools/node-files';

const dropped = (path: string, bytes: Uint8Array): DroppedSource => ({ path, source: sourceOfBytes(bytes), modifiedAtMs: 7 });
const chat = buildZip([
  { name: '_chat.txt', content: utf8('hello') },
  { name: 'IMG.jpg', content: utf8('picture') },
]);
const document = buildZip([{ name: '[Content_Types].xml', content: utf8('x') }, { name: 'word/document.xml' }]);
const bomb = buildZip([{ name: 'b', isDeflated: true, data: new Uint8Array(1000), central: { sizeBytes: 4e9 } }]);
const zipOf = (name: string, content: Uint8Array) => buildZip([{ name, content }]);

async function summarise(files: readonly DroppedSource[], container: 'files' | 'folder' = 'files') {
  const { sets, refused } = await openFileSet('drop', container, files);
  return {
    sets: sets.map((set) => [set.container, set.name, ...set.entries.map((entry) => entry.path)].join(' ')),
    refused: refused.map(({ path, error }) => `${path} ${error.code}`),
    problems: sets.flatMap((set) => set.problems.map((problem) => `${problem.code} ${problem.detail}`)),
  };
}

test('a ZIP is known by its bytes, not by its name', async () => {
  expect(await summarise([dropped('chat.dat', chat)])).toEqual({ sets: ['zip chat.dat _chat.txt IMG.jpg'], refused: [], problems: [] });
  expect(await summarise([dropped('fake.zip', utf8('PK is no ZIP'))])).toEqual({
    sets: ['files drop fake.zip'],
    refused: [],
    problems: [],
  });
});

test('files of one drop are one set, each ZIP among them one more; documents that are ZIPs are files', async () => {
  const all = [dropped('a.txt', utf8('a')), dropped('one.zip', chat), dropped('letter.docx', document), dropped('two.zip', chat)];
  const { sets } = await openFileSet('drop', 'files', all);
  expect(sets.map((set) => set.name)).toEqual(['drop', 'one.zip', 'two.zip']);
  expect([...sets[0]!.openedEntries]).toEqual([1, 3]);
  expect(sets[1]!.directory).not.toBeNull();
  expect(Buffer.from(await sets[2]!.entries[1]!.open().read(0, 99)).toString()).toBe('picture');
});

test('a ZIP in a ZIP is opened and stays an attachment; one in that is reported; none is opened by chance of its name', async () => {
  const deep = zipOf('2.zip', zipOf('3.zip', chat));
  const outcome = await summarise([dropped('1.zip', deep)]);
  expect(outcome.sets).toEqual(['zip 2.zip 3.zip']);
  expect(outcome.problems).toEqual(['limit-reached 3.zip: archive-limit']);
  expect((await summarise([dropped('1.zip', zipOf('2.zip', utf8('no ZIP')))])).sets).toEqual(['zip 1.zip 2.zip']);
});

test('a ZIP that cannot be opened is refused, or a problem where it lies deeper; the others are opened', async () => {
  const broken = Uint8Array.of(0x50, 0x4b, 3, 4, 9, 9);
  expect(await summarise([dropped('bad.zip', broken), dropped('bomb.zip', bomb), dropped('good.zip', chat)])).toEqual({
    sets: ['zip good.zip _chat.txt IMG.jpg'],
    refused: ['bad.zip zip-damaged', 'bomb.zip zip-bomb'],
    problems: [],
  });
  expect(await summarise([dropped('f/bad.zip', broken), dropped('f/bomb.zip', bomb)], 'folder')).toEqual({
    sets: ['folder drop f/bad.zip f/bomb.zip'],
    refused: [],
    problems: ['entry-damaged f/bad.zip: zip-damaged', 'limit-reached f/bomb.zip: zip-bomb'],
  });
});

test('a ZIP of which nothing can be read says why', async () => {
  const locked = buildZip([{ name: 'a', content: utf8('x'), flags: 1 }]);
  expect(await summarise([dropped('locked.zip', locked)])).toEqual({
    sets: ['zip locked.zip'],
    refused: [],
    problems: ['entry-encrypted a: needs a password'],
  });
});

test('ZIPs in ZIPs are held only up to a limit of all together, and only so many are opened', async () => {
  const many = buildZip(Array.from({ length: 6 }, (_, index) => ({ name: `${index}.zip`, content: chat })));
  const open = (limits: Partial<typeof archiveLimits>) =>
    openFileSet('drop', 'files', [dropped('many.zip', many)], { ...archiveLimits, ...limits });
  const held = await open({ nestedInMemoryBytes: chat.length * 4 } as object);
  expect(held.sets.map((set) => set.name)).toEqual(['many.zip', '0.zip', '1.zip', '2.zip', '3.zip']);
  expect(held.sets[0]!.problems.map((problem) => problem.code)).toEqual(['limit-reached', 'limit-reached']);
  const counted = await open({ zipCount: 3 } as object);
  expect(counted.sets.map((set) => set.name)).toEqual(['many.zip', '0.zip', '1.zip']);
});

test('of a folder of very many files only those named .zip are looked into', async () => {
  const { source, count } = countReads(sourceOfBytes(utf8('picture')));
  const files = Array.from({ length: 5000 }, (_, index) => ({ path: `media/${index}.jpg`, source, modifiedAtMs: null }));
  const { sets } = await openFileSet('folder', 'folder', [...files, dropped('chat.zip', chat)]);
  expect(sets.map((set) => set.name)).toEqual(['folder', 'chat.zip']);
  expect(count.reads).toBe(0);
});

test('paths are found by index, the first of two, names of the prototype too', () => {
  const entry = (path: string) => ({ path, sizeBytes: 0, modifiedAtMs: null, open: () => sourceOfBytes(new Uint8Array(0)) });
  const set = fileSetOfFiles('x', 'files', ['a', 'b', 'a', '__proto__'].map(entry));
  expect(['a', 'b', '__proto__', 'constructor', ''].map((path) => set.indexOf(path))).toEqual([0, 1, 3, -1, -1]);
});

test('files and folders on disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'camphor-'));
  try {
    await mkdir(join(folder, 'photos'));
    await writeFile(join(folder, 'result.json'), '{}');
    await writeFile(join(folder, 'photos', 'p.jpg'), 'picture');
    await writeFile(join(folder, 'chat.zip'), chat);
    const { sets } = await fileSetsOfPath(folder);
    expect(sets.map((set) => [set.container, ...set.entries.map((entry) => entry.path)])).toEqual([
      ['folder', 'chat.zip', 'photos/p.jpg', 'result.json'],
      ['zip', '_chat.txt', 'IMG.jpg'],
    ]);
    expect((await fileSetOfPath(join(folder, 'chat.zip'))).entries).toHaveLength(2);
    const alone = await fileSetOfPath(join(folder, 'result.json'));
    expect(Buffer.from(await alone.entries[0]!.open().read(0, 9)).toString()).toBe('{}');
    await rm(join(folder, 'result.json'));
    await expect(alone.entries[0]!.open().read(0, 9)).rejects.toMatchObject({ code: 'archive-unreadable' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
