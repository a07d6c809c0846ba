// What workers hand to the screen: plain data, small, already worked out. No view holds a key or a handle.

import type { ConversationId, PersonId, ReceiptId, Sha256Hex } from './ids';
import type { Message } from './message';
import type { Receipt } from './receipt';
import type { ConversationShape, MessageKind } from './record';
import type { BackupView } from './phone-backup';
import type { LockedFile } from './locked-file';
import type { SourceApp } from './source';
import type { TableMapping } from './table-mapping';

export type { KeptSecretView, LockedFile, LockKind } from './locked-file';

export type VaultState =
  | /** Nothing kept yet. */ 'empty'
  | 'open'
  /** A passphrase is needed. */
  | 'locked'
  /** Written by a newer version: shown read-only. */
  | 'newer'
  /** One half is gone (evicted by the browser). */
  | 'evicted'
  | 'damaged';

export interface VaultStatus {
  readonly state: VaultState;
  readonly hasPassphrase: boolean;
  /** Media still sealed under the key from before the passphrase was set. */
  readonly resealing: boolean;
  readonly readOnly: boolean;
  readonly persisted: boolean | null;
}

export interface PersonView {
  readonly id: PersonId;
  readonly name: string;
  readonly names: readonly string[];
  readonly isOwner: boolean;
  /** 0..7, stable: the hue of the name in groups. */
  readonly hue: number;
}

export interface ConversationView {
  readonly id: ConversationId;
  readonly name: string;
  readonly source: SourceApp;
  readonly shape: ConversationShape;
  readonly messageCount: number;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  readonly last: { readonly text: string; readonly senderName: string | null; readonly kind: MessageKind } | null;
  readonly pinned: boolean;
  readonly hidden: boolean;
  /** Null where times are instants; else the zone they were read in. */
  readonly zone: string | null;
  readonly demo: boolean;
  /** The conversations that were joined to this one, as they are called. */
  readonly joined?: readonly { readonly id: ConversationId; readonly name: string; readonly source: SourceApp }[];
}

/** Conversations that the owner hides, as far as the screen may know of them while they are not shown. */
export interface HiddenView {
  readonly count: number;
  /** They are shown in this tab for now. */
  readonly shown: boolean;
}

/** Pieces that an earlier revision of an importer kept raw, and the present one may understand. */
export interface ReadAgainView {
  readonly receipt: ReceiptId;
  readonly revision: number;
  readonly pieces: number;
  /** Cut when they were kept, or not kept: without the original they cannot be read. */
  readonly cut: number;
  readonly fromOriginal: boolean;
}

/** What joining two conversations would give. */
export interface JoinPreview {
  /** Messages that both have. */
  readonly same: number;
  readonly onlyHere: number;
  readonly onlyThere: number;
  /** By how much the other's clocks are put right; 0 where they agree. */
  readonly shiftMinutes: number;
}

export interface MessageView extends Message {
  readonly conversation: ConversationId;
  /** Position in the conversation's time order, from 0. */
  readonly position: number;
  readonly senderView: PersonView | null;
  readonly own: boolean;
  readonly bookmarked: boolean;
  /** What the owner wrote beside it. */
  readonly note?: string;
  readonly tags?: readonly string[];
  /** The message replied to, where it is known. */
  readonly reply: { readonly position: number | null; readonly senderName: string | null; readonly excerpt: string } | null;
}

/** Where to read: around a date, at a position, at a message, or at an end. */
export type PageAnchor =
  | { readonly at: 'start' }
  | { readonly at: 'end' }
  | { readonly at: 'time'; readonly sentAtMs: number }
  | { readonly at: 'position'; readonly position: number }
  | { readonly at: 'seq'; readonly seq: number };

export interface MessagePage {
  readonly conversation: ConversationId;
  readonly messageCount: number;
  /** Position of the first message below. */
  readonly fromPosition: number;
  readonly messages: readonly MessageView[];
  /** Position that the anchor stands for. */
  readonly anchorPosition: number;
}

/** Messages by month, for the rail and the calendar; `month` is `yyyy-mm` in the zone of the screen. */
export interface MonthCount {
  readonly month: string;
  readonly firstPosition: number;
  readonly messageCount: number;
}
export interface DayCount {
  /** `yyyy-mm-dd` in the zone of the screen. */
  readonly day: string;
  readonly firstPosition: number;
  readonly messageCount: number;
}

