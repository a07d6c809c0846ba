// What the parts of one open vault share.

import type { RandomBytes } from '../crypto/random';
import type { CacheBudget } from '../model/cache-budget';
import type { PageCache } from './catalogue';
import type { Events } from './channel';
import type { ChunkFiles } from './chunk-files';
import type { ColumnCodec } from './codec';
import type { VaultDatabase } from './database';
import type { VaultEnvironment } from './environment';
import type { Keyring } from './keyring';
import type { Locks } from './locks';
import type { ReadRows } from './row-reads';

export interface VaultContext {
  readonly environment: VaultEnvironment;
  readonly database: VaultDatabase;
  /** Rows of `database.objects`; undefined where there is none. Throws CamphorError as `stored` does. */
  readonly readRows: ReadRows;
  readonly codec: ColumnCodec;
  readonly keyring: Keyring;
  readonly random: RandomBytes;
  readonly locks: Locks;
  readonly events: Events;
  /** What everything that is kept decrypted shares. */
  readonly caches: CacheBudget;
  readonly pages: PageCache;
  /** Looked for when first asked: listing conversations needs none. Null where this engine has no such files. */
  chunkFiles(): Promise<ChunkFiles | null>;
}
