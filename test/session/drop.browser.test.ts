import { afterEach, describe, expect, it } from 'vitest';
import { carriesFiles, readDrop, readFileInput } from '../../src/session/drop';

const bodyOf = async (file: File) => file.text();
const pathsOf = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);

afterEach(() => document.body.replaceChildren());

/** What a drop of these files hands over; folders cannot be made by a page, and are covered by the entries below. */
function transferOf(...files: readonly File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

interface FakeFolder {
  readonly [name: string]: string | FakeFolder;
}

/** Entries as `webkitGetAsEntry` gives them; a folder's reader answers with at most two at a time, as browsers do with 100. */
function entryOf(name: string, content: string | FakeFolder, parent = ''): FileSystemEntry {
  const fullPath = `${parent}/${name}`;
  if (typeof content === 'string')
    return {
      isFile: true,
      isDirectory: false,
      name,
      fullPath,
      file: (give: (file: File) => void) => give(new File([content], name)),
    } as unknown as FileSystemEntry;
  const left = Object.entries(content).map(([child, inside]) => entryOf(child, inside, fullPath));
  const readEntries = (give: (entries: FileSystemEntry[]) => void): void => give(left.splice(0, 2));
  return { isFile: false, isDirectory: true, name, fullPath, createReader: () => ({ readEntries }) } as unknown as FileSystemEntry;
}

function transferOfEntries(...entries: readonly FileSystemEntry[]): DataTransfer {
  return { types: ['Files'], items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry })) } as unknown as DataTransfer;
}

describe('a drop', () => {
  it('of files gives them in the order of their paths', async () => {
    const transfer = transferOf(new File(['b'], 'b.txt'), new File(['a'], 'a.txt'));
    expect(carriesFiles(transfer)).toBe(true);
    const files = await readDrop(transfer);
    expect(pathsOf(files)).toEqual(['a.txt', 'b.txt']);
    expect(await Promise.all(files.map(({ file }) => bodyOf(file)))).toEqual(['a', 'b']);
  });

  it('of text is none', async () => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', 'hello');
    expect(carriesFiles(transfer)).toBe(false);
    expect(await readDrop(transfer)).toEqual([]);
  });

  it('of folders gives every file with its path, however many answers a folder takes', async () => {
    const folder = { 'result.json': '{}', photos: { 'a.jpg': '1', 'b.jpg': '2', 'c.jpg': '3', more: { 'd.jpg': '4' } }, empty: {} };
    const files = await readDrop(transferOfEntries(entryOf('export', folder), entryOf('chat.txt', 'x')));
    expect(pathsOf(files)).toEqual([
      'chat.txt',
      'export/photos/a.jpg',
      'export/photos/b.jpg',
      'export/photos/c.jpg',
      'export/photos/more/d.jpg',
      'export/result.json',
    ]);
  });

  it('that is a loop of folders is refused', async () => {
    let folder: FakeFolder = { 'x.txt': 'x' };
    for (let depth = 0; depth < 80; depth += 1) folder = { inner: folder };
    await expect(readDrop(transferOfEntries(entryOf('export', folder)))).rejects.toMatchObject({ code: 'archive-limit' });
  });

  it('of a folder that cannot be read says so', async () => {
    const broken = {
      isFile: false,
      isDirectory: true,
      name: 'x',
      fullPath: '/x',
      createReader: () => ({
        readEntries: (_: unknown, fail: (error: unknown) => void) => fail(new DOMException('gone', 'NotReadableError')),
      }),
    } as unknown as FileSystemEntry;
    await expect(readDrop(transferOfEntries(broken))).rejects.toMatchObject({ code: 'folder-unreadable' });
  });
});

describe('a file input', () => {
  it('gives its files by name', () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.files = transferOf(new File(['2'], '2.zip'), new File(['1'], '1.zip')).files;
    expect(pathsOf(readFileInput(input.files))).toEqual(['1.zip', '2.zip']);
  });
});
