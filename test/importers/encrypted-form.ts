// The same databases encrypted: dropped, locked, opened with their key by the intake itself, and read by the importer of plain ones.

import { expect, test } from 'vitest';
import { openFileSet } from '../../src/bytes/file-set';
import type { FileSet } from '../../src/bytes/source';
import type { Importer } from '../../src/importers/importer';
import { separateLocked } from '../../src/intake/locked-files';
import { unlockFiles } from '../../src/intake/unlock-files';
import type { NeutralRecord } from '../../src/model/record';
import { encryptDatabase } from '../bytes/sqlite/encrypt-pages';
import type { EncryptOptions } from '../bytes/sqlite/encrypt-pages';
import { expectTiling, findFault, guessAnswers, readAll } from './read-records';
import { filesOf } from './samples';

type Contents = Readonly<Record<string, Uint8Array>>;

const isDatabase = (path: string): boolean => /\.(?:db|sqlite)$/.test(path);

/** The files with their databases encrypted, each with a salt of its own. */
export function encryptAll(contents: Contents, options: EncryptOptions): Contents {
  const encrypted = Object.entries(contents).map(
    ([path, bytes]) => [path, isDatabase(path) ? encryptDatabase(bytes, options) : bytes] as const,
  );
  return Object.fromEntries(encrypted);
}

/** What lies in a dropped folder once the one secret that is asked for was given. */
export async function openLocked(contents: Contents, secret: string): Promise<FileSet> {
  const drop = Object.entries(contents).map(([path, bytes]) => ({ path, file: new File([bytes as BlobPart], path) }));
  const { locked } = await separateLocked(drop, new Map());
  expect(locked).toMatchObject([{ kind: 'sqlcipher', opensBy: 'database-key' }]);
  const opened = await unlockFiles({ drop, sets: [] }, locked[0]!, secret, () => {});
  const after = await separateLocked(drop, new Map(opened));
  expect(after).toMatchObject({ locked: [], problems: [] });
  const { sets } = await openFileSet('account', 'folder', after.files);
  expect(sets).toHaveLength(1);
  return sets[0]!;
}

/** One test: `contents` encrypted, once opened, are what they are plain, record by record. */
export function testEncrypted(name: string, importer: Importer, contents: Contents, options: EncryptOptions, secret: string): void {
  test(`reads it encrypted by ${name}, once it is opened, as it reads it plain`, async () => {
    const plain = await readArchives(importer, filesOf('account', contents, 'folder'));
    expect(plain.records.length).toBeGreaterThan(5);
    const opened = await openLocked(encryptAll(contents, options), secret);
    expect(await readArchives(importer, opened)).toEqual(plain);
  });
}

async function readArchives(importer: Importer, files: FileSet) {
  const detections = await importer.detect(files);
  const records: NeutralRecord[] = [];
  for (const detection of detections) {
    const read = await readAll(importer, files, detection, await guessAnswers(importer, files, detection));
    expect(findFault(files, detection, read)).toBeNull();
    await expectTiling(files, detection, read);
    records.push(...read);
  }
  return { detections, records: JSON.parse(JSON.stringify(records)) as readonly unknown[] };
}
