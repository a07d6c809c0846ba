// What stands in the files of a snapshot, and in the ZIP of a single-file export: docs/format.md says it for strangers.
// Everything here is a function of the set of imports that the vault holds, never of their order or of the device: equal
// vaults give equal bytes. So it holds no local id, no time of import, and no count that depends on what came before.
// JSON with sorted keys, UTF-8, a line feed behind each line; a field that is null, empty or 0 by its kind is left out.

import type { JsonObject } from './json';
import type { OverlayKind, OverlayStamp } from './overlay';
import type { Problem } from './problem';
import type { ReceiptFile, ReceiptOriginal, SeqRun } from './receipt';
import type { AttachmentRecord, Clock, ConversationShape, MessageFacts, MessageKind, MissingReason, Span } from './record';
import type { SourceApp } from './source';

export const portableFormatVersion = 1;

/** 32 lower-case hex digits: derived, see docs/format.md. */
export type PortableId = string;

/**
 * A message is pointed at by its place in its conversation's order, from 0: the lines of its months one after the other.
 * Places hold inside one snapshot.
 */
export type Place = number;

/** `manifest.json` */
export interface Manifest {
  readonly format: 'camphor';
  readonly version: number;
  /** Oldest version of the reader that understands all of it. */
  readonly readableBy: number;
  readonly conversations: number;
  readonly messages: number;
  readonly people: number;
  readonly media: number;
  readonly mediaBytes: number;
  readonly receipts: number;
}

/** A line of `people.jsonl`, sorted by id. */
export interface PortablePerson {
  readonly id: PortableId;
  readonly source: SourceApp;
  readonly sourceId?: string;
  /** For a person known by name only: the conversation. */
  readonly conversation?: PortableId;
  /** The newest first. */
  readonly names: readonly string[];
  readonly isOwner?: true;
}

/** `conversations/<id>/conversation.json` */
export interface PortableConversation {
  readonly id: PortableId;
  readonly source: SourceApp;
  readonly sourceId?: string;
  readonly names: readonly string[];
  readonly shape: ConversationShape;
  readonly people: readonly PortableId[];
  readonly ownerPeople: readonly PortableId[];
  readonly zone?: string;
  readonly messages: number;
  /** Months that hold messages, in order: `yyyy-mm` and how many. */
  readonly months: readonly (readonly [month: string, messages: number])[];
}

export interface PortableAttachment {
  readonly kind: AttachmentRecord['kind'];
  readonly name?: string;
  readonly mime?: string;
  readonly sizeBytes?: number;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly durationMs?: number;
  readonly missing?: MissingReason;
  readonly sha256?: string;
}

/** A line of `conversations/<id>/<yyyy-mm>.jsonl`; months are UTC of `at`. */
export interface PortableMessage {
  /** RFC 3339 in UTC, ms where there are any. */
  readonly at: string;
  /** Left out for `absolute`. */
  readonly clock?: Exclude<Clock, 'absolute'>;
  /** Minutes; the source's own clock showed `at` plus this. */
  readonly zoneOffsetMin?: number;
  readonly from?: PortableId;
  readonly sourceId?: string;
  /** Left out for `text`. */
  readonly kind?: MessageKind;
  readonly text?: string;
  readonly attachments?: readonly PortableAttachment[];
  readonly facts?: MessageFacts;
}

/** Kinds of overlays that travel; one that is not named here stays on its device. */
export const travellingOverlays: ReadonlySet<string> = new Set<OverlayKind>([
  'bookmark',
  'note',
  'tag',
  'person-name',
  'merged-people',
  'different-people',
  'joined-conversations',
  'conversation-name',
  'owner',
  'zone',
  'hidden',
  'pinned',
  'removed',
  'undone',
  'original',
  'saved-search',
]);

/** Those whose values may name a person or a conversation. */
export const referringOverlays: ReadonlySet<string> = new Set<OverlayKind>(['merged-people', 'joined-conversations', 'owner']);

/** Those whose fields are named after people. */
export const namingOverlays: ReadonlySet<string> = new Set<OverlayKind>(['different-people']);

/** Subject of a saved search, the same on every device. */
export const searchSubjectPattern = /^search:[0-9a-f]{32}$/;

/** A line of `overlays.jsonl`, sorted by kind and subject; local-only kinds stay here. */
export interface PortableOverlay {
  readonly kind: string;
  /** `message:<conversation>/<place>`, `conversation:<id>`, `person:<id>`, `receipt:<id>`, with portable ids; `search:<id>`. */
  readonly subject: string;
  readonly fields: Readonly<Record<string, { readonly value: string | null; readonly stamp: OverlayStamp }>>;
  /** For `removed`: by what the conversation is known again, since it lies nowhere else in the snapshot. */
  readonly removed?: {
    readonly source: SourceApp;
    readonly sourceId?: string;
    readonly name?: string;
    /** The lowest hashes of its texts, ascending (docs/merging.md, conversations, 4). */
    readonly hashes: readonly number[];
  };
}

/** What one import showed of one conversation: enough to merge it into another vault as if its archive were there. */
export interface PortableHolding {
  readonly conversation: PortableId;
  /** Name, people, shape, zone, as this archive said. */
  readonly said: {
    readonly asOfMs: number | null;
    readonly sourceId?: string;
    readonly name?: string;
    readonly shape: ConversationShape;
    readonly zone?: string;
    readonly people: readonly PortableId[];
  };
  readonly read: number;
  /** Runs of places [from, to) that its archive held. */
  readonly held: readonly SeqRun[];
  readonly openTicks: readonly number[];
  readonly tickMs: 1000 | 60000;
  /** Runs of places that it showed to the minute only. */
  readonly coarse?: readonly SeqRun[];
  /** Messages that it showed otherwise than the shard has them. */
  readonly otherwise?: readonly (readonly [place: Place, message: PortableMessage])[];
  /** Places inside their minute, where its order was another. */
  readonly order?: readonly (readonly [place: Place, position: number])[];
}

/** `receipts/<id>.json` */
export interface PortableReceipt {
  readonly id: string;
  readonly source: SourceApp;
  readonly format: string;
  readonly formatVersion: string;
  readonly files: readonly ReceiptFile[];
  /** Files of the original, where the owner lets it travel; their bytes lie below `media`. */
  readonly originals?: readonly ReceiptOriginal[];
  readonly answers: Readonly<Record<string, string>>;
  readonly isUndone?: true;
  readonly conversations: readonly PortableHolding[];
  readonly people: readonly {
    readonly person: PortableId;
    readonly asOfMs: number | null;
    readonly sourceId?: string;
    readonly conversation?: PortableId;
    readonly name?: string;
    readonly isOwner?: true;
  }[];
  readonly byKind: Readonly<Record<string, number>>;
  readonly mediaFound: number;
  readonly mediaMissing: number;
  /** Media (SHA-256) whose bytes its archive held, sorted. */
  readonly media: readonly string[];
  readonly problemCounts: Readonly<Record<string, number>>;
  readonly problems: readonly (Span & { readonly problem: Problem })[];
  readonly accounting: readonly JsonObject[];
}
