// What a repository stands on, handed in by the worker or by a test.

import type { ZstdCodec } from '../bytes/zstd';
import type { RandomBytes } from '../crypto/random';
import type { Drive } from '../drives/drive';
import type { ScryptCost } from './key-file';
import type { PackMaker, PackTerms } from './pack-maker';

export interface RepositoryEnvironment {
  readonly drive: Drive;
  readonly codec: ZstdCodec;
  readonly random: RandomBytes;
  nowMs(): number;
  /** Random and stable for each device: stands in locks, keys and snapshots. */
  readonly hostname: string;
  /** Waiting that the protocols ask for (200 ms before a lock is looked at again). */
  sleep(ms: number): Promise<void>;
  /** Calls again and again until stopped, for the refreshing of locks while all else waits. Default: `setInterval`. */
  readonly repeat?: (everyMs: number, call: () => void) => () => void;
  /** Packs made on a thread of its own. Default: on this one. */
  readonly openPackMaker?: ((terms: PackTerms) => Promise<PackMaker>) | undefined;
  /** What a new key file costs to try. */
  readonly scryptCost?: ScryptCost;
  /** Where a pack is closed. Default 16 MiB. */
  readonly packBytes?: number;
  /** Sealed bytes on the drive after which a writer names them in an index by itself. Default 256 MiB. */
  readonly checkpointBytes?: number;
}

export const defaultPackBytes = 16 * 1024 * 1024;
export const defaultCheckpointBytes = 256 * 1024 * 1024;

/** The drive's time where it says one, else ours. */
export async function trustedNowMs(environment: Pick<RepositoryEnvironment, 'drive' | 'nowMs'>): Promise<number> {
  return (await environment.drive.nowMs()) ?? environment.nowMs();
}
