// The verbs of the workers, as the session calls them (through comlink; every result is a promise there).
// A callback is made once a job, never once a message. Errors cross as CamphorError.

import type {
  BackupConditions,
  BackupPlan,
  BackupResult,
  BackupSchedule,
  BrowseEntry,
  CheckReport,
  FreeingChoice,
  FreeingView,
  DriveStatus,
  ForgetPlan,
  KeyView,
  PrunePlan,
  RecoverySheet,
  RemovalPlan,
  RemovalReach,
  RepairPlan,
  ReportBackup,
  RepositorySecret,
  RestoreProgress,
  RetentionPolicy,
  SnapshotConversation,
  SnapshotView,
  VerifyReport,
} from './backup-view';
import type { BegunSignIn, CloudKind, DoctorReport, DoctorStep, DriveConfig, LeftSignIn, SignedIn, SignInAnswer } from './drive';
import type { EvidenceExport, ExportLock, ExportResult, MessageExport, MessageExportProgress, MessageExportResult } from './export';
import type { GalleryShelf, GalleryView } from './gallery';
import type { ConversationId, MessageAddress, ReceiptId, Sha256Hex } from './ids';
import type { EveryoneView } from './everyone';
import type { KeptView, MemoryYear } from './keeping';
import type { Overlay, OverlayKind } from './overlay';
import type { ReportProgress } from './progress';
import type { Secret } from './secret-form';
import type { ReportShare, StatisticsQuery, StatisticsView, WordsView } from './statistics';
import type { TableDraft, TableMapping } from './table-mapping';
import type {
  ConversationView,
  DayCount,
  HiddenView,
  ImportChoice,
  ImportPlan,
  IntegrityReport,
  JoinPreview,
  KeptSecretView,
  MediaView,
  MessagePage,
  MessageView,
  MonthCount,
  PageAnchor,
  PersonView,
  ReceiptView,
  SearchRequest,
  SearchSuggestion,
  SearchUpdate,
  StorageView,
  TablePreview,
  UndoResult,
  VaultStatus,
} from './view';

/** Every plaintext worker has these. WASM bytes come from the session, since a confined worker cannot fetch. */
export interface StartVerbs {
  /** Once, first. */
  start(wasm: { readonly zstd: ArrayBuffer }): Promise<void>;
}

/** And all of them that have the vault key. */
export interface ConfinedVerbs extends StartVerbs {
  /** A port to workers/vault over which the vault key (a non-extractable CryptoKey) comes; never through the main thread's code. */
  connectKey(port: MessagePort): Promise<void>;
}

/** `superseded`: a newer version of the app, in another tab, has upgraded what is kept; every verb is `newer-vault` from then on. */
export type VaultChange = 'archive-changed' | 'notes-changed' | 'superseded';

export interface VaultVerbs extends ConfinedVerbs {
  status(): Promise<VaultStatus>;
  /** Opens with the device's key where no passphrase is set; makes the vault when there is none. */
  open(): Promise<VaultStatus>;
  /** Throws `wrong-secret`, `damaged`, `newer-vault`. */
  unlock(passphrase: string): Promise<VaultStatus>;
  /** Sets or changes it; `current` is proof of the factor in use (null where there is none). Throws `secret-too-weak`, `wrong-secret`. */
  setPassphrase(next: string, current: string | null, report: ReportProgress): Promise<VaultStatus>;
  removePassphrase(current: string): Promise<VaultStatus>;
  /** Hands the key to another worker or tab over its port. */
  shareKey(port: MessagePort): Promise<void>;
  /** Calls back after each change of the archive or the notes, in any tab: what is asked for from then on shows it. */
  follow(tell: (change: VaultChange) => void): Promise<void>;

  /** Drops all that is decrypted and can be read again. */
  forgetCaches(): Promise<void>;

  conversations(): Promise<readonly ConversationView[]>;
  people(conversation: ConversationId): Promise<readonly PersonView[]>;
  page(conversation: ConversationId, anchor: PageAnchor, before: number, after: number): Promise<MessagePage>;
  months(conversation: ConversationId, zone: string): Promise<readonly MonthCount[]>;
  days(conversation: ConversationId, month: string, zone: string): Promise<readonly DayCount[]>;

