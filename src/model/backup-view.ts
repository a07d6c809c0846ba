// What the backup worker hands to the screen: plain data without credentials, keys or message texts.

import type { ConversationId } from './ids';
import type { DriveKind } from './drive';

/** What keeps snapshots when older ones are let go; zero of all keeps everything. */
export interface RetentionPolicy {
  readonly last: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
  readonly yearly: number;
  /** Nothing younger than this is let go. */
  readonly keepDays: number;
}

export const defaultRetention: RetentionPolicy = { last: 3, daily: 7, weekly: 4, monthly: 12, yearly: 10, keepDays: 30 };

export const backupSchedules = ['manual', 'hourly', 'daily', 'weekly'] as const;
export type BackupSchedule = (typeof backupSchedules)[number];

/** What a backup by itself waits for. Where the browser does not say how it is, nothing is waited for. */
export interface BackupConditions {
  /** A connection that costs nothing by its use. */
  readonly unmetered: boolean;
  readonly charging: boolean;
}

export const noConditions: BackupConditions = { unmetered: false, charging: false };

export interface KeyView {
  /** Id of the key file. */
  readonly id: string;
  /** `passphrase`, `recovery`, `key-file`, `passkey-ab12`, or what a stock tool wrote. */
  readonly label: string;
  readonly hostname: string;
  readonly createdAtMs: number | null;
  /** The key that this device opened the repository with. */
  readonly isInUse: boolean;
}

export type BackupWarning =
  | 'signed-out'
  | 'backup-failed'
  /** The place answers, and holds no backup of ours any more. */
  | 'drive-gone'
  /** The vault holds less than what lies on the drive: evicted, restored in part, or removed here. */
  | 'holds-more'
  | 'never-backed-up'
  | 'overdue'
  | 'never-verified'
  | 'verify-failed'
  | 'verify-old'
  | 'drill-due'
  | 'snapshots-vanished'
  | 'no-recovery'
  | 'drive-unreliable'
  | 'not-synced'
  | 'folder-permission'
  | 'clock-skew'
  | 'read-only';

export interface DriveStatus {
  readonly id: string;
  readonly kind: DriveKind;
  /** What the owner calls it. */
  readonly name: string;
  /** Where it is, without credentials: an address and folder, a bucket, a folder's name. */
  readonly place: string;
  readonly repositoryId: string;
  readonly schedule: BackupSchedule;
  readonly conditions: BackupConditions;
  readonly retention: RetentionPolicy;
  /** For a folder: the owner says that a sync client carries it elsewhere; null where the question does not arise. */
  readonly isSynced: boolean | null;
  readonly lastBackupAtMs: number | null;
  readonly lastCheckedAtMs: number | null;
  /** When all that was read in the last round of verifying was found whole, and what part of the packs that is. */
  readonly lastVerifiedAtMs: number | null;
  readonly verifiedShare: number;
  /** When a sample was last restored from it and was as the vault has it. */
  readonly lastDrilledAtMs: number | null;
  readonly dueAtMs: number | null;
  readonly snapshotCount: number;
  /** The newest snapshot describes all that this vault holds now. */
  readonly isUpToDate: boolean;
  readonly warnings: readonly BackupWarning[];
}

/** Why media may not be let go here. */
export type FreeingObstacle = 'snapshots-vanished' | 'verify-failed' | 'not-synced' | 'not-up-to-date' | 'never-verified';

/** Which media may be let go here. */
export interface FreeingChoice {
  readonly leastBytes: number;
  /** Only those whose earliest message was sent on a day (of UTC) that ended before; null: of any age. */
  readonly beforeMs: number | null;
}

/** What letting media go that a drive has would free, or has freed. */
export interface FreeingView {
  readonly media: number;
  readonly bytes: number;
  readonly obstacle: FreeingObstacle | null;
}

/** How to open a repository that is there, or to make one. */
export interface RepositorySecret {
  readonly kind: 'passphrase' | 'recovery-words' | 'key-file' | 'passkey';
  /** What the owner typed, or a passkey's output; turned into the restic password by crypto/repository-password. */
  readonly text: string;
  /** For `key-file`: the text of the file. */
  readonly keyFile?: string;
}

/** What a backup would do, before it does it. */
export interface BackupPlan {
  readonly planId: string;
  readonly conversations: number;
  readonly messages: number;
  /** Months (of a conversation) whose messages changed since the last snapshot, and all of them. */
  readonly changedMonths: number;
  readonly months: number;
  readonly newMedia: number;
  readonly media: number;
  /** Plain bytes that are not on the drive yet; what is sent is less, as far as it can be packed. */
  readonly newBytes: number;
  readonly totalBytes: number;
  /** Snapshots of other devices that this vault has not taken in. */
  readonly others: readonly SnapshotView[];
}

