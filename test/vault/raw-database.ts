// The database of a vault without the vault: what an adversary with the disk can read and change.

import type { VaultEnvironment } from '../../src/vault/environment';
import { vaultDatabase, type VaultDatabase } from '../../src/vault/database';

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

/** Rows of objects, and files of chunks: small media have a file each. */
export async function storedNames(environment: VaultEnvironment): Promise<string[]> {
  return [...(await objectKeys(environment)), ...((await environment.chunkFiles?.names()) ?? [])];
}
