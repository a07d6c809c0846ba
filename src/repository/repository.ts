// The contract of a restic repository over a drive, towards backup. Formats are those of restic 0.14 to 0.18 (repository
// versions 1 and 2); docs and tests quote where each fact was seen. Nothing here knows of chats or of the vault.

import type { ReportProgress } from '../model/progress';
import type { CheckReport, ForgetPlan, KeyView, PrunePlan, RepairPlan, RetentionPolicy, VerifyReport } from '../model/backup-view';

/** SHA-256 of a blob's plaintext, 64 lower-case hex digits. */
export type BlobId = string;
/** SHA-256 of a file as stored, 64 lower-case hex digits. */
export type FileId = string;
export type BlobType = 'data' | 'tree';

/** A file or folder in a tree. Names are ASCII where we write; foreign ones are kept as they are. */
export interface TreeNode {
  readonly name: string;
  readonly type: 'file' | 'dir' | 'symlink' | (string & {});
  readonly mtimeMs: number;
  readonly sizeBytes: number;
  /** Blobs of a file, in order; empty for all else. */
  readonly content: readonly BlobId[];
  /** A folder's tree; null for all else. */
  readonly subtree: BlobId | null;
}

export interface Snapshot {
  readonly id: FileId;
  readonly takenAtMs: number;
  readonly tree: BlobId;
  readonly paths: readonly string[];
  readonly hostname: string;
  readonly username: string;
  readonly tags: readonly string[];
  readonly parent: FileId | null;
  readonly programVersion: string | null;
}

export interface NewSnapshot {
  readonly takenAtMs: number;
  readonly tree: BlobId;
  /** Constant for each kind of backup; stock `forget` groups by host and paths. */
  readonly paths: readonly string[];
  /** Random and stable for each device. */
  readonly hostname: string;
  readonly tags: readonly string[];
  readonly parent: FileId | null;
}

export interface SavedBlob {
  readonly id: BlobId;
  /** Sealed bytes that this call will send; 0 where the repository had the blob. */
  readonly sentBytes: number;
}

/** Writing: holds a shared lock from its beginning to its end. */
export interface RepositoryWriter {
  /**
   * Keeps the blob where it is not there yet, and takes its bytes. Resolves when there is room for the next; packs are sent meanwhile. `claimed`: its id
   * as the caller knows it, which saves hashing it once more; it is found out where that is wrong, and the blob kept under its own.
   */
  saveBlob(type: BlobType, plain: Uint8Array<ArrayBuffer>, claimed?: BlobId): Promise<SavedBlob>;
  /** Encodes the canonical tree and keeps it. Sorts nodes by name. Throws RangeError for two nodes of one name. */
  saveTree(nodes: readonly TreeNode[]): Promise<BlobId>;
  /** True where a blob is indexed, or was saved by this writer. */
  hasBlob(type: BlobType, id: BlobId): boolean;
  /** Sends what is open and an index of it: from then on a killed run need not send it again. */
  checkpoint(): Promise<void>;
  /**
   * Packs, read back; index, read back; then, where the lock was held all along and no index that was relied on has gone,
   * the snapshot, read back and opened. Throws `lock-lost` where blobs that were relied on are gone: save them again.
   */
  commit(snapshot: NewSnapshot): Promise<Snapshot>;
  /** Lets go of the lock. What was sent stays, unreferenced, for the next run. */
  abandon(): Promise<void>;
  /** Sealed bytes sent so far. */
  readonly sentBytes: number;
}

export interface VerifyOptions {
  /** Part of the packs to read, 0..1; those not read for longest first. */
  readonly share: number;
  /** When each pack was last read whole, in ms, by id; kept by the caller. */
  readonly readAtMs: ReadonlyMap<FileId, number>;
}

/** Asked for plaintexts of what is lost. What it saves is kept where its hash is the id of a lost blob, and passed over else. */
export type Heal = (
  lost: readonly { readonly type: BlobType; readonly id: BlobId }[],
  save: (type: BlobType, plain: Uint8Array<ArrayBuffer>) => Promise<void>,
) => Promise<void>;

/** Saves blobs of snapshots that are written anew; all of them are read back and indexed before the first snapshot is. */
export type TreeSaver = Pick<RepositoryWriter, 'saveBlob' | 'saveTree' | 'hasBlob'>;

/** Gives another tree for those snapshots that are to have one. Oldest first. */
export type MakeTrees = (snapshots: readonly Snapshot[], save: TreeSaver) => Promise<ReadonlyMap<FileId, BlobId>>;