export type BackupStage = 'connecting' | 'pulling' | 'planning' | 'packing' | 'sending' | 'reading-back' | 'committing' | 'waiting';

export interface BackupProgress {
  readonly stage: BackupStage;
  readonly doneBytes: number;
  readonly totalBytes: number | null;
  readonly sentBytes: number;
  readonly bytesPerSecond: number | null;
  /** For `waiting`: when the drive may be asked again. */
  readonly untilMs: number | null;
}
export type ReportBackup = (progress: BackupProgress) => void;

export interface BackupResult {
  /** Null where nothing had changed since the last snapshot. */
  readonly snapshot: SnapshotView | null;
  readonly sentBytes: number;
  readonly newMedia: number;
  readonly changedMonths: number;
  /** How much of what was sent was fetched again whole, 0..1. */
  readonly readBackShare: number;
}

export interface SnapshotView {
  readonly id: string;
  readonly takenAtMs: number;
  /** Device: a random nickname, or what a stock tool wrote. */
  readonly hostname: string;
  readonly isOwnDevice: boolean;
  /** Made by this app: it has a manifest that can be read. */
  readonly isOurs: boolean;
  readonly conversations: number | null;
  readonly messages: number | null;
  readonly media: number | null;
  readonly bytes: number | null;
  /** Against the one before it of the same device; null for the first. */
  readonly added: { readonly conversations: number; readonly messages: number; readonly media: number } | null;
}

/** A folder or file of a snapshot, as one looks into it. */
export interface BrowseEntry {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** For a folder of a conversation: its name. */
  readonly title: string | null;
}

export interface SnapshotConversation {
  readonly portableId: string;
  readonly name: string | null;
  readonly messages: number;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
}

export interface CheckFault {
  readonly what:
    | 'config'
    | 'key'
    | 'index-damaged'
    | 'pack-missing'
    | 'pack-size'
    | 'pack-damaged'
    | 'pack-unindexed'
    | 'blob-missing'
    | 'tree-damaged'
    | 'snapshot-damaged'
    | 'stale-lock'
    | 'listing-suspect';
  readonly id: string;
  /** Paths (in snapshots) that need it, a few; for the screen to name chats. */
  readonly affects: readonly string[];
}

export interface CheckReport {
  readonly packs: number;
  readonly blobs: number;
  readonly snapshots: number;
  readonly faults: readonly CheckFault[];
  /** Faults beyond those listed. */
  readonly moreFaults: number;
}

export interface VerifyReport extends CheckReport {
  readonly packsRead: number;
  readonly bytesRead: number;
  /** Packs found whole now, for the caller's record of when each was read. */
  readonly readPacks: readonly string[];
  /** Part of all packs that have been read whole within the last year. */
  readonly share: number;
}

export interface ForgetPlan {
  readonly keep: readonly { readonly id: string; readonly takenAtMs: number; readonly reasons: readonly string[] }[];
  readonly remove: readonly { readonly id: string; readonly takenAtMs: number }[];
}

export interface PrunePlan {
  /** What the plan was made from: a digest of the listing, so that it is not carried out on another one. */
  readonly stateId: string;
  readonly removePacks: readonly string[];
  readonly repackPacks: readonly string[];
  readonly unusedBytes: number;
  readonly usedBytes: number;
  readonly repackBytes: number;
  /** After a removal for good: nothing that is unused stays. Otherwise some does, where sending its pack anew would cost more. */
  readonly isThorough?: boolean;
}

export interface RepairPlan {
  readonly stateId: string;
  readonly badIndexes: readonly string[];
  readonly unindexedPacks: readonly string[];
  readonly lostBlobs: readonly { readonly type: 'data' | 'tree'; readonly id: string }[];
  readonly badSnapshots: readonly string[];
  readonly snapshotsLacking: readonly { readonly id: string; readonly missing: number }[];
}

export interface RestoreProgress {
  readonly media: number;
  readonly totalMedia: number;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** What the recovery sheet says; made locally, printed by the browser. */
export interface RecoverySheet {
  readonly driveName: string;
  readonly kind: DriveKind;
  readonly place: string;
  readonly repositoryId: string;
  readonly printedAtMs: number;
  /** Shell lines that set up rclone and open the repository by restic; a password stands as a blank to fill in. */
  readonly commands: readonly { readonly purpose: 'set-up' | 'list' | 'restore'; readonly lines: readonly string[] }[];
  readonly words: readonly string[];
}

/** Removing for good, in three strengths. */
export type RemovalReach = 'here' | 'later-backups' | 'all-backups';
export interface RemovalPlan {
  readonly conversation: ConversationId;
  readonly snapshots: number;
  readonly prune: PrunePlan | null;
}