  /** Counts over messages. A newer question ends an older one with `cancelled`; one about no conversations ends it only. */
  statistics(query: StatisticsQuery, report: ReportShare): Promise<StatisticsView>;
  /** The words and emoji written most; as `statistics`. */
  words(query: StatisticsQuery, report: ReportShare): Promise<WordsView>;

  /** What lies on a shelf of a conversation, by month. */
  gallery(conversation: ConversationId, shelf: GalleryShelf, zone: string): Promise<GalleryView>;
  /** Messages `from` to `to` of the shelf, the newest being 0; at most 200 at once. */
  galleryItems(conversation: ConversationId, shelf: GalleryShelf, from: number, to: number): Promise<readonly MessageView[]>;

  /** What the owner keeps in a conversation; null: in all but hidden ones. */
  kept(conversation: ConversationId | null): Promise<KeptView>;
  /** Messages as of `kept`, in the order asked for; at most 200 at once. */
  keptMessages(wanted: readonly MessageAddress[]): Promise<readonly MessageView[]>;
  /** The calendar day of `nowMs` in earlier years, the latest first; hidden conversations left out. */
  onThisDay(zone: string, nowMs: number): Promise<readonly MemoryYear[]>;
  /** A message by chance (`random` in [0, 1)) and what follows it; hidden conversations left out. */
  randomMemory(random: number): Promise<readonly MessageView[] | null>;

  /** Everyone in conversations that are not hidden, and who may be one person. */
  everyone(): Promise<EveryoneView>;

  media(sha256: Sha256Hex): Promise<MediaView | null>;
  /** The whole medium as a Blob whose type is on the whitelist, else `application/octet-stream`. Throws `not-found`, `tampered`. */
  readMedia(sha256: Sha256Hex): Promise<Blob>;
  readThumbnail(sha256: Sha256Hex): Promise<Blob | null>;
  /** The same as `readMedia`, but voice that no browser plays decoded to WAV. Throws `damaged` too, and what `readWasm` throws. */
  readVoice(sha256: Sha256Hex, readWasm: (name: LazyWasm) => Promise<ArrayBuffer>): Promise<Blob>;

  /** Without those that speak of concealed conversations only; others do not name these. */
  receipts(): Promise<readonly ReceiptView[]>;
  /** JSON of a receipt without message text. */
  exportReceipt(id: ReceiptId): Promise<string>;

  overlays(kind: OverlayKind | null): Promise<readonly Overlay[]>;
  /** Throws `locked` where it takes back that a conversation is hidden while hidden ones are not shown. */
  setOverlay(kind: OverlayKind, subject: string, fields: Readonly<Record<string, string | null>>): Promise<void>;
  /**
   * Conversations that the owner hides. Until they are shown, every verb of this worker answers as if they were removed, and the
   * same holds for searches.
   */
  hidden(): Promise<HiddenView>;
  /** Shows them in this tab, until `concealHidden` or the end of this worker. Throws `wrong-secret`; null is right where there is no passphrase. */
  showHidden(passphrase: string | null): Promise<void>;
  concealHidden(): Promise<void>;
  settings(): Promise<Readonly<Record<string, string>>>;
  setSetting(name: string, value: string): Promise<void>;

  /** Secrets of archives that were kept by a tick, the newest first; the secrets themselves are given to nobody. */
  keptSecrets(): Promise<readonly KeptSecretView[]>;
  forgetSecret(id: string): Promise<void>;

  storage(): Promise<StorageView>;
  verify(report: ReportProgress): Promise<IntegrityReport>;
  /** Deletes databases and caches that a worker can reach; the session does the rest. */
  forgetEverything(): Promise<void>;
}

/** WebAssembly that only some archives and media need: fetched by the session when a worker asks for it. */
export type LazyWasm = 'sqlite' | 'silk';

