// The IndexedDB database: five stores of rows without indexes. Nothing but opaque ids and sealed bytes lies in it, besides
// the header, whose fields docs/vault.md lists.

import { Dexie, type Table } from 'dexie';
import { CamphorError, type ErrorCode } from '../model/error';
import type { VaultEnvironment } from './environment';

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
  /** `header`: HeaderRow; `device-key`: CryptoKey; `forgetting`: true. */
  readonly header: Table<HeaderRow | CryptoKey | true, string>;
}

export const rootKey = (number: number): string => `archive/${number}`;

/** Not opened yet. Every transaction is `strict`: done means written to disk, as far as the engine can tell. */
export function vaultDatabase(environment: VaultEnvironment): VaultDatabase {
  const { databaseName, indexedDB, IDBKeyRange } = environment;
  const injected = { ...(indexedDB && { indexedDB }), ...(IDBKeyRange && { IDBKeyRange }) };
  const database = new Dexie(databaseName, { ...injected, chromeTransactionDurability: 'strict', autoOpen: false });
  database.version(1).stores({ objects: '', notes: '', roots: '', header: '' });
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

/** Runs storage calls and gives their failures as CamphorError `storage-full`, `storage-unavailable` or `storage-failed`. */
export async function stored<Value>(run: () => PromiseLike<Value>): Promise<Value> {
  try {
    return await run();
  } catch (cause) {
    throw storageError(cause);
  }
}
