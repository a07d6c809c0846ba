// A drive over a local folder, by Node: what our repository and stock restic both work on in tests.

import { readContent } from '../../src/drives/file-content';
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Drive, DriveEntry } from '../../src/drives/drive';
import { unknownTraits } from '../../src/model/drive';
import { CamphorError } from '../../src/model/error';

const codeOf = (fault: unknown): string => (fault as NodeJS.ErrnoException).code ?? '';

/** Throws what the drive's contract says for a fault of the file system. */
function translate(fault: unknown): never {
  const code = codeOf(fault);
  if (code === 'ENOENT' || code === 'ENOTDIR') throw new CamphorError('drive-missing');
  if (code === 'EEXIST') throw new CamphorError('drive-exists');
  throw fault;
}

async function listBelow(root: string, folder: string): Promise<DriveEntry[]> {
  const found = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const entries: DriveEntry[] = [];
  for (const entry of found) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) entries.push(...(await listBelow(root, name)));
    const about = entry.isFile() ? await stat(join(root, name)).catch(() => null) : null;
    if (about) entries.push({ name, sizeBytes: about.size });
  }
  return entries;
}

async function readRange(path: string, fromByte: number, toByte: number): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(path, 'r').catch(translate);
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(Math.max(0, Math.min(size, toByte) - fromByte));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, fromByte);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Files appear by a hard link, whole or not at all, and never replace one. */
export function createNodeFolderDrive(root: string): Drive {
  return {
    traits: { ...unknownTraits, isAtomic: true, refusesTaken: true },
    list: async (folder) => ({ entries: await listBelow(root, folder), isSuspect: false }),
    read: (name, range) => readRange(join(root, name), range?.fromByte ?? 0, range?.toByte ?? Infinity),
    size: (name) =>
      stat(join(root, name)).then(
        ({ size }) => size,
        () => null,
      ),
    async create(name, content) {
      const temporary = join(root, 'tmp', randomUUID());
      for (const path of [temporary, join(root, name)]) await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, await readContent(content));
      await link(temporary, join(root, name))
        .catch(translate)
        .finally(() => rm(temporary));
    },
    remove: (name) => rm(join(root, name), { force: true }),
    nowMs: async () => null,
  };
}
