// Files in which full packs wait for the drive, each used again for the next. A pack that goes to the drive as a Blob of memory is copied
// four times by Chromium, each time into new memory; a file lies in the system's own, and is read from there
// (docs/decisions/0006-backup-speed.md). What is in them is sealed.

import { openSyncHandle, type SyncFile, type SyncHandle } from '../bytes/sync-file';
import { poly1305TagBytes } from '../crypto/poly1305-aes';
import { isChromium } from '../model/engine';
import { packFilesFolder } from '../model/pack-files';

export interface PackFile {
  /** Holds until the file is freed. */
  readonly content: File;
  readonly number: number;
}

export interface PackFiles {
  /** The bytes in a file; null where none is free or can be had: they have to stay in memory. */
  keep(bytes: Uint8Array<ArrayBuffer>): Promise<PackFile | null>;
  /** Nobody reads that file any more: the next pack may have it. */
  free(number: number): void;
  /** Removes all of them. */
  end(): Promise<void>;
}

/** As many packs of one thread as are on their way, and as many as wait for those. */
const filesAtOnce = 4;

interface OpenFile {
  readonly name: string;
  readonly handle: FileSystemFileHandle;
  readonly access: SyncHandle;
}

async function openFile(folder: FileSystemDirectoryHandle): Promise<OpenFile> {
  const name = crypto.randomUUID();
  const handle = await folder.getFileHandle(name, { create: true });
  return { name, handle, access: await openSyncHandle(handle as unknown as SyncFile) };
}

async function write({ handle, access }: OpenFile, bytes: Uint8Array<ArrayBuffer>): Promise<File> {
  access.truncate(Math.min(access.getSize(), bytes.length));
  const writtenBytes = access.write(bytes, { at: 0 });
  const file = await handle.getFile();
  if (writtenBytes !== bytes.length || file.size !== bytes.length || !(await endsLike(file, bytes))) throw new RangeError('no such file');
  return file;
}

/** A pack ends with a tag that no other has: what can be read is this one, though the file is open for the next. */
async function endsLike(file: File, bytes: Uint8Array): Promise<boolean> {
  const end = new Uint8Array(await file.slice(-poly1305TagBytes).arrayBuffer());
  return end.every((byte, at) => byte === bytes[bytes.length - end.length + at]);
}

/** In `folder`; after the first failure, as where there is no room, none is asked for any more. */
function packFilesIn(folder: FileSystemDirectoryHandle): PackFiles {
  const files: Promise<OpenFile>[] = [];
  const free: number[] = Array.from({ length: filesAtOnce }, (_, at) => filesAtOnce - 1 - at);
  let isAtEnd = false;
  return {
    async keep(bytes) {
      const number = isAtEnd ? undefined : free.pop();
      if (number === undefined) return null;
      try {
        return { content: await write(await (files[number] ??= openFile(folder)), bytes), number };
      } catch {
        isAtEnd = true;
        return null;
      }
    },
    free: (number) => void free.push(number),
    async end() {
      isAtEnd = true;
      for (const opened of files.splice(0)) {
        const file = await opened?.catch(() => null);
        file?.access.close();
        if (file) await folder.removeEntry(file.name).catch(() => {});
      }
    },
  };
}

/** Null where the engine has no such files, or was not found to gain by them: only Chromium was measured. */
export async function openPackFiles(): Promise<PackFiles | null> {
  if (!isChromium) return null;
  const { storage } = navigator as { readonly storage?: Partial<StorageManager> };
  const root = await storage?.getDirectory?.().catch(() => null);
  const folder = await root?.getDirectoryHandle(packFilesFolder, { create: true }).catch(() => null);
  return folder ? packFilesIn(folder) : null;
}
