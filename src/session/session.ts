// What the screen knows of the rest of the app: one object, made once by `createSession()` (create-session.ts).
// Every promise rejects with CamphorError only. After a lock the next call starts fresh workers by itself.

import type { RemovalReach } from '../model/backup-view';
import type { EvidenceExport, ExportLock, ExportResult, MessageExport, MessageExportProgress, MessageExportResult } from '../model/export';
import type { ConversationId, ReceiptId, Sha256Hex } from '../model/ids';
import type { Language } from '../model/language';
import type { ReportProgress } from '../model/progress';
import type { Secret } from '../model/secret-form';
import type { TableDraft, TableMapping } from '../model/table-mapping';
import type { BackupVerbs, DroppedFile, VaultVerbs } from '../model/verbs';
import type {
  ImportChoice,
  ImportPlan,
  JoinPreview,
  ReceiptView,
  SearchRequest,
  SearchSuggestion,
  SearchUpdate,
  TablePreview,
  UndoResult,
} from '../model/view';

/** The verbs of workers/vault that the screen may call; keys, media bytes and wiping go through the session. */
export type VaultCalls = Omit<
  VaultVerbs,
  | 'start'
  | 'connectKey'
  | 'shareKey'
  | 'follow'
  | 'readMedia'
  | 'readThumbnail'
  | 'readVoice'
  | 'forgetEverything'
  | 'forgetCaches'
  | 'showHidden'
  | 'concealHidden'
>;

/**
 * The verbs of workers/backup that the screen may call; workers start when first asked. While one of the long ones runs, this
 * tab holds the Web Lock `camphor-importing` (no update comes between) and a screen wake lock.
 */
export type BackupCalls = Omit<BackupVerbs, 'start' | 'connectKey' | 'connect' | 'serveSnapshot' | 'folderOf' | 'noteTaken' | 'others'> & {
  /** A backup, restore, check or repair is running in this tab. */
  readonly isRunning: boolean;
  /** An import job whose one archive is a snapshot of a drive; goes on with `run` as any import. */
  startRestore(drive: string, snapshot: string, report: ReportProgress): Promise<{ readonly job: ImportJob; readonly plan: ImportPlan }>;
  /** The browser's folder chooser; null where there is none or it was closed. Needs a click. */
  chooseFolder(): Promise<FileSystemDirectoryHandle | null>;
  /** Asks for the folder's permission again. Needs a click. */
  allowFolder(drive: string): Promise<boolean>;
  readonly hasFolderChooser: boolean;
  readonly hasPasskeys: boolean;
  /** False where no drive was ever set up in this browser, as far as it remembers outside of the vault. */
  readonly mayHaveDrives: boolean;
  /** Output of a passkey, made now or asked for; null where the owner or the browser declines. Needs a click. */
  passkeyText(mode: 'create' | 'ask'): Promise<string | null>;
};

/** The whole archive as one age file, read back before it is called done, or messages in the clear; by a worker of its own. */
export interface ExportCalls {
  /** True where the browser writes straight to a file that the owner chooses. */
  readonly hasFileChooser: boolean;
  /** The browser's dialog for saving; null where there is none or it was closed. Needs a click. */
  chooseFile(name: string): Promise<FileSystemFileHandle | null>;
  /**
   * One at a time over all tabs (`busy`). With a null target the file lies inside of the browser, its room checked first, and
   * is `file` of the result, to be downloaded. Stages are `scanning`, `sealing` and `verifying`.
   */
  run(
    lock: ExportLock,
    target: FileSystemFileHandle | null,
    report: ReportProgress,
  ): Promise<ExportResult & { readonly file: File | null }>;
  /** The same for messages in the clear; what lies inside of the browser goes when the owner locks by hand. */
  runMessages(
    request: MessageExport | EvidenceExport,
    target: FileSystemFileHandle | null,
    report: (progress: MessageExportProgress) => void,
  ): Promise<MessageExportResult & { readonly file: File | null }>;
  /** At once; nothing of it is left, and a file that was to be replaced is as it was. What ran rejects with `cancelled`. */
  cancel(): void;
  /** Removes what `run` or `runMessages` left inside of the browser. */
  discard(what: 'archive' | 'messages'): Promise<void>;
}

