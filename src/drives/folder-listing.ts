// All files below a folder of this computer.

import { CamphorError } from '../model/error';
import type { DriveEntry, Listing } from './drive';
import { isName } from './name';

const depthLimit = 16;

/** `prefix` is '' or ends in `/`. Files and folders whose names no repository has are left out. */
export async function listFolderFiles(root: FileSystemDirectoryHandle, prefix: string): Promise<Listing> {
  const entries: DriveEntry[] = [];
  const start = await openBelow(root, prefix);
  const left = start ? [{ folder: start, prefix }] : [];
  for (let next = left.pop(); next; next = left.pop()) {
    if (next.prefix.split('/').length > depthLimit) throw new CamphorError('drive-damaged', { step: 'listing' });
    for await (const entry of next.folder.values()) {
      const name = next.prefix + entry.name;
      if (!isName(name)) continue;
      if (entry.kind === 'directory') left.push({ folder: entry, prefix: `${name}/` });
      else entries.push({ name, sizeBytes: (await entry.getFile()).size });
    }
  }
  return { entries, isSuspect: false };
}

async function openBelow(root: FileSystemDirectoryHandle, prefix: string): Promise<FileSystemDirectoryHandle | null> {
  let folder = root;
  for (const part of prefix.split('/').filter((each) => each !== '')) {
    try {
      folder = await folder.getDirectoryHandle(part);
    } catch (error) {
      const isMissing = error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError');
      if (isMissing) return null;
      throw error;
    }
  }
  return folder;
}
