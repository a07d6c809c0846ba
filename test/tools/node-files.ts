// Files on disk as the app sees dropped ones: for tests in Node and for the command line `inspect`.

import * as fs from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openFileSet, type DroppedSource, type OpenedFiles } from '../../src/bytes/file-set';
import { sourceOfRanges } from '../../src/bytes/ranged-source';
import type { ByteSource, FileSet } from '../../src/bytes/source';
import { CamphorError } from '../../src/model/error';

/** A source over the file at `path`; each read opens and closes it, so that nothing is left open. */
export async function sourceOfPath(path: string): Promise<ByteSource> {
  const { size } = await stat(path);
  const unreadable = (offsetBytes: number, cause: unknown) => new CamphorError('archive-unreadable', { offsetBytes }, cause);
  const read = async (fromByte: number, toByte: number): Promise<Uint8Array> => {
    try {
      return await readRange(path, fromByte, toByte);
    } catch (cause) {
      throw unreadable(fromByte, cause);
    }
  };
  return sourceOfRanges(size, read, (fromByte, toByte) => {
    try {
      return readRangeSync(path, fromByte, toByte);
    } catch (cause) {
      throw unreadable(fromByte, cause);
    }
  });
}

function readRangeSync(path: string, fromByte: number, toByte: number): Uint8Array {
  const file = fs.openSync(path, 'r');
  try {
    const bytes = new Uint8Array(toByte - fromByte);
    if (fs.readSync(file, bytes, 0, bytes.length, fromByte) !== bytes.length) throw new RangeError('the file is shorter than it was');
    return bytes;
  } finally {
    fs.closeSync(file);
  }
}

async function readRange(path: string, fromByte: number, toByte: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(toByte - fromByte);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, fromByte);
    if (bytesRead !== bytes.length) throw new RangeError('the file is shorter than it was');
    return bytes;
  } finally {
    await file.close();
  }
}

/** All sets at `path`: a file alone, or a folder with everything below it in order of path; ZIPs opened. */
export async function fileSetsOfPath(path: string): Promise<OpenedFiles> {
  const isFolder = (await stat(path)).isDirectory();
  const relativePaths = isFolder ? await listFiles(path) : [basename(path)];
  const files: DroppedSource[] = [];
  for (const relative of relativePaths) {
    const full = isFolder ? join(path, relative) : path;
    const source = await sourceOfPath(full);
    files.push({ path: relative, source, modifiedAtMs: Math.floor((await stat(full)).mtimeMs) });
  }
  return openFileSet(basename(path), isFolder ? 'folder' : 'files', files);
}

/** The one set that a test asks for: a ZIP's inside where `path` is a ZIP, else the file or folder itself. */
export async function fileSetOfPath(path: string): Promise<FileSet> {
  const { sets, refused } = await fileSetsOfPath(path);
  if (refused[0] && !sets[0]) throw refused[0].error;
  if (!sets[0]) throw new CamphorError('archive-unreadable', { path });
  return sets[0];
}

async function listFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, ''))
    .sort();
}
