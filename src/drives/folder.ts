// A drive in a folder of this computer, by the File System Access API. What is written lies in a swap file until it is closed;
// where files can be moved, it is written under `tmp/` and moved to its name, since a name comes into being before its content.

import { type DriveTraits, type FolderConfig, unknownTraits } from '../model/drive';
import { CamphorError } from '../model/error';
import type { Drive } from './drive';
import { completeEnvironment, type DriveEnvironment } from './environment';
import { contentBytes, type FileContent } from './file-content';
import { asDriveError, withDriveErrors } from './folder-errors';
import { listFolderFiles } from './folder-listing';
import { checkName, folderPrefix, foldersOf } from './name';
import { temporaryName } from './temporary-name';

/** Not in every browser, and for files of a chosen folder in fewer; TypeScript does not know it. */
interface MovableFile extends FileSystemFileHandle {
  move?(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
}

/** Opens it; the folder's permission was given before, on the page. */
export function createFolderDrive(
  { handle }: Pick<FolderConfig, 'handle'>,
  traits: DriveTraits = unknownTraits,
  parts: Partial<DriveEnvironment> = {},
): Drive {
  const environment = completeEnvironment(parts);
  const drive: Drive = {
    traits,
    list: (folder) => withDriveErrors(() => listFolderFiles(handle, folderPrefix(folder))),
    read: (name, range) =>
      withDriveErrors(async () => {
        const file = await openFile(handle, checkName(name));
        if (!file) throw new CamphorError('drive-missing');
        return readPart(file, range ? file.slice(range.fromByte, Math.max(range.fromByte, range.toByte)) : file);
      }),
    size: (name) => withDriveErrors(async () => (await openFile(handle, checkName(name)))?.size ?? null),
    create: (name, content) => withDriveErrors(() => createWhole(handle, checkName(name), content, temporaryName(environment))),
    remove: (name) =>
      withDriveErrors(async () => {
        const folder = await openFolder(handle, checkName(name), false);
        await folder?.removeEntry(lastPart(name)).catch(unlessMissing);
      }),
    nowMs: async () => environment.nowMs(),
  };
  return drive;
}

async function createWhole(root: FileSystemDirectoryHandle, name: string, content: FileContent, temporary: string): Promise<void> {
  const there = await openFile(root, name);
  // An empty file is what a killed `create` leaves where files cannot be moved.
  if (there && (there.size > 0 || contentBytes(content) === 0)) throw new CamphorError('drive-exists');
  const folder = await openFolder(root, name, true);
  const temporaryFolder = await openFolder(root, temporary, true);
  if (!folder || !temporaryFolder) throw new CamphorError('drive-failed', { step: 'folder' });
  if (there) await folder.removeEntry(lastPart(name));
  const written: MovableFile = await temporaryFolder.getFileHandle(lastPart(temporary), { create: true });
  if (written.move) {
    await write(written, content);
    const isTaken = (await openFile(root, name)) !== null;
    if (isTaken) {
      await temporaryFolder.removeEntry(lastPart(temporary));
      throw new CamphorError('drive-exists');
    }
    await written.move(folder, lastPart(name));
  } else {
    await temporaryFolder.removeEntry(lastPart(temporary));
    await write(await folder.getFileHandle(lastPart(name), { create: true }), content);
  }
  const file = await openFile(root, name);
  if (file?.size !== contentBytes(content)) throw new CamphorError('drive-damaged', { step: 'size' });
}

async function write(file: FileSystemFileHandle, content: FileContent): Promise<void> {
  const writable = await file.createWritable();
  try {
    await writable.write(content);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => {});
    throw error;
  }
}

/** The folder of a name; null where it is not there. */
async function openFolder(root: FileSystemDirectoryHandle, name: string, create: boolean): Promise<FileSystemDirectoryHandle | null> {
  let folder = root;
  for (const path of foldersOf(name)) {
    const opening = folder.getDirectoryHandle(lastPart(path), { create });
    const next = await (create ? opening : opening.catch(unlessMissing));
    if (!next) return null;
    folder = next;
  }
  return folder;
}

/** The file of a name; null where it is not there, or is a folder. */
async function openFile(root: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  const folder = await openFolder(root, name, false);
  const file = await folder?.getFileHandle(lastPart(name)).catch(unlessMissing);
  return (await file?.getFile()) ?? null;
}

/** A file that is changed or cut while it is read, as sync clients do, is an error of its own. */
async function readPart(file: File, part: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch (error) {
    const meant = asDriveError(error);
    throw meant.code === 'drive-permission' ? meant : new CamphorError('drive-damaged', { step: 'cut', sizeBytes: file.size }, error);
  }
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function unlessMissing(error: unknown): null {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError' || name === 'TypeMismatchError') return null;
  throw error;
}
