// The IndexedDB database: stores of rows without indexes (database-schema.ts). Nothing but opaque ids and sealed bytes lies in it,
// besides the header, whose fields docs/vault.md lists.

import { Dexie, type Table } from 'dexie';
import { CamphorError, type ErrorCode } from '../model/error';
import type { VaultEnvironment } from './environment';
import { schemaVersions } from './database-schema';

/** A sealed root; `id` is the name it was sealed under, fresh for every attempt. */
export interface RootRow {
  readonly number: number;
  readonly id: string;
  readonly sealed: Uint8Array;
}

/** Which `archive/<number>` is in force, and which is kept beside it as the one before. */
export interface RootPointer {
  readonly number: number;
  readonly previous: number | null;
}

/** `text` is canonical JSON; `checksum` its SHA-256 against accidents; `seal` proves it under the vault key. */
export interface HeaderRow {
  readonly text: string;
  readonly checksum: string;
  readonly seal: string;
}

export interface VaultDatabase extends Dexie {
  /** Archive objects: id to sealed bytes. */
  readonly objects: Table<Uint8Array, string>;
  /** Pages of the `notes` root: id to sealed bytes. */
  readonly notes: Table<Uint8Array, string>;
  /** `archive`: RootPointer; `archive/<n>` and `notes`: RootRow; `unfinished`: true while an import has written. */
  readonly roots: Table<RootRow | RootPointer | true, string>;
  /** `header`: HeaderRow; `device-key`: CryptoKey; `forgetting`: true; `folder/<drive>`: the handle of a folder for backups. */
  readonly header: Table<HeaderRow | CryptoKey | FileSystemDirectoryHandle | true, string>;
}

export const rootKey = (number: number): string => `archive/${number}`;

/**
 * Opens what lies on disk in this version of the schema, an older one (which is brought up to it), or none. Dexie would open a
 * later one too, and would add to it what this version misses there; both are refused.
 */
function thisVersionOnly(factory: IDBFactory, version: number): IDBFactory {
  return {
    open: (name, asked) => {
      if (asked === undefined) throw new DOMException('a later version lies on disk', 'VersionError');
      if (asked !== version) throw new CamphorError('vault-damaged', { what: 'stores' });
      return factory.open(name, asked);
    },
    deleteDatabase: (name) => factory.deleteDatabase(name),
    databases: () => factory.databases(),
    cmp: (first, second) => factory.cmp(first, second),
  };
}

/**
 * Another tab upgrades or deletes the database, and waits until it is closed here. Transactions under way end first. After an
 * upgrade this asks for the database again: calls wait for the answer, which is `newer-vault`, or, where the upgrade came to
 * nothing, the database as it was. A deleted one stays closed.
 */
function letOthersUpgrade(database: Dexie, onSuperseded: () => void): void {
  database.on('versionchange', ({ newVersion }) => {
    database.close();
    if (newVersion !== null)
      database.open().catch((cause: unknown) => {
        if (storageError(cause).code === 'newer-vault') onSuperseded();
      });
    return false;
  });
}

/**
 * Not opened yet. Every transaction is `strict`: done means written to disk, as far as the engine can tell. `onSuperseded` is
 * called when another tab has brought the open database to a later version.
 */
export function vaultDatabase(environment: VaultEnvironment, onSuperseded: () => void = () => {}): VaultDatabase {
  const { databaseName, IDBKeyRange } = environment;
  const factory = environment.indexedDB ?? Dexie.dependencies.indexedDB;
  const version = 10 * Math.max(...schemaVersions.map(({ number }) => number));
  const injected = { ...(factory && { indexedDB: thisVersionOnly(factory, version) }), ...(IDBKeyRange && { IDBKeyRange }) };
  const database = new Dexie(databaseName, { ...injected, chromeTransactionDurability: 'strict', autoOpen: false });
  for (const { number, stores, upgrade } of schemaVersions) {
    const declared = database.version(number).stores(stores);
    if (upgrade) declared.upgrade(upgrade);
  }
  letOthersUpgrade(database, onSuperseded);
  return database as VaultDatabase;
}

const codesByName: Readonly<Record<string, ErrorCode>> = {
  QuotaExceededError: 'storage-full',
  MissingAPIError: 'storage-unavailable',
  SecurityError: 'storage-unavailable',
  InvalidStateError: 'storage-unavailable',
  VersionError: 'newer-vault',
};

/** What a failed storage call means. A full disk may hide inside an aborted transaction or a bulk error. */
export function storageError(cause: unknown): CamphorError {
  for (let error = cause, depth = 0; error instanceof Object && depth < 5; depth += 1) {
    if (error instanceof CamphorError) return error;
    const { name, inner, failures } = error as { name?: string; inner?: unknown; failures?: unknown[] };
    const code = name === undefined ? undefined : codesByName[name];
    if (code !== undefined) return new CamphorError(code, {}, cause);
    error = inner ?? failures?.[0];
  }
  return new CamphorError('storage-failed', {}, cause);
}

/** Runs storage calls and gives their failures as CamphorError `storage-full`, `storage-unavailable`, `storage-failed` or `newer-vault`. */
export async function stored<Value>(run: () => PromiseLike<Value>): Promise<Value> {
  try {
    return await run();
  } catch (cause) {
    throw storageError(cause);
  }
}

/**
 * Rows by id, undefined where there is none. Past Dexie, whose transactions reach into what runs beside them: what joins reads goes on
 * from one caller to the next, and would take the transaction of one along. A closed database is left to Dexie, which may open
 * it again. Throws as `stored`.
 */
export function rowsOf(database: VaultDatabase, ids: readonly string[]): Promise<readonly unknown[]> {
  return stored(async () => {
    const store = openStore(database);
    return store === null ? database.objects.bulkGet([...ids]) : Promise.all(ids.map((id) => resultOf(store.get(id))));
  });
}

function openStore(database: VaultDatabase): IDBObjectStore | null {
  try {
    return database.isOpen() ? database.backendDB().transaction('objects', 'readonly').objectStore('objects') : null;
  } catch {
    return null;
  }
}

const resultOf = (request: IDBRequest): Promise<unknown> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
