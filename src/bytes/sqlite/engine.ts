// SQLite by WASM, started when the first database is opened. Its bytes are handed in: a confined worker cannot fetch them.

import { installPageFiles } from './page-files';
import type { PageFiles } from './page-files';
import type { Sqlite } from './sqlite-api';

export interface Engine extends Sqlite {
  readonly files: PageFiles;
}

type ReadWasm = () => Promise<ArrayBuffer>;
let readWasm: ReadWasm | null = null;
let engine: Promise<Engine> | null = null;

/** Called by the worker before anything is imported: how the engine's bytes are had. In Node the package reads its own file. */
export function provideSqliteWasm(read: ReadWasm): void {
  readWasm = read;
}

/** The one engine of this thread. Rejects with what reading the WASM throws; the next call tries again. */
export function loadEngine(): Promise<Engine> {
  engine ??= startEngine().catch((cause: unknown) => {
    engine = null;
    throw cause;
  });
  return engine;
}

interface InitOptions {
  readonly wasmBinary?: ArrayBuffer;
}

async function startEngine(): Promise<Engine> {
  const wasmBinary = await readWasm?.();
  // No file systems of its own: they would look for workers and storage that are not there.
  const disable = { vfs: { kvvfs: true, opfs: true, 'opfs-vfs': true, 'opfs-sahpool': true, 'opfs-wl': true } };
  Object.assign(globalThis, { sqlite3ApiConfig: { disable, warn: () => {}, debug: () => {}, log: () => {} } });
  const { default: init } = await import('@sqlite.org/sqlite-wasm');
  const { capi, wasm, vfs } = await (init as unknown as (options: InitOptions) => Promise<Sqlite>)(wasmBinary ? { wasmBinary } : {});
  return { capi, wasm, vfs, files: installPageFiles({ capi, wasm, vfs }) };
}
