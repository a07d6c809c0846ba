// Neutral records: what importers emit. As basic as possible; whatever one app has beyond these goes to `extra`.
// Every record says which bytes of the archive it came from, so that intake can prove that nothing was left out.

import type { JsonObject } from './json';
import type { Problem } from './problem';

export const messageKinds = [
  'text',
  'image',
  'voice',
  'video',
  'file',
  'sticker',
  'location',
  'contact',
  'link',
  'call',
  'poll',
  'transfer',
  'forwarded',
  'system',
  'unknown',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/**
 * How exact a message's time is. `absolute`: an instant. Otherwise the source gave a wall clock without a zone,
 * and the time is that clock read as if it were UTC, exact to the minute or to the second.
 */
export type Clock = 'absolute' | 'second' | 'minute';

export type ConversationShape = 'direct' | 'group' | 'channel' | 'self' | 'unknown';

/**
 * Bytes [offsetBytes, offsetBytes + lengthBytes) of entry number `entry` of the archive's file set. Of a database, of which a
 * RowsRecord says so, the same two count rows: tables in the order in which they were read, of each its rows in its own order.
 */
export interface Span {
  readonly entry: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** A conversation; emitted before its first message and again when more becomes known (later fields win). */
export interface ConversationRecord {
  readonly type: 'conversation';
  /** Number of this conversation inside the archive, from 0. */
  readonly index: number;
  /** The source's own id, or null where it has none. */
  readonly sourceId: string | null;
  readonly name: string | null;
  readonly shape: ConversationShape;
  readonly extra?: JsonObject;
}

/** A person, as this archive names them; emitted before the first message that refers to them and again when more becomes known (later fields win). */
export interface PersonRecord {
  readonly type: 'person';
  /** Number of this person inside the archive, from 0. */
  readonly index: number;
  /** The source's own id, unique in that source, or null: then the person is known by name, in one conversation. */
  readonly sourceId: string | null;
  readonly name: string | null;
  /** The conversation that a person without a source id belongs to; null where `sourceId` is given. */
  readonly conversation: number | null;
  /** True where the archive itself says that this is its owner ("me"). */
  readonly isOwner: boolean;
  readonly extra?: JsonObject;
}

export type MissingReason = 'omitted' | 'not-in-archive' | 'not-exported' | 'too-large' | 'expired' | 'unavailable';

/** A range of an entry that holds a file of its own, written as text: base64 in an attribute of XML, or in a part of a mail. */
export interface EntryPart {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly encoding: 'base64';
}

export interface AttachmentRecord {
  readonly kind: 'image' | 'voice' | 'audio' | 'video' | 'animation' | 'sticker' | 'file' | 'contact';
  /** The name the sender's file had, or the archive's name for it; a label only, never a path to write to. */
  readonly name: string | null;
  /** Number of the entry in the archive's file set that holds the bytes; null where it is missing. */
  readonly entry: number | null;
  /** The range of `entry` that holds the bytes; absent where the whole of it does. Then `sizeBytes` is that of the file inside. */
  readonly part?: EntryPart;
  /**
   * Where the bytes are no range of `entry` as it lies there (a value in a database, a picture in disguise): gives them, for as long as
   * the archive is being read. Null where they cannot be had.
   */
  readonly readBytes?: () => Promise<Uint8Array | null>;
  /** Why `entry` is null; null where it is not. */
  readonly missing: MissingReason | null;
  /** What the source claims; the vault decides by magic bytes. */
  readonly mime: string | null;
  readonly sizeBytes: number | null;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly durationMs?: number;
}

/** A range of `text` that means more than its letters; offsets in UTF-16 code units. */
export interface TextEntity {
  readonly type:
    | 'bold'
    | 'italic'
    | 'underline'
    | 'strikethrough'
    | 'code'
    | 'pre'
    | 'blockquote'
    | 'spoiler'
    | 'link'
    | 'mention'
    | 'hashtag'
    | 'email'
    | 'phone'
    | 'other';
  readonly offset: number;
  readonly length: number;
  /** For a link whose address is not its text. */
  readonly href?: string;
}

export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  /** Names of those who are known to have reacted; may be fewer than `count`. */
  readonly by: readonly string[];
}

export interface OlderText {
  readonly text: string;
  readonly editedAtMs: number | null;
}

/** What only some messages have. Absent fields mean "the source does not say". */
export interface MessageFacts {
  readonly replyTo?: { readonly sourceId: string | null; readonly conversationSourceId?: string; readonly excerpt?: string };
  readonly forward?: { readonly fromName: string | null; readonly fromSourceId?: string; readonly sentAtMs?: number };
  readonly reactions?: readonly Reaction[];
  readonly edited?: { readonly editedAtMs: number | null };
  /** Texts that the message had before, oldest first; filled by sources with a history and by merging. */
  readonly olderTexts?: readonly OlderText[];
  /** The sender (or an admin) deleted it in the app; a text known from elsewhere is kept. */
  readonly deleted?: { readonly by: 'sender' | 'admin' | 'unknown' };
  readonly entities?: readonly TextEntity[];
  readonly location?: { readonly latitude: number; readonly longitude: number; readonly name?: string; readonly address?: string };
  readonly contact?: { readonly name: string; readonly phone?: string };
  readonly call?: {
    readonly durationMs: number | null;
    readonly outcome: 'answered' | 'missed' | 'declined' | 'busy' | 'unknown';
    readonly video: boolean;
  };
  readonly poll?: {
    readonly question: string;
    readonly closed?: boolean;
    readonly options: readonly { readonly text: string; readonly votes: number }[];
  };
  /** For kind `system`: a source-neutral word where one fits, else the source's own. */
  readonly service?: { readonly action: string; readonly members?: readonly string[] };
  /** Anything else, as the source has it; for kind `unknown` the raw piece under `raw`. */
  readonly extra?: JsonObject;
}

export interface MessageRecord {
  readonly type: 'message';
  readonly conversation: number;
  /** Index of a PersonRecord, or -1 where there is none (system lines). */
  readonly sender: number;
  /** The source's own id, unique inside the conversation; null where it has none. */
  readonly sourceId: string | null;
  /** An instant in ms since 1970 UTC, or a wall clock read as UTC: see `clock`. */
  readonly sentAtMs: number;
  readonly clock: Clock;
  readonly kind: MessageKind;
  /** Body or caption as shown, marks included; '' where there is none. */
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts | null;
  readonly entry: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** A named range of an archive that is neither a record nor a problem: brackets, headers, lists of contacts. */
export interface StructureRecord extends Span {
  readonly type: 'structure';
  readonly name: string;
}

export interface ProblemRecord extends Span {
  readonly type: 'problem';
  readonly problem: Problem;
}

/**
 * Says that the unit of an entry's spans is the row of a database, not the byte; emitted once, behind the last of them. What is
 * accounted for is compared with `rowCount`, which the database itself counts.
 */
export interface RowsRecord {
  readonly type: 'rows';
  readonly entry: number;
  /** Rows of all tables, those included that were not read. */
  readonly rowCount: number;
}

export type NeutralRecord = ConversationRecord | PersonRecord | MessageRecord | StructureRecord | ProblemRecord | RowsRecord;

/** Shared by the many messages without attachments, so that no array is made for each. */
export const noAttachments: readonly AttachmentRecord[] = Object.freeze([]);
