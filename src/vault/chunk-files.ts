// Files of sealed chunks in the origin-private file system. Reading and writing there costs a sixtieth of what IndexedDB takes for
// the same bytes (docs/decisions/0006). A file is written once, by one writer, and never changed.

import { openSyncHandle, type SyncFile, type SyncHandle } from '../bytes/sync-file';
import type { ChunkPlace } from './chunk-place';

export interface ChunkFile {
  /** Throws what the engine throws, such as QuotaExceededError. */
  write(bytes: Uint8Array, fromByte: number): void;
  read(fromByte: number, sizeBytes: number): Uint8Array | undefined;
  /** On the disk, as far as the engine can tell, when this returns. The file has that size then, and is not open any more. */
  finish(sizeBytes: number): void;
}

export interface ChunkFiles {
  /** Whether several threads read one file by handles: then small pieces are read faster from it than from IndexedDB. */
  readonly sharesHandles: boolean;
  /** A new, empty file. Until it is finished only this thread reads it. */
  create(name: string): Promise<ChunkFile>;
  /** Undefined where there is no such file, or where it is too short. */
  read(place: ChunkPlace): Promise<Uint8Array | undefined>;
  names(): Promise<readonly string[]>;
  /** 0 where there is none. */
  sizeBytesOf(name: string): Promise<number>;
  /** False where another thread reads it just now. */
  remove(name: string): Promise<boolean>;
  /** All of them. Throws where one is in use. */
  removeAll(): Promise<void>;
}

/** How long a file stays open after it was read: while it is, no thread can remove it. */
const idleMs = 1_000;

/** Open files for reading; each is a few KiB. A search of ten million messages goes over some twenty, in no order. */
const openLimit = 64;

interface Reading {
  readonly handle: Promise<SyncHandle | null>;
  timer: ReturnType<typeof setTimeout>;
}

interface OpfsFolder {
  readonly folder: FileSystemDirectoryHandle;
  readonly writing: Map<string, ChunkFile>;
  readonly reading: Map<string, Reading>;
  readonly sharesHandles: boolean;
}

const isMissing = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotFoundError';
const isInUse = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'NoModificationAllowedError' || error.name === 'InvalidStateError');

function readHandle(handle: SyncHandle, fromByte: number, sizeBytes: number): Uint8Array | undefined {
  const bytes = new Uint8Array(sizeBytes);
  return handle.read(bytes, { at: fromByte }) === sizeBytes ? bytes : undefined;
}

async function createFile({ folder, writing }: OpfsFolder, name: string): Promise<ChunkFile> {
  const file = (await folder.getFileHandle(name, { create: true })) as unknown as SyncFile;
  const handle = await openSyncHandle(file);
  const made: ChunkFile = {
    write: (bytes, fromByte) => {
      const written = handle.write(bytes, { at: fromByte });
      if (written !== bytes.length) throw new DOMException('the file took less than it was given', 'QuotaExceededError');
    },
    read: (fromByte, sizeBytes) => readHandle(handle, fromByte, sizeBytes),
    finish: (sizeBytes) => {
      writing.delete(name);
      try {
        handle.truncate(sizeBytes);
        handle.flush();
      } finally {
        handle.close();
      }
    },
  };
  writing.set(name, made);
  return made;
}

function closeReading({ reading }: OpfsFolder, name: string): Promise<void> {
  const open = reading.get(name);
  if (open === undefined) return Promise.resolve();
  reading.delete(name);
  clearTimeout(open.timer);
  return open.handle.then((handle) => handle?.close()).catch(() => undefined);
}

async function openReading(opfs: OpfsFolder, name: string): Promise<SyncHandle | null> {
  const file = (await opfs.folder.getFileHandle(name)) as unknown as SyncFile;
  return openSyncHandle(file, { mode: 'read-only' });
}

/** A handle that was open already, or a new one; null where there is no such file. */
function handleOf(opfs: OpfsFolder, name: string): Promise<SyncHandle | null> {
  const { reading } = opfs;
  const known = reading.get(name);
  if (known) clearTimeout(known.timer);
  const oldest = reading.keys().next();
  if (!known && reading.size >= openLimit && !oldest.done) void closeReading(opfs, oldest.value);
  const handle = known?.handle ?? openReading(opfs, name).catch((error: unknown) => missingAsNull(opfs, name, error));
  reading.delete(name);
  reading.set(name, { handle, timer: setTimeout(() => void closeReading(opfs, name), idleMs) });
  return handle;
}

function missingAsNull(opfs: OpfsFolder, name: string, error: unknown): null {
  clearTimeout(opfs.reading.get(name)?.timer);
  opfs.reading.delete(name);
  if (isMissing(error)) return null;
  throw error;
}

async function readByBlob({ folder }: OpfsFolder, { file, fromByte, sizeBytes }: ChunkPlace): Promise<Uint8Array | undefined> {
  try {
    const blob = await (await folder.getFileHandle(file)).getFile();
    const bytes = new Uint8Array(await blob.slice(fromByte, fromByte + sizeBytes).arrayBuffer());
    return bytes.length === sizeBytes ? bytes : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function readPlace(opfs: OpfsFolder, place: ChunkPlace): Promise<Uint8Array | undefined> {
  const own = opfs.writing.get(place.file);
  if (own) return own.read(place.fromByte, place.sizeBytes);
  if (!opfs.sharesHandles) return readByBlob(opfs, place);
  const handle = await handleOf(opfs, place.file);
  return handle === null ? undefined : readHandle(handle, place.fromByte, place.sizeBytes);
}

async function removeFile(opfs: OpfsFolder, name: string): Promise<boolean> {
  await closeReading(opfs, name);
  try {
    await opfs.folder.removeEntry(name);
  } catch (error) {
    if (isInUse(error)) return false;
    if (!isMissing(error)) throw error;
  }
  return true;
}

async function namesIn({ folder }: OpfsFolder): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
  return names;
}

async function sizeBytesOf({ folder }: OpfsFolder, name: string): Promise<number> {
  try {
    return (await (await folder.getFileHandle(name)).getFile()).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

async function removeAllFiles(opfs: OpfsFolder): Promise<void> {
  const gone = await Promise.all((await namesIn(opfs)).map((name) => removeFile(opfs, name)));
  if (gone.includes(false)) throw new DOMException('a file is in use', 'NoModificationAllowedError');
}

/** In a worker of an engine that has synchronous handles; null elsewhere, and then chunks go into IndexedDB. */
export async function opfsChunkFiles(folderName: string): Promise<ChunkFiles | null> {
  if (typeof FileSystemFileHandle === 'undefined' || !('createSyncAccessHandle' in FileSystemFileHandle.prototype)) return null;
  const { storage } = navigator as { readonly storage?: Partial<StorageManager> };
  const root = await storage?.getDirectory?.().catch(() => null);
  if (!root) return null;
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  const { FileSystemSyncAccessHandle: kind } = globalThis as { FileSystemSyncAccessHandle?: { readonly prototype: object } };
  const sharesHandles = kind !== undefined && 'mode' in kind.prototype;
  const opfs: OpfsFolder = { folder, writing: new Map(), reading: new Map(), sharesHandles };
  return {
    sharesHandles,
    create: (name) => createFile(opfs, name),
    read: (place) => readPlace(opfs, place),
    names: () => namesIn(opfs),
    sizeBytesOf: (name) => sizeBytesOf(opfs, name),
    remove: (name) => removeFile(opfs, name),
    removeAll: () => removeAllFiles(opfs),
  };
}
