// What all operations of one opened repository share.

import type { ZstdCodec } from '../bytes/zstd';
import type { Drive } from '../drives/drive';
import { CamphorError } from '../model/error';
import { createByteCache, type ByteCache } from './byte-cache';
import type { RepositoryConfig } from './config-file';
import type { RepositoryEnvironment } from './environment';
import type { KeptListing } from './file-names';
import { createLoadedIndex, type LoadedIndex } from './load-index';
import type { MasterKey } from './master-key';
import type { FileId, Snapshot } from './repository';

export interface RepositoryContext {
  readonly environment: RepositoryEnvironment;
  readonly drive: Drive;
  readonly key: MasterKey;
  readonly config: RepositoryConfig;
  /** The key file that it was opened with; null where the device remembered the master key. */
  readonly keyFileId: FileId | null;
  /** For what is written: null in version 1 of the format, which does not compress. */
  readonly packing: ZstdCodec | null;
  readonly index: LoadedIndex;
  /** Snapshots that were read; their files never change. */
  readonly snapshots: Map<FileId, Snapshot>;
  readonly trees: ByteCache;
  readonly packs: ByteCache;
  /** Packs on their way to `packs`. */
  readonly fetching: Map<FileId, Promise<Uint8Array<ArrayBuffer>>>;
  /** Packs that blobs were lately asked of, and how often: many times means that it pays to fetch the whole. */
  readonly asked: Map<FileId, number>;
  /** Packs in which something was found damaged since the repository was opened. */
  readonly damagedPacks: Set<FileId>;
  /** What a commit has listed of packs. */
  keptListing: KeptListing | null;
  /** What lets go of the locks that are held. */
  readonly releases: Set<() => Promise<void>>;
  /** The drive gave back something else than it was given: from then on everything is read back. */
  isUnreliable: boolean;
  isClosed: boolean;
}

const treeCacheBytes = 16 * 1024 * 1024;
/** Two packs of stock size, and some small ones. */
const packCacheBytes = 64 * 1024 * 1024;

export function createContext(
  environment: RepositoryEnvironment,
  opened: { readonly key: MasterKey; readonly config: RepositoryConfig; readonly keyFileId: FileId | null },
): RepositoryContext {
  return {
    ...opened,
    environment,
    drive: environment.drive,
    packing: opened.config.version === 1 ? null : environment.codec,
    index: createLoadedIndex(),
    snapshots: new Map(),
    trees: createByteCache(treeCacheBytes),
    packs: createByteCache(packCacheBytes),
    fetching: new Map(),
    asked: new Map(),
    damagedPacks: new Set(),
    keptListing: null,
    releases: new Set(),
    isUnreliable: false,
    isClosed: false,
  };
}

/** Why nothing may be written; null where it may. Fields that we do not know are seen when the index is loaded. */
export const readOnlyReason = (context: RepositoryContext): 'foreign-fields' | null => (context.index.isForeign ? 'foreign-fields' : null);

/** Throws CamphorError `repository-read-only`. */
export function checkWritable(context: RepositoryContext): void {
  const reason = readOnlyReason(context);
  if (reason !== null) throw new CamphorError('repository-read-only', { reason });
}

/** True where all that is written is to be fetched again whole. */
export const readsBackAll = (context: RepositoryContext): boolean => context.isUnreliable || !context.drive.traits.isAtomic;
