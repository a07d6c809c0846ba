// Connections to the engine, with everything off that a hostile schema could use (checks.md A9), and their steps bounded.

import type { Engine } from './engine';
import { fileSystemName } from './page-files';
import { faultOf } from './statement';
import type { Connection } from './statement';
import { rowLimitBytes } from './table-tree';

const cacheKib = 8192;
const stepsBetweenAsking = 10_000;
const leastSteps = 10_000_000;
/** A row takes about as many steps as it has columns, each of them a byte or more; a page that is its own child has endless rows. */
const stepsPerByte = 10;

/** The file `name` of ours, read-only. Throws SqlFault. */
export function connectFile(engine: Engine, name: string, sizeBytes: number): Connection {
  const { capi } = engine;
  const connection = connect(engine, name, capi.SQLITE_OPEN_READONLY, leastSteps + sizeBytes * stepsPerByte);
  // Of the connection; none of them reads the file.
  const pragmas = `PRAGMA query_only=ON; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_size=-${cacheKib}`;
  capi.sqlite3_exec(connection.pointer, pragmas, 0, 0, 0);
  return connection;
}

/** A database in memory in which definitions of tables are understood. Throws SqlFault. */
export function connectMemory(engine: Engine): Connection {
  const { capi } = engine;
  return connect(engine, ':memory:', capi.SQLITE_OPEN_READWRITE | capi.SQLITE_OPEN_CREATE, leastSteps);
}

function connect(engine: Engine, name: string, flags: number, stepLimit: number): Connection {
  const { capi, wasm } = engine;
  const out = wasm.alloc(4);
  const steps = { left: stepLimit };
  try {
    wasm.poke32(out, 0);
    const result = capi.sqlite3_open_v2(name, out, flags, fileSystemName);
    const pointer = wasm.peek32(out);
    const connection = { engine, pointer, allowSteps: () => void (steps.left = stepLimit) };
    if (result !== 0) {
      const fault = faultOf(connection, result);
      capi.sqlite3_close_v2(pointer);
      throw fault;
    }
    capi.sqlite3_progress_handler(pointer, stepsBetweenAsking, () => ((steps.left -= stepsBetweenAsking) < 0 ? 1 : 0), 0);
    harden(connection);
    return connection;
  } finally {
    wasm.dealloc(out);
  }
}

function harden({ engine: { capi }, pointer }: Connection): void {
  capi.sqlite3_db_config(pointer, capi.SQLITE_DBCONFIG_DEFENSIVE, 1, 0);
  capi.sqlite3_db_config(pointer, capi.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, 0);
  capi.sqlite3_db_config(pointer, capi.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, 0);
  capi.sqlite3_db_config(pointer, capi.SQLITE_DBCONFIG_ENABLE_VIEW, 0, 0);
  capi.sqlite3_limit(pointer, capi.SQLITE_LIMIT_LENGTH, rowLimitBytes);
  capi.sqlite3_limit(pointer, capi.SQLITE_LIMIT_ATTACHED, 0);
}
