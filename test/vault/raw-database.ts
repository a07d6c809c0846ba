// The database of a vault without the vault: what an adversary with the disk can read and change.

import type { VaultEnvironment } from '../../src/vault/environment';
import { piecesOf } from '../../src/vault/chunk-place';
import { vaultDatabase, type VaultDatabase } from '../../src/vault/database';
import type { Vault } from '../../src/vault/vault';

export async function withDatabase<Value>(environment: VaultEnvironment, run: (database: VaultDatabase) => Promise<Value>): Promise<Value> {
  const database = vaultDatabase(environment);
  await database.open();
  try {
    return await run(database);
  } finally {
    database.close();
  }
}

/** Every value of every store, with its key. */
export async function dumpDatabase(
  environment: VaultEnvironment,
): Promise<readonly (readonly [store: string, key: string, value: unknown])[]> {
  return withDatabase(environment, async (database) => {
    const rows: [string, string, unknown][] = [];
    for (const table of database.tables) {
      const keys = await table.toCollection().primaryKeys();
      const values = await table.bulkGet(keys);
      keys.forEach((key, at) => rows.push([table.name, String(key), values[at]]));
    }
    return rows;
  });
}

export const objectKeys = (environment: VaultEnvironment): Promise<string[]> =>
  withDatabase(environment, ({ objects }) => objects.toCollection().primaryKeys());

/** Rows of objects, and files of chunks and columns. */
export async function storedNames(environment: VaultEnvironment): Promise<string[]> {
  return [...(await objectKeys(environment)), ...((await environment.chunkFiles?.names()) ?? [])];
}

/** How many of these the state in force needs, of `objectsChecked`. */
export async function neededCount(vault: Vault): Promise<number> {
  const { objectsChecked } = await vault.verify();
  const reader = await vault.openReader();
  const inFiles = new Set((await reader.conversations()).flatMap(({ segments }) => segments.map(({ id }): string => id)));
  for await (const { chunks } of reader.mediaEntries()) for (const id of chunks) inFiles.add(id);
  reader.release();
  const pieces = [...inFiles].flatMap((id) => piecesOf(id) ?? []);
  return objectsChecked - pieces.length + new Set(pieces.map(({ file }) => file)).size;
}