/** One archive being taken in, in a worker of its own from the plan to the receipts. */
export interface ImportJob {
  /** Detects, previews and matches; keeps nothing. `zone` is an IANA zone for clocks without one. */
  plan(drop: readonly DroppedFile[], zone: string, report: ReportProgress): Promise<ImportPlan>;
  /** What an earlier import kept raw, to be read again. */
  planAgain(receipt: ReceiptId, zone: string, report: ReportProgress): Promise<ImportPlan>;
  /** The same drop with other answers. */
  replan(choices: readonly ImportChoice[], report: ReportProgress): Promise<ImportPlan>;
  /** The same drop with one of its locked files open. With `keeps` its secret is kept. Rejects with `wrong-secret`, `damaged` …; the plan stays as it was. */
  unlock(fileId: string, secret: Secret, report: ReportProgress, keeps?: boolean): Promise<ImportPlan>;
  /** The same drop, with these apps of a phone's backup looked into. */
  chooseApps(fileId: string, appIds: readonly string[], report: ReportProgress): Promise<ImportPlan>;
  /** As of `ImportVerbs`. */
  previewTable(fileId: string, draft: TableDraft | null): Promise<TablePreview>;
  mapTable(fileId: string, mapping: TableMapping | null, choices: readonly ImportChoice[], report: ReportProgress): Promise<ImportPlan>;
  /** Commits each chosen archive; holds a screen wake lock meanwhile. The worker ends with it. */
  run(choices: readonly ImportChoice[], report: ReportProgress): Promise<readonly ReceiptView[]>;
  /** Terminates the worker at once; what was not committed is as if it had never been. Pending calls reject with `cancelled`. */
  cancel(): void;
  /** Where set, an idle lock does not limit this job to ten more minutes. */
  finishWhileLocked: boolean;
}

/** A search under way. */
export interface SearchRun {
  /** Resolves when the last update was delivered or the run was cancelled; rejects with `query-invalid`, `query-too-slow` … */
  readonly finished: Promise<void>;
  cancel(): void;
}

/** Choices that are needed before the vault is open; kept in the clear in this browser, so never anything about a chat. */
export interface Preferences {
  /** `system` follows navigator.languages. */
  readonly language: 'system' | Language;
  readonly theme: 'system' | 'light' | 'dark';
  /** Of all text; the browser's own zoom and text size come on top. */
  readonly textSize: 'small' | 'usual' | 'large' | 'largest';
  /** How much room lies between messages and between conversations. */
  readonly density: 'roomy' | 'compact';
  /** Minutes without input until the screen closes; 0 is never. */
  readonly idleLockMin: number;
  /** The version whose news the owner has seen; '' before any. */
  readonly seenVersion: string;
}

export type SessionEvent =
  /** An import, undo or removal was committed, in this tab or another: read lists and pages again. */
  | { readonly kind: 'archive-changed' }
  /** Overlays or settings changed, in this tab or another. */
  | { readonly kind: 'notes-changed' }
  /** A newer version in another tab has upgraded what is kept: every call is `newer-vault` until this tab is reloaded. */
  | { readonly kind: 'superseded' }
  /** Drop everything shown. By then workers are gone and blob URLs revoked. */
  | { readonly kind: 'locked'; readonly by: 'hand' | 'idle' | 'other-tab' }
  /** Hidden conversations are no longer shown: drop what may be theirs. */
  | { readonly kind: 'concealed' }
  /** The idle lock comes in `seconds` unless there is input. */
  | { readonly kind: 'lock-near'; readonly seconds: number }
  /** There was input after `lock-near`. */
  | { readonly kind: 'lock-averted' }
  | { readonly kind: 'preferences-changed'; readonly preferences: Preferences }
  /** A new version waits; `session.update()` changes to it. */
  | { readonly kind: 'update-ready' }
  /** A drive's status changed: a backup ended, a schedule came due, settings changed in another tab. */
  | { readonly kind: 'backup-changed' }
  /** The browser offers installation; `session.install()` asks. */
  | { readonly kind: 'install-ready' }
  /** All was deleted, here or in another tab: go to the first screen. */
  | { readonly kind: 'forgotten' };