export interface MediaView {
  readonly sha256: Sha256Hex;
  readonly mime: string;
  readonly sizeBytes: number;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  /** False where its bytes are on a drive only, or nowhere that is known. */
  readonly isHere: boolean;
}

export interface StorageView {
  readonly usageBytes: number;
  readonly quotaBytes: number;
  readonly persisted: boolean | null;
  readonly messages: number;
  readonly mediaCount: number;
  readonly mediaBytes: number;
  readonly segmentCount: number;
}

export interface IntegrityReport {
  readonly objectsChecked: number;
  readonly bytesChecked: number;
  readonly damaged: readonly {
    readonly what: 'segment' | 'media' | 'page' | 'receipt';
    readonly id: string;
    readonly reason: 'missing' | 'tampered' | 'hash';
  }[];
}

/** What can be said of a file that nothing recognised, without anything of what it holds. */
export interface SeenFile {
  readonly fileId: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** By its first bytes; `text/plain` for text of no known type, `application/octet-stream` where they say nothing. */
  readonly mime: string;
  /** Of a text: its encoding. */
  readonly encoding: string | null;
  /** Of a text the first lines, scrambled: letters are x, Han 字, digits 0. */
  readonly lines: readonly string[];
  /** True where it can be read as a table: `ImportVerbs.previewTable`. */
  readonly isTable: boolean;
}

/** A column of a table, with some of its cells. */
export interface TableColumn {
  readonly name: string;
  readonly examples: readonly string[];
}

/** One way to read a file as a table. */
export interface TableReading extends Pick<TableMapping, 'form' | 'rows' | 'hasHeader'> {
  readonly columns: readonly TableColumn[];
}

/** A table, and the first messages that a mapping makes of it. */
export interface TablePreview {
  /** Likeliest first; never empty. */
  readonly readings: readonly TableReading[];
  /** Complete: what was left open is guessed. */
  readonly mapping: TableMapping;
  /** False where day and month may as well be the other way round. */
  readonly isTimeCertain: boolean;
  /** The first times, as they are written and as they are read; null where one cannot be. */
  readonly times: readonly { readonly text: string; readonly atMs: number | null }[];
  /** Values of the column `kind` among the first rows. */
  readonly kindValues: readonly string[];
  /** How many of the first rows became messages. */
  readonly messages: number;
  readonly rows: number;
  readonly first: readonly PreviewedMessage[];
  /** Times are clocks without a zone. */
  readonly isZoneless: boolean;
}

export interface PreviewedMessage {
  readonly senderName: string | null;
  readonly isOwn: boolean;
  readonly conversationName: string;
  readonly sentAtMs: number;
  readonly kind: MessageKind;
  readonly text: string;
  /** Names of its files. */
  readonly attachments: readonly string[];
}

/** What a drop holds, before anything is kept. */
export interface ImportPlan {
  readonly planId: string;
  readonly archives: readonly PlannedArchive[];
  /** Where the plan is to read pieces of an earlier import again. */
  readonly again?: ReadAgainView;
  /** Nothing is known of what is in them. */
  readonly locked: readonly LockedFile[];
  /** Phones' backups, of which the owner chooses apps. */
  readonly backups: readonly BackupView[];
  /** Names of files that nothing recognised. */
  readonly unrecognised: readonly string[];
  /** The first of them, looked into. */
  readonly seen: readonly SeenFile[];
  /** Apps whose archives can be read. */
  readonly readable: readonly SourceApp[];
  readonly problems: readonly { readonly code: string; readonly detail: string }[];
}

export interface PlannedQuestion {
  readonly id: string;
  readonly kind: 'date-order' | 'year' | 'owner' | 'zone' | 'clock-shift' | 'country';
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly answer: string | null;
  readonly certain: boolean;
}

export interface PlannedConversation {
  /** Number inside the archive. */
  readonly index: number;
  readonly name: string | null;
  readonly shape: ConversationShape;
  readonly messages: number;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  /** The proposal; `alternatives` are what the owner may choose instead. */
  readonly proposal:
    | { readonly kind: 'new' }
    | {
        readonly kind: 'continues';
        readonly conversation: ConversationId;
        readonly name: string;
        readonly known: number;
        readonly added: number;
        readonly removed: boolean;
      };
  readonly alternatives: readonly { readonly conversation: ConversationId; readonly name: string }[];
}