/** What a drop hands over: single Files, or a folder's files with their paths. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

export interface ImportVerbs extends ConfinedVerbs {
  /** Once, after `start`: how such bytes are had. */
  provideWasm(read: (name: LazyWasm) => Promise<ArrayBuffer>): Promise<void>;
  /** Detects, previews and matches; keeps nothing. */
  plan(drop: readonly DroppedFile[], zone: string, report: ReportProgress): Promise<ImportPlan>;
  /** The same drop with other answers: counts, preview and proposals follow. */
  replan(planId: string, choices: readonly ImportChoice[], report: ReportProgress): Promise<ImportPlan>;
  /**
   * Opens a locked file of the plan with what the owner typed or pasted, or with a key file; a new plan of the same drop, in place of this one.
   * With `keeps` the secret is kept for the next archive, if it opens this one. Throws `wrong-secret`, `secret-malformed` (the plan stays), `damaged`, `secret-costs-too-much`, `unsupported-version`, `archive-limit`.
   */
  unlock(planId: string, fileId: string, secret: Secret, report: ReportProgress, keeps?: boolean): Promise<ImportPlan>;
  /**
   * Looks into these apps of a phone's backup, by their ids in `BackupView`, and no other; a new plan of the same drop, in place of
   * this one. Throws `not-found` where the file is no open backup.
   */
  chooseApps(planId: string, fileId: string, appIds: readonly string[], report: ReportProgress): Promise<ImportPlan>;
  /**
   * A file of the plan as a table, read by `draft`; null: as it was mapped before, else by what is guessed. Reads at most
   * 256 KiB of it. Throws `not-found`, `unrecognised-archive` where it is no table.
   */
  previewTable(planId: string, fileId: string, draft: TableDraft | null): Promise<TablePreview>;
  /**
   * The same plan with this file, and all of the drop that nothing recognised and that have the same columns, as archives
   * read by `mapping`; null: no longer as one. Choices as of `replan`.
   */
  mapTable(
    planId: string,
    fileId: string,
    mapping: TableMapping | null,
    choices: readonly ImportChoice[],
    report: ReportProgress,
  ): Promise<ImportPlan>;
  /** All chosen archives in one commit each; returns a receipt for each. Cancelled by terminating the worker. */
  run(planId: string, choices: readonly ImportChoice[], report: ReportProgress): Promise<readonly ReceiptView[]>;
  /** Plans to read again what an earlier import kept raw. Throws `not-found` where nothing of it can be. */
  planAgain(receipt: ReceiptId, zone: string, report: ReportProgress): Promise<ImportPlan>;
  /** Plans the restoring of a snapshot that workers/backup serves over the port: one archive, `camphor-snapshot`. */
  planSnapshot(port: MessagePort, report: ReportProgress): Promise<ImportPlan>;
  undo(receipt: ReceiptId, report: ReportProgress): Promise<UndoResult>;
  /**
   * Removes it from this vault, with all that is joined with it. `here` keeps no tombstone: another device or a restore brings it back. Without `reach` it is
   * `later-backups`: it stays away until an archive that holds it is imported. `all-backups` keeps no name of it either.
   */
  removeConversation(conversation: ConversationId, report: ReportProgress, reach?: RemovalReach): Promise<void>;
  /** Removes the kept original of an import; what was read of it stays. Throws `not-found`. */
  dropOriginal(receipt: ReceiptId): Promise<void>;
  /** What joining two would give; keeps nothing. Throws `not-found`. */
  previewJoin(into: ConversationId, from: ConversationId, report: ReportProgress): Promise<JoinPreview>;
  /** Shows `from` as part of `into` from now on; both stay as they are beneath. */
  joinConversations(into: ConversationId, from: ConversationId, report: ReportProgress): Promise<void>;
  /** Takes apart all that is joined with it: each is again what it was. */
  separateConversations(conversation: ConversationId, report: ReportProgress): Promise<void>;
}

export interface ExportVerbs extends ConfinedVerbs {
  /**
   * Writes the whole archive as one age file and reads all of it back: into the file that the owner chose or, with null, inside
   * of the browser under `privateExportName`, after its room was checked. Cancelled by terminating the worker. Throws
   * `secret-too-weak`, `recipient-invalid`, `storage-full`, `storage-failed`, `storage-unavailable`, `archive-limit`, `damaged`.
   */
  exportAge(lock: ExportLock, target: FileSystemFileHandle | null, report: ReportProgress): Promise<ExportResult>;
  /**
   * Writes messages in the clear: into the file that the owner chose or, with null, inside of the browser under
   * `privateMessagesName`. Throws `not-found`, `storage-full`, `storage-failed`, `storage-unavailable`, and what reading throws.
   */
  exportMessages(
    request: MessageExport | EvidenceExport,
    target: FileSystemFileHandle | null,
    report: (progress: MessageExportProgress) => void,
  ): Promise<MessageExportResult>;
}

