// The stores of the database, version by version. A version that was released is never changed: the next one comes after it.

import type { Transaction } from 'dexie';

export interface SchemaVersion {
  /** IndexedDB's own number is ten times as large: Dexie counts so. */
  readonly number: number;
  /** Stores that are new (`''`: rows by keys given from outside, no index) or go (null). */
  readonly stores: Readonly<Record<string, string | null>>;
  /**
   * Brings the rows over from the version before, in the one transaction that also changes the stores: whatever ends it leaves
   * the version before. So it may await storage calls only; anything else, such as opening a seal, would end the transaction.
   */
  readonly upgrade?: (transaction: Transaction) => Promise<void>;
}

/**
 * Oldest first. The second has no other stores: from it on segments may lie in files, which a version that knows of none would sweep away
 * as garbage, and must not open the vault.
 */
export const schemaVersions: readonly SchemaVersion[] = [
  { number: 1, stores: { objects: '', notes: '', roots: '', header: '' } },
  { number: 2, stores: {} },
];