export interface PlannedArchive {
  readonly archiveId: string;
  readonly title: string | null;
  readonly source: SourceApp;
  readonly format: string;
  readonly formatVersion: string;
  /** Of encrypted databases what they were written with, such as `SQLCipher 4`; absent where none was. */
  readonly openedAs?: string;
  readonly sizeBytes: number;
  readonly messages: number;
  /** True where the counts are whole; false where only the beginning was read. */
  readonly counted: boolean;
  readonly mediaFound: number;
  readonly mediaBytes: number;
  readonly mediaMissing: number;
  /** For contacts, which are in no conversation: how many numbers and addresses it names, and the first of them. */
  readonly contacts?: {
    readonly count: number;
    readonly first: readonly { readonly name: string; readonly number: string }[];
  };
  readonly questions: readonly PlannedQuestion[];
  /** Size of the original, which may be kept as well; absent where it cannot. */
  readonly originalBytes?: number;
  readonly conversations: readonly PlannedConversation[];
  /** The first messages, as they will look. */
  readonly preview: readonly {
    readonly senderName: string | null;
    readonly sentAtMs: number;
    readonly kind: MessageKind;
    readonly text: string;
  }[];
  /** Where the owner says what its columns are: the file, for `ImportVerbs.previewTable`. */
  readonly tableId?: string;
  readonly fits: { readonly neededBytes: number; readonly freeBytes: number; readonly ok: boolean };
}

/** The owner's choices for one archive of a plan. */
export interface ImportChoice {
  readonly archiveId: string;
  readonly answers: Readonly<Record<string, string>>;
  /** By conversation number: 'skip', 'new', or the conversation that it continues. Missing: the proposal. */
  readonly conversations: Readonly<Record<number, 'skip' | 'new' | ConversationId>>;
  /** Only messages in [fromMs, toMs); null is open. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly media: 'all' | 'thumbnails' | 'none';
  /** Keeps the original archive as well, and lets it travel in backups. */
  readonly original?: 'keep' | 'keep-and-back-up' | undefined;
}

export type ReceiptView = Receipt & {
  /** Name of the archive as it was dropped. */
  readonly conversationNames: Readonly<Record<string, string>>;
  /** False once another import builds on it in a way that cannot be undone, or after it was undone. */
  readonly canUndo: boolean;
  readonly again?: ReadAgainView;
};

/** Offsets in UTF-16 code units of `snippet`. */
export interface Highlight {
  readonly from: number;
  readonly to: number;
}

export interface SearchHit {
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly sentAtMs: number;
  readonly senderName: string | null;
  readonly conversationName: string;
  readonly kind: MessageKind;
  readonly snippet: string;
  readonly highlights: readonly Highlight[];
  /** The owner's note on it. */
  readonly note?: { readonly snippet: string; readonly highlights: readonly Highlight[] };
}

export interface LooseSearch {
  /** Words of Latin letters that are spelled nearly so. */
  readonly spelling: boolean;
  /** Han characters by pinyin and initials. */
  readonly pinyin: boolean;
}

export interface SearchRequest {
  readonly query: string;
  /** Search inside one conversation, or null for everywhere. */
  readonly conversation: ConversationId | null;
  readonly order: 'newest' | 'oldest';
  /** Hits sent back at most; the count goes on. */
  readonly hitLimit: number;
  readonly zone: string;
  /** How words are found beside as they are written (docs/search.md); absent: in no other way. */
  readonly loose?: LooseSearch;
}

/** How the hits of a search are spread; sums are its `count`. */
export interface SearchCounts {
  /** By `yyyy-mm` in the zone asked for, in no order; months without hits are not there. */
  readonly months: ReadonlyMap<string, number>;
  /** Conversations without hits are not there. */
  readonly conversations: ReadonlyMap<ConversationId, number>;
}

/** Streams while a search runs: each update replaces the counts, and adds `hits`. */
export interface SearchUpdate extends SearchCounts {
  readonly hits: readonly SearchHit[];
  /** Exact once `done`. */
  readonly count: number;
  readonly done: boolean;
  /** No hit of a later update comes before this time in the order of the search; absent where nothing is known. */
  readonly untilMs?: number | null;
  readonly segmentsScanned: number;
  readonly segmentsTotal: number;
  /** Conversations and people whose names match. */
  readonly names: readonly { readonly kind: 'conversation' | 'person'; readonly id: ConversationId | PersonId; readonly name: string }[];
}

export interface SearchSuggestion {
  /** What replaces the word under the cursor. */
  readonly insert: string;
  readonly kind: 'operator' | 'person' | 'conversation' | 'value';
  readonly label: string;
}

export type UndoResult = { readonly receipt: ReceiptId; readonly removed: number; readonly restored: number };
