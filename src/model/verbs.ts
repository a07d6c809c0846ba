// The verbs of the workers, as the session calls them (through comlink; every result is a promise there).
// A callback is made once a job, never once a message. Errors cross as CamphorError.

import type { ConversationId, ReceiptId, Sha256Hex } from './ids';
import type { Overlay, OverlayKind } from './overlay';
import type { ReportProgress } from './progress';
import type {
  ConversationView,
  DayCount,
  ImportChoice,
  ImportPlan,
  IntegrityReport,
  MediaView,
  MessagePage,
  MonthCount,
  PageAnchor,
  PersonView,
  ReceiptView,
  SearchRequest,
  SearchSuggestion,
  SearchUpdate,
  StorageView,
  UndoResult,
  VaultStatus,
} from './view';

/** Every plaintext worker has these. WASM bytes come from the session, since a confined worker cannot fetch. */
export interface ConfinedVerbs {
  /** Once, first. */
  start(wasm: { readonly zstd: ArrayBuffer }): Promise<void>;
  /** A port to workers/vault over which the vault key (a non-extractable CryptoKey) comes; never through the main thread's code. */
  connectKey(port: MessagePort): Promise<void>;
}

export type VaultChange = 'archive-changed' | 'notes-changed';

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

  conversations(): Promise<readonly ConversationView[]>;
  people(conversation: ConversationId): Promise<readonly PersonView[]>;
  page(conversation: ConversationId, anchor: PageAnchor, before: number, after: number): Promise<MessagePage>;
  months(conversation: ConversationId, zone: string): Promise<readonly MonthCount[]>;
  days(conversation: ConversationId, month: string, zone: string): Promise<readonly DayCount[]>;

  media(sha256: Sha256Hex): Promise<MediaView | null>;
  /** The whole medium as a Blob whose type is on the whitelist, else `application/octet-stream`. Throws `not-found`, `tampered`. */
  readMedia(sha256: Sha256Hex): Promise<Blob>;
  readThumbnail(sha256: Sha256Hex): Promise<Blob | null>;

  receipts(): Promise<readonly ReceiptView[]>;
  /** JSON of a receipt without message text. */
  exportReceipt(id: ReceiptId): Promise<string>;

  overlays(kind: OverlayKind | null): Promise<readonly Overlay[]>;
  setOverlay(kind: OverlayKind, subject: string, fields: Readonly<Record<string, string | null>>): Promise<void>;
  settings(): Promise<Readonly<Record<string, string>>>;
  setSetting(name: string, value: string): Promise<void>;

  storage(): Promise<StorageView>;
  verify(report: ReportProgress): Promise<IntegrityReport>;
  /** Deletes databases and caches that a worker can reach; the session does the rest. */
  forgetEverything(): Promise<void>;
}

/** What a drop hands over: single Files, or a folder's files with their paths. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

export interface ImportVerbs extends ConfinedVerbs {
  /** Detects, previews and matches; keeps nothing. */
  plan(drop: readonly DroppedFile[], zone: string, report: ReportProgress): Promise<ImportPlan>;
  /** The same drop with other answers: counts, preview and proposals follow. */
  replan(planId: string, choices: readonly ImportChoice[], report: ReportProgress): Promise<ImportPlan>;
  /** All chosen archives in one commit each; returns a receipt for each. Cancelled by terminating the worker. */
  run(planId: string, choices: readonly ImportChoice[], report: ReportProgress): Promise<readonly ReceiptView[]>;
  undo(receipt: ReceiptId, report: ReportProgress): Promise<UndoResult>;
  removeConversation(conversation: ConversationId, report: ReportProgress): Promise<void>;
}

/** One of a pool; the session gives each worker its share of every search. */
export interface SearchVerbs extends ConfinedVerbs {
  /** Calls back with updates until one is `done`. A newer search on the same worker ends this one silently. */
  search(
    request: SearchRequest,
    share: { readonly index: number; readonly of: number },
    update: (update: SearchUpdate) => void,
  ): Promise<void>;
  suggest(text: string, cursor: number, language: string): Promise<readonly SearchSuggestion[]>;
  /** Drops all decrypted text. */
  forgetCaches(): Promise<void>;
}