/** Which of how many parts of the vault. */
export interface SearchShare {
  readonly index: number;
  readonly of: number;
}

/** One of a pool; the session gives each worker its share of every search. */
export interface SearchVerbs extends ConfinedVerbs {
  /** Reads what searches in this zone look at first, until one begins or the caches are forgotten. */
  prepare(share: SearchShare, zone: string): Promise<void>;
  /** For all searches after it: hidden conversations are searched too. */
  showHidden(): Promise<void>;
  /** Calls back with updates until one is `done`. A newer search on the same worker ends this one silently. */
  search(request: SearchRequest, share: SearchShare, update: (update: SearchUpdate) => void): Promise<void>;
  suggest(text: string, cursor: number, language: string): Promise<readonly SearchSuggestion[]>;
  /** Drops all decrypted text. */
  forgetCaches(): Promise<void>;
}

/**
 * workers/backup: plans, sends, checks and brings back. It holds the vault and the repository's keys, and reaches the drive only
 * through the port to workers/drive. One long verb at a time; `pause` ends it at its next commit point with `cancelled`.
 */
export interface BackupVerbs extends ConfinedVerbs {
  /** The port to workers/drive, and how to get one to workers/sealing; null: what is backed up is sealed here. */
  connect(drive: MessagePort, startSealing: (() => Promise<MessagePort>) | null): Promise<void>;

  drives(): Promise<readonly DriveStatus[]>;
  /**
   * By drive: from when on (ms) messages of a conversation may be missing in the newest backup that this device made there; null
   * where none is. Throws `not-found`.
   */
  coverage(conversation: ConversationId): Promise<ReadonlyMap<string, number | null>>;
  /** Examines a drive that is being set up, or (by id) one that is there; keeps the findings of the latter. */
  examine(drive: DriveConfig | string, report: (step: DoctorStep) => void): Promise<DoctorReport>;
  /** Makes a repository, or opens the one that is there, and keeps the drive. Throws `repository-exists`, `no-repository`, `wrong-secret`. */
  addDrive(
    drive: DriveConfig,
    how: { readonly name: string; readonly mode: 'create' | 'open'; readonly secret: RepositorySecret },
    report: ReportBackup,
  ): Promise<DriveStatus>;
  /** New credentials or another way to the same repository. */
  changeDrive(id: string, drive: DriveConfig): Promise<DriveStatus>;
  configureDrive(
    id: string,
    change: Partial<{
      readonly name: string;
      readonly schedule: BackupSchedule;
      readonly conditions: BackupConditions;
      readonly retention: RetentionPolicy;
      readonly isSynced: boolean;
    }>,
  ): Promise<DriveStatus>;
  /** Forgets how to reach it; what is on the drive stays. */
  dropDrive(id: string): Promise<void>;

  /** Begins consent at a service (drives/sign-in.ts); the page opens the address. */
  beginSignIn(kind: CloudKind, clientId: string, returnUrl: string): Promise<BegunSignIn>;
  /** Throws `sign-in-refused`, `sign-in-failed`. */
  finishSignIn(answer: SignInAnswer): Promise<SignedIn>;
  /** The same where no window opens: the page goes to the address, and what proves the answer ours is sealed in the vault. */
  leaveForSignIn(kind: CloudKind, clientId: string, returnUrl: string): Promise<LeftSignIn>;
  /** Takes the answer as it was sealed under the key of the last `leaveForSignIn`, once. Throws as `finishSignIn`. */
  returnFromSignIn(sealed: string): Promise<SignedIn>;

  /** For a folder drive: its handle, so that the page can ask for permission. */
  folderOf(id: string): Promise<FileSystemDirectoryHandle | null>;

  plan(id: string, report: ReportBackup): Promise<BackupPlan>;
  /** The part of a plan that costs no look at what the vault holds: snapshots of other devices that were not taken in. */
  others(id: string, report: ReportBackup): Promise<readonly SnapshotView[]>;
  /**
   * The session first takes in what other devices have brought, unless `withoutPull`. Throws `vault-shrank` where this would
   * follow a snapshot of much more, unless `evenIfSmaller`.
   */
  run(
    id: string,
    options: { readonly evenIfSmaller: boolean; readonly withoutPull?: boolean },
    report: ReportBackup,
  ): Promise<BackupResult>;
  /** What the snapshot holds was taken into this vault. */
  noteTaken(id: string, snapshot: string): Promise<void>;
  pause(): Promise<void>;