export interface RepairResult {
  readonly healedBlobs: number;
  /** Blobs that snapshots named and nobody had: files that needed them are no longer in those snapshots. */
  readonly stillLost: number;
}

export interface StartWriting {
  readonly adopts?: boolean;
  readonly isAlone?: boolean;
}

export interface Repository {
  readonly id: string;
  readonly version: 1 | 2;
  /** Why nothing may be written: null where it may. */
  readonly readOnlyBecause: 'newer' | 'foreign-fields' | null;
  /** Sealed master key for the vault to keep: opens without a password (`openRepository({ masterKey })`). */
  exportMasterKey(): Uint8Array<ArrayBuffer>;
  /** Throws `no-repository`, `repository-damaged`, or `wrong-secret` where another repository lies there now. */
  checkStillThere(): Promise<void>;

  /** All snapshots that open, newest first; files that do not are in `damaged`. */
  snapshots(): Promise<{ readonly snapshots: readonly Snapshot[]; readonly damaged: readonly FileId[]; readonly isSuspect: boolean }>;
  /** Loads or refreshes the index; called by whatever needs it. */
  loadIndex(): Promise<void>;
  hasBlob(type: BlobType, id: BlobId): boolean;
  /** The blobs, in the order in which they lie in packs: whoever reads many reads each pack once. Those of no pack come last. */
  inPackOrder<Item>(type: BlobType, items: readonly Item[], blobOf: (item: Item) => BlobId | undefined): readonly Item[];
  /** The blob's plaintext, authenticated and hashed. Throws `damaged` (after one more try), `drive-missing`, `not-found`. */
  readBlob(type: BlobType, id: BlobId): Promise<Uint8Array<ArrayBuffer>>;
  readTree(id: BlobId): Promise<readonly TreeNode[]>;

  /**
   * Takes a shared lock. `adopts`: an earlier writer failed, and packs that it sent without an index count from now on; after one
   * that was killed they always do. `isAlone`: nothing else of this device writes, so that a lock which an earlier writer could not
   * take away goes now, and keeps nobody out until it is stale. Throws `repository-locked` (with `facts.host`, `facts.sinceMs`), `repository-read-only`.
   */
  startWriting(options?: StartWriting): Promise<RepositoryWriter>;

  /** Structure: index against packs by size, snapshots to trees to blobs. Reads no data. */
  check(report: ReportProgress): Promise<CheckReport>;
  /** Reads packs whole and opens every blob in them. */
  verify(options: VerifyOptions, report: ReportProgress): Promise<VerifyReport>;
  /** What a policy would remove; removes nothing. Never the newest, and none on a suspect listing. */
  planForget(policy: RetentionPolicy, tags: readonly string[]): Promise<ForgetPlan>;
  forget(snapshots: readonly FileId[]): Promise<void>;
  /**
   * What nothing refers to any more, and what would be sent anew; changes nothing. `isThorough`: nothing unused is to stay.
   * Throws `listing-suspect`.
   */
  planPrune(isThorough?: boolean): Promise<PrunePlan>;
  prune(plan: PrunePlan, report: ReportProgress): Promise<void>;
  /** Indexes that do not open, packs without an index, blobs that are lost, snapshots that lack something. */
  planRepair(report: ReportProgress): Promise<RepairPlan>;
  /** What `heal` gives is whole again in all snapshots; those that lack something even so are salvaged. */
  repair(plan: RepairPlan, report: ReportProgress, heal?: Heal): Promise<RepairResult>;

  /**
   * Replaces snapshots by ones with another tree, under an exclusive lock: same time, host, tags and paths; `original` names
   * the one that it was at first. Each is read back before the old one goes, after `moved` has heard of both. What only the old
   * ones needed is for a prune. May be repeated after a stop. Throws `listing-suspect`, `repository-locked`, `lock-lost`.
   */
  rewriteSnapshots(make: MakeTrees, moved: (from: FileId, to: FileId) => Promise<void>): Promise<void>;

  keys(): Promise<readonly KeyView[]>;
  /** A new key file; the password is used as it is (NFC, no white space at its ends). Throws `secret-too-weak`. */
  addKey(password: string, label: string): Promise<KeyView>;
  /** Throws `busy` for the last one. The master key is not revoked by it. */
  removeKey(id: FileId): Promise<void>;
  /** Locks that others hold now; stale ones are marked. */
  locks(): Promise<
    readonly {
      readonly id: FileId;
      readonly hostname: string;
      readonly sinceMs: number;
      readonly exclusive: boolean;
      readonly isStale: boolean;
    }[]
  >;
  removeStaleLocks(): Promise<number>;
  /** Lets go of locks and memory. */
  close(): Promise<void>;
}
