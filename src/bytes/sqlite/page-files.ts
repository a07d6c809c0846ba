// SQLite's file system of ours (sqlite.org/vfs.html): files are pages that a function reads; nothing can be written.

import type { DatabasePages } from './pages';
import { patchHeader } from './pages';
import type { Sqlite } from './sqlite-api';

export const fileSystemName = 'camphor-pages';

export interface PageFiles {
  /** Makes `pages` a file of this name, `pageCount` pages long; to SQLite a page that is not there whole is a damaged one. Gives the function that takes it away. */
  add(name: string, pages: DatabasePages, pageCount: number): () => void;
  /** What reading threw last; SQLite itself only says that it could not read. */
  takeError(): unknown;
}

interface PageFile {
  readonly sizeBytes: number;
  /** Fills `target` from `offsetBytes` on; false where a page of it is not there. */
  read(target: Uint8Array, offsetBytes: number): boolean;
}

/** Once an engine. */
export function installPageFiles(sqlite3: Sqlite): PageFiles {
  const named = new Map<string, PageFile>();
  const opened = new Map<number, PageFile>();
  let error: unknown = null;
  install(sqlite3, {
    find: (name) => named.get(name),
    opened,
    onError: (cause) => (error = cause),
  });
  return {
    add(name, pages, pageCount) {
      named.set(name, fileOf(pages, pageCount));
      return () => void named.delete(name);
    },
    takeError() {
      const taken = error;
      error = null;
      return taken;
    },
  };
}

function fileOf(pages: DatabasePages, pageCount: number): PageFile {
  const { pageSizeBytes } = pages;
  let first: Uint8Array | null = null;
  const readPage = (number: number): Uint8Array =>
    number === 1 ? (first ??= patchHeader(pages.readPage(1), pageCount)) : pages.readPage(number);
  return {
    sizeBytes: pageCount * pageSizeBytes,
    read(target, offsetBytes) {
      for (let done = 0; done < target.length;) {
        const at = offsetBytes + done;
        const inPage = at % pageSizeBytes;
        const wanted = Math.min(pageSizeBytes - inPage, target.length - done);
        const page = readPage(Math.floor(at / pageSizeBytes) + 1);
        if (page.length < pageSizeBytes) return false;
        target.set(page.subarray(inPage, inPage + wanted), done);
        done += wanted;
      }
      return true;
    },
  };
}

interface Backing {
  find(name: string): PageFile | undefined;
  readonly opened: Map<number, PageFile>;
  onError(cause: unknown): void;
}

function install(sqlite3: Sqlite, backing: Backing): void {
  const { capi, wasm } = sqlite3;
  const io = new capi.sqlite3_io_methods();
  io.$iVersion = 1;
  const vfs = new capi.sqlite3_vfs();
  vfs.$iVersion = 2;
  vfs.$szOsFile = capi.sqlite3_file.structInfo.sizeof;
  vfs.$mxPathname = 64;
  vfs.$zName = wasm.allocCString(fileSystemName);
  sqlite3.vfs.installVfs({
    io: { struct: io, methods: fileMethods(sqlite3, backing) },
    vfs: { struct: vfs, methods: systemMethods(sqlite3, backing, io.pointer) },
  });
}

const done = (): number => 0;

/** What SQLite does with an open file, in the alphabet's order. A number is its result code; 0 is success. */
function fileMethods({ capi, wasm }: Sqlite, { opened, onError }: Backing) {
  const refuse = (): number => capi.SQLITE_READONLY;
  return {
    xCheckReservedLock: (_file: number, out: number) => (wasm.poke32(out, 0), 0),
    xClose: (file: number) => (opened.delete(file), 0),
    // Nobody changes it while it is open, so that neither journals nor locks are asked about.
    xDeviceCharacteristics: () => capi.SQLITE_IOCAP_IMMUTABLE,
    xFileControl: () => capi.SQLITE_NOTFOUND,
    xFileSize: (file: number, out: number) => (wasm.poke64(out, BigInt(opened.get(file)?.sizeBytes ?? 0)), 0),
    xLock: done,
    xRead(file: number, target: number, lengthBytes: number, offset: bigint) {
      const page = opened.get(file);
      if (page === undefined) return capi.SQLITE_IOERR_READ;
      const heap = wasm.heap8u().subarray(target, target + lengthBytes);
      const offsetBytes = Number(offset);
      const thereBytes = Math.max(0, page.sizeBytes - offsetBytes);
      try {
        // Zeros in its place would be read as content, where it is the last page of a long value.
        if (!page.read(heap.subarray(0, thereBytes), offsetBytes)) return capi.SQLITE_CORRUPT;
      } catch (cause) {
        onError(cause);
        return capi.SQLITE_IOERR_READ;
      }
      if (lengthBytes <= thereBytes) return 0;
      heap.fill(0, thereBytes);
      return capi.SQLITE_IOERR_SHORT_READ;
    },
    xSectorSize: () => 4096,
    xSync: done,
    xTruncate: refuse,
    xUnlock: done,
    xWrite: refuse,
  };
}

/** What SQLite asks of a file system, in the alphabet's order. */
function systemMethods({ capi, wasm }: Sqlite, { find, opened }: Backing, io: number) {
  return {
    xAccess: (_vfs: number, _name: number, _flags: number, out: number) => (wasm.poke32(out, 0), 0),
    xCurrentTime: (_vfs: number, out: number) => (wasm.poke64(out, 0n), 0),
    xCurrentTimeInt64: (_vfs: number, out: number) => (wasm.poke64(out, 0n), 0),
    xDelete: () => capi.SQLITE_READONLY,
    xFullPathname: (_vfs: number, name: number, outBytes: number, out: number) =>
      wasm.cstrncpy(out, name, outBytes) < outBytes ? 0 : capi.SQLITE_CANTOPEN,
    xGetLastError: done,
    xOpen(_vfs: number, name: number, file: number, flags: number, outFlags: number) {
      const found = name === 0 ? undefined : find(wasm.cstrToJs(name));
      if (found === undefined) return capi.SQLITE_CANTOPEN;
      opened.set(file, found);
      const handle = new capi.sqlite3_file(file);
      handle.$pMethods = io;
      handle.dispose();
      if (outFlags !== 0) wasm.poke32(outFlags, flags);
      return 0;
    },
    // For temporary names and random(), neither of which is used.
    xRandomness: (_vfs: number, lengthBytes: number, out: number) => (wasm.heap8u().fill(0, out, out + lengthBytes), lengthBytes),
    xSleep: done,
  };
}