  history(id: string): Promise<readonly SnapshotView[]>;
  browse(id: string, snapshot: string, path: string): Promise<readonly BrowseEntry[]>;
  /** A file of a snapshot, at most 64 MiB of it. */
  readFile(id: string, snapshot: string, path: string): Promise<Blob>;
  snapshotConversations(id: string, snapshot: string): Promise<readonly SnapshotConversation[]>;
  /** Serves a snapshot over the port to workers/import, for as long as that port is open. */
  serveSnapshot(id: string, snapshot: string, port: MessagePort): Promise<void>;
  /** Brings media here that lie on a drive only; null: all of them. */
  fetchMedia(media: readonly Sha256Hex[] | null, report: (progress: RestoreProgress) => void): Promise<RestoreProgress>;

  /** What letting go of such media that the drive's newest snapshot has would free here. */
  planFreeing(id: string, choice: FreeingChoice): Promise<FreeingView>;
  /** Lets them go; each is fetched again when it is opened. Throws `repository-damaged` where the drive is not whole. */
  freeMedia(id: string, choice: FreeingChoice, report: ReportBackup): Promise<FreeingView>;

  check(id: string, report: ReportBackup): Promise<CheckReport>;
  /** `share` 1 reads everything. */
  verify(id: string, share: number, report: ReportBackup): Promise<VerifyReport>;
  /** Restores a sample into nowhere and compares it with the vault. */
  drill(id: string, report: ReportBackup): Promise<{ readonly messages: number; readonly media: number; readonly differences: number }>;
  planForget(id: string): Promise<ForgetPlan>;
  forget(id: string, snapshots: readonly string[]): Promise<void>;
  planPrune(id: string): Promise<PrunePlan>;
  prune(id: string, plan: PrunePlan, report: ReportBackup): Promise<void>;
  planRepair(id: string, report: ReportBackup): Promise<RepairPlan>;
  /** Also sends anew what is damaged there and whole here. */
  repair(id: string, plan: RepairPlan, report: ReportBackup): Promise<{ readonly healedBlobs: number; readonly stillLost: number }>;
  planRemoval(id: string, conversation: ConversationId): Promise<RemovalPlan>;
  removeFromBackups(id: string, conversation: ConversationId, reach: RemovalReach, report: ReportBackup): Promise<PrunePlan | null>;

  keys(id: string): Promise<readonly KeyView[]>;
  addKey(id: string, secret: RepositorySecret): Promise<KeyView>;
  removeKey(id: string, key: string): Promise<void>;
  /** 24 words, new each time; kept nowhere. */
  makeRecoveryWords(language: 'en' | 'zh-CN'): Promise<readonly string[]>;
  /** Text of a new key file. */
  makeKeyFile(): Promise<string>;
  recoverySheet(id: string, words: readonly string[]): Promise<RecoverySheet>;
}

/** workers/drive, as the session sees it: it is only introduced. What goes over the port is `DrivePortVerbs`. */
export interface DriveVerbs {
  connect(port: MessagePort): Promise<void>;
}

/** workers/sealing, as the session sees it: it is only introduced. What goes over the port is `SealingPortVerbs`. */
export interface SealingVerbs extends StartVerbs {
  connect(port: MessagePort): Promise<void>;
}

/** A snapshot served over a port to workers/import: what restoring reads. Paths are those of docs/format.md. */
export interface ServedSnapshotVerbs {
  /** Which repository it lies in, so that media can be left there. */
  readonly repositoryId: () => Promise<string>;
  /** All files, in tree order, 10,000 at a time; the last page is shorter. */
  list(fromIndex: number): Promise<readonly ServedFile[]>;
  /** Bytes [fromByte, toByte) of a file. */
  read(index: number, fromByte: number, toByte: number): Promise<Uint8Array<ArrayBuffer>>;
}

export interface ServedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly blobs: readonly string[];
}