export interface Session {
  readonly vault: VaultCalls;
  readonly backup: BackupCalls;
  readonly exports: ExportCalls;

  /** A job in a fresh confined worker. */
  startImport(): ImportJob;
  /** True while an import, undo or removal is being committed in this tab. */
  readonly importing: boolean;
  undoImport(receipt: ReceiptId, report: ReportProgress): Promise<UndoResult>;
  /** `reach` as of `ImportVerbs.removeConversation`; drives are `backup.removeFromBackups`'s. */
  removeConversation(conversation: ConversationId, report: ReportProgress, reach?: RemovalReach): Promise<void>;
  /** Removes the kept original of an import; what was read of it stays. */
  dropOriginal(receipt: ReceiptId): Promise<void>;
  /** As of `ImportVerbs`: what joining would give, joining, and taking apart again. */
  previewJoin(into: ConversationId, from: ConversationId, report: ReportProgress): Promise<JoinPreview>;
  joinConversations(into: ConversationId, from: ConversationId, report: ReportProgress): Promise<void>;
  separateConversations(conversation: ConversationId, report: ReportProgress): Promise<void>;
  /** The invented demo archive, ready for `plan`. */
  demoArchive(): Promise<readonly DroppedFile[]>;

  /** Starts the pool and lets it read what the first search needs; `zone` is that of the search. */
  prepareSearch(zone: string): Promise<void>;
  /** Merged over the pool: hits in the order asked for as they are found, counts summed. A newer search ends an older one. */
  search(request: SearchRequest, onUpdate: (update: SearchUpdate) => void): SearchRun;
  suggest(text: string, cursor: number, language: string): Promise<readonly SearchSuggestion[]>;

  /** A blob URL, kept until it is the least recently asked for of many, or the lock. Rejects with `not-found`, `tampered`. */
  mediaUrl(sha256: Sha256Hex): Promise<string>;
  /** The same for an audio element: voice that no browser plays is decoded. Rejects with `damaged` and `offline` too. */
  audioUrl(sha256: Sha256Hex): Promise<string>;
  /** How loud it is along its length: 48 shares of the loudest; null where the browser cannot decode it. */
  audioShape(sha256: Sha256Hex): Promise<readonly number[] | null>;
  /** Null where there is no thumbnail. */
  thumbnailUrl(sha256: Sha256Hex): Promise<string | null>;

  /**
   * Shows hidden conversations in this tab until the lock, until nobody has looked at the tab for as long as the idle lock waits,
   * or until `hideAgain`. Rejects with `wrong-secret`; null where there is no passphrase.
   */
  showHidden(passphrase: string | null): Promise<void>;
  hideAgain(): Promise<void>;

  /** Ends everything at once, on all tabs. */
  lock(): void;
  /** Returns how to stop listening. */
  onEvent(listener: (event: SessionEvent) => void): () => void;

  readonly preferences: Preferences;
  setPreferences(change: Partial<Preferences>): void;

  /** True when the browser has offered installation and was not asked yet. */
  readonly installable: boolean;
  install(): Promise<'accepted' | 'dismissed'>;
  /** True when a new version waits. */
  readonly updateReady: boolean;
  /** Changes all tabs to the new version and reloads them. Rejects with `busy` while anything is being imported in any tab. */
  update(): Promise<void>;

  /** Asks the browser to keep the data; its answer. Call after the first import. */
  askToPersist(): Promise<boolean>;
  /** The licences of all that the app is made with, in English. Rejects with `offline`. */
  readLicences(): Promise<string>;
  /** True where other sites live on the same origin (`*.github.io/<project>` …) and could read what is kept here. */
  readonly sharesOrigin: boolean;
  /** Deletes databases, caches, files, service worker and preferences, on all tabs; `forgotten` follows. */
  forgetEverything(): Promise<void>;
}
