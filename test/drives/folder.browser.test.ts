import { describe, expect, test } from 'vitest';
import { examineDrive } from '../../src/drives/doctor';
import { createFileListDrive } from '../../src/drives/file-list';
import { createFolderDrive } from '../../src/drives/folder';
import { unknownTraits } from '../../src/model/drive';
import { codeOf, type DriveUnderTest, namesIn, someBytes, testDrive } from './conformance';

let places = 0;

async function openPlace(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  places += 1;
  return root.getDirectoryHandle(`place-${places}`, { create: true });
}

/** The folder as a browser shows it that cannot move files. */
function withoutMove(): () => void {
  const prototype = FileSystemFileHandle.prototype as { move?: unknown };
  const move = Object.getOwnPropertyDescriptor(prototype, 'move');
  delete prototype.move;
  return () => void (move && Object.defineProperty(prototype, 'move', move));
}

const open = async (): Promise<DriveUnderTest> => {
  const handle = await openPlace();
  return {
    drive: createFolderDrive({ handle }, { ...unknownTraits, isAtomic: true }),
    reopen: () => createFolderDrive({ handle }),
  };
};

testDrive('a folder', open);

testDrive('a folder whose files cannot be moved', async () => {
  const restore = withoutMove();
  return { ...(await open()), close: async () => restore() };
});

describe('a folder', () => {
  test('writes over the empty file that a killed create left, and over no other', async () => {
    const restore = withoutMove();
    try {
      const handle = await openPlace();
      await handle.getFileHandle('config', { create: true });
      const drive = createFolderDrive({ handle });
      await drive.create('config', someBytes(10, 1));
      expect(await codeOf(drive.create('config', someBytes(10, 2)))).toBe('drive-exists');
      expect(await drive.read('config')).toEqual(someBytes(10, 1));
    } finally {
      restore();
    }
  });

  test('is out of reach when it was taken away', async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getDirectoryHandle('gone', { create: true });
    const drive = createFolderDrive({ handle });
    await drive.create('config', someBytes(10));
    await root.removeEntry('gone', { recursive: true });
    expect(await codeOf(drive.list(''))).toBe('drive-unreachable');
    expect(await codeOf(drive.create('index/a', someBytes(10)))).toBe('drive-unreachable');
  });

  test('asks for its permission when the browser refuses', async () => {
    const refuse = async (): Promise<never> => {
      throw new DOMException('', 'NotAllowedError');
    };
    const handle = { getFileHandle: refuse, getDirectoryHandle: refuse } as unknown as FileSystemDirectoryHandle;
    const drive = createFolderDrive({ handle });
    for (const call of [
      () => drive.size('config'),
      () => drive.read('data/a'),
      () => drive.create('a', someBytes(1)),
      () => drive.list('data'),
    ])
      expect(await codeOf(call())).toBe('drive-permission');
  });
});

test('the doctor finds a folder without fault, and cleans up', async () => {
  const handle = await openPlace();
  const report = await examineDrive({ kind: 'folder', folderName: 'place', handle }, {}, () => {});
  expect(report.steps.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  expect(report).toMatchObject({ usable: true, holds: 'nothing' });
  expect(await Array.fromAsync(handle.keys())).toEqual([]);
});

describe('chosen files', () => {
  const bytes = someBytes(100);
  const drive = createFileListDrive([
    { path: 'chosen/config', file: new Blob([bytes]) },
    { path: 'chosen/data/00/a', file: new Blob([bytes.slice(0, 7)]) },
    { path: 'chosen/data/.DS_Store', file: new Blob([]) },
  ]);

  test('are read like any drive', async () => {
    expect(await namesIn(drive, '')).toEqual(['config', 'data/00/a']);
    expect(await namesIn(drive, 'data')).toEqual(['data/00/a']);
    expect(await drive.size('data/00/a')).toBe(7);
    expect(await drive.size('data/00/b')).toBe(null);
    expect(await drive.read('config')).toEqual(bytes);
    expect(await drive.read('config', { fromByte: 90, toByte: 200 })).toEqual(bytes.slice(90));
    expect(await codeOf(drive.read('index/a'))).toBe('drive-missing');
  });

  test('are never written', async () => {
    expect(await codeOf(drive.create('a', bytes))).toBe('drive-read-only');
    expect(await codeOf(drive.remove('config'))).toBe('drive-read-only');
  });
});
