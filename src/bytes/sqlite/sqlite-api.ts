// The part of @sqlite.org/sqlite-wasm that is used, as it is; its own types name several of these otherwise, or not at all.

/** An address in the engine's memory; 0 is none. */
type Pointer = number;

interface Struct {
  readonly pointer: Pointer;
  dispose(): void;
}

interface VfsStruct extends Struct {
  $iVersion: number;
  $szOsFile: number;
  $mxPathname: number;
  $zName: Pointer;
}

/** Names and numbers of C's constants; functions take JavaScript's strings, and throw nothing: a number that is not 0 is a fault. */
export interface CApi {
  readonly SQLITE_READONLY: number;
  readonly SQLITE_CANTOPEN: number;
  readonly SQLITE_NOTFOUND: number;
  readonly SQLITE_IOERR: number;
  readonly SQLITE_IOERR_READ: number;
  readonly SQLITE_IOERR_SHORT_READ: number;
  readonly SQLITE_IOCAP_IMMUTABLE: number;
  readonly SQLITE_OPEN_READONLY: number;
  readonly SQLITE_OPEN_READWRITE: number;
  readonly SQLITE_OPEN_CREATE: number;
  readonly SQLITE_INTERRUPT: number;
  readonly SQLITE_TOOBIG: number;
  readonly SQLITE_CORRUPT: number;
  readonly SQLITE_NOTADB: number;
  readonly SQLITE_ROW: number;
  readonly SQLITE_DONE: number;
  readonly SQLITE_INTEGER: number;
  readonly SQLITE_FLOAT: number;
  readonly SQLITE_TEXT: number;
  readonly SQLITE_BLOB: number;
  readonly SQLITE_DBCONFIG_DEFENSIVE: number;
  readonly SQLITE_DBCONFIG_TRUSTED_SCHEMA: number;
  readonly SQLITE_DBCONFIG_ENABLE_TRIGGER: number;
  readonly SQLITE_DBCONFIG_ENABLE_VIEW: number;
  readonly SQLITE_DBCONFIG_WRITABLE_SCHEMA: number;
  readonly SQLITE_LIMIT_LENGTH: number;
  readonly SQLITE_LIMIT_ATTACHED: number;
  sqlite3_open_v2(name: string, out: Pointer, flags: number, fileSystem: string): number;
  sqlite3_close_v2(database: Pointer): number;
  sqlite3_db_config(database: Pointer, option: number, value: number, out: Pointer): number;
  sqlite3_limit(database: Pointer, limit: number, value: number): number;
  sqlite3_progress_handler(database: Pointer, everySteps: number, ask: () => number, argument: Pointer): void;
  sqlite3_exec(database: Pointer, sql: string, callback: 0, argument: 0, message: 0): number;
  sqlite3_prepare_v2(database: Pointer, sql: string, lengthBytes: number, out: Pointer, tail: Pointer): number;
  sqlite3_finalize(statement: Pointer): number;
  sqlite3_column_count(statement: Pointer): number;
  sqlite3_column_name(statement: Pointer, column: number): string;
  sqlite3_errmsg(database: Pointer): string;
  readonly sqlite3_vfs: new () => VfsStruct;
  readonly sqlite3_io_methods: new () => Struct & { $iVersion: number };
  readonly sqlite3_file: { new (pointer: Pointer): Struct & { $pMethods: Pointer }; readonly structInfo: { readonly sizeof: number } };
}

/** The C functions called once a row or oftener, without the conversions around them. */
export interface Exports {
  sqlite3_step(statement: Pointer): number;
  sqlite3_reset(statement: Pointer): number;
  sqlite3_column_type(statement: Pointer, column: number): number;
  sqlite3_column_double(statement: Pointer, column: number): number;
  sqlite3_column_int64(statement: Pointer, column: number): bigint;
  /** UTF-8, whatever the database's encoding; what is no UTF-8 in a UTF-8 database comes as it is stored. */
  sqlite3_column_text(statement: Pointer, column: number): Pointer;
  sqlite3_column_blob(statement: Pointer, column: number): Pointer;
  /** After `column_text`: of that text. */
  sqlite3_column_bytes(statement: Pointer, column: number): number;
  sqlite3_bind_text(statement: Pointer, parameter: number, text: Pointer, lengthBytes: number, lifetime: number): number;
  sqlite3_bind_int64(statement: Pointer, parameter: number, value: bigint): number;
}

export interface Wasm {
  readonly exports: Exports;
  /** The engine's memory; asked for anew each time, since it may have grown. */
  heap8u(): Uint8Array;
  poke32(at: Pointer, value: number): void;
  poke64(at: Pointer, value: bigint): void;
  peek32(at: Pointer): number;
  alloc(lengthBytes: number): Pointer;
  dealloc(at: Pointer): void;
  allocCString(text: string): Pointer;
  cstrToJs(at: Pointer): string;
  cstrncpy(target: Pointer, source: Pointer, lengthBytes: number): number;
}

export interface Sqlite {
  readonly capi: CApi;
  readonly wasm: Wasm;
  readonly vfs: {
    installVfs(parts: {
      readonly io: { readonly struct: Struct; readonly methods: Readonly<Record<string, (...values: never[]) => unknown>> };
      readonly vfs: { readonly struct: VfsStruct; readonly methods: Readonly<Record<string, (...values: never[]) => unknown>> };
    }): void;
  };
}
