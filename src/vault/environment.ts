// What the vault stands on, handed in by the worker or by a test.

import type { FillRandom } from '../crypto/random';
import type { Argon2Cost } from '../crypto/passphrase';
import type { CacheBudget } from '../model/cache-budget';
import type { Channel } from './channel';
import type { ChunkFiles } from './chunk-files';
import type { ColumnCodec } from './codec';
import type { Locks } from './locks';
import type { Sentinel } from './sentinel';

export interface StorageEstimates {
  estimate(): Promise<{ readonly usage?: number; readonly quota?: number }>;
  persisted?(): Promise<boolean>;
}

/** Only the first three are needed; the others default to the browser's, or to none in Node. */
export interface VaultEnvironment {
  readonly databaseName: string;
  readonly codec: ColumnCodec;
  nowMs(): number;
  readonly indexedDB?: IDBFactory;
  readonly IDBKeyRange?: typeof IDBKeyRange;
  readonly locks?: Locks;
  /** Null: changes are told to nobody else. */
  readonly channel?: Channel | null;
  /** Null: an eviction cannot be told from a first visit. */
  readonly sentinel?: Sentinel | null;
  /** Files for the chunks of media; null: they go into IndexedDB with everything else. */
  readonly chunkFiles?: ChunkFiles | null;
  readonly fillRandom?: FillRandom;
  /** `navigator.storage`; null: the quota is met only when a write fails. */
  readonly storage?: StorageEstimates | null;
  /** For what is kept decrypted; shared with whoever reads the vault in this thread. */
  readonly caches?: CacheBudget;
  /** What deriving a key may cost; never below the floor of crypto/passphrase. */
  readonly argon2?: Argon2Cost;
}

export interface WriterOptions {
  /** Makes the search signature of a segment's text, a column of its own. */
  signatureOf(text: { readonly joined: string; readonly ends: Uint32Array }): Uint8Array<ArrayBuffer>;
}
