// The contract of the `archive` root, towards intake, timeline and search. A reader sees one state for as long as it
// holds it; a writer builds the next state beside it and swaps the root last. See docs/vault.md for what lies below.

import type { ConversationId, ObjectId, PersonId, ReceiptId, SegmentId, Sha256Hex } from '../model/ids';
import type { Message } from '../model/message';
import type { Receipt } from '../model/receipt';
import type { ConversationShape } from '../model/record';
import type { SourceApp } from '../model/source';
import type { ByteSource } from '../bytes/source';

export const segmentMessageLimit = 4096;

export interface SegmentEntry {
  readonly id: SegmentId;
  readonly messageCount: number;
  /** Least and greatest sentAtMs of its messages. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

export interface ConversationEntry {
  readonly id: ConversationId;
  readonly source: SourceApp;
  /** The source's own id, or null; with `source` it identifies the conversation when it is there. */
  readonly sourceId: string | null;
  /** Newest name first seen in archives; all names ever seen are in `names`. */
  readonly name: string | null;
  readonly names: readonly string[];
  readonly shape: ConversationShape;
  readonly people: readonly PersonId[];
  /** Who "me" is, as archives or the owner said at import. */
  readonly ownerPeople: readonly PersonId[];
  /** In time order; ranges may touch at a tick but do not overlap otherwise. */
  readonly segments: readonly SegmentEntry[];
  readonly messageCount: number;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  /** The next message's number. */
  readonly nextSeq: number;
  /** For the list: the last message in short. */
  readonly last: { readonly text: string; readonly sender: PersonId | null; readonly kind: string } | null;
  /** The zone that wall clocks were read in, or null where all times are instants. */
  readonly zone: string | null;
  /** For what joined conversations show together (docs/merging.md): these, the first of which gives its id to the whole. */
  readonly parts?: readonly ConversationId[];
  /** By this it is known whether it was made of its parts as they are. */
  readonly madeOf?: string;
}

export interface PersonEntry {
  readonly id: PersonId;
  readonly source: SourceApp;
  readonly sourceId: string | null;
  /** For a person known by name only: the conversation they belong to. */
  readonly conversation: ConversationId | null;
  /** Names seen, the newest first. */
  readonly names: readonly string[];
  readonly isOwner: boolean;
  /** Never kept: where the owner has merged them with others, who stands for all, and the names that are theirs alone. */
  readonly one?: PersonId;
  readonly ownNames?: readonly string[];
}

export interface MediaPlace {
  readonly repository: string;
  readonly blobs: readonly string[];
}

export interface MediaEntry {
  readonly sha256: Sha256Hex;
  readonly sizeBytes: number;
  /** Decided by magic bytes; `application/octet-stream` where unknown. */
  readonly mime: string;
  /** Sealed chunks of 1 MiB of plaintext each, in order; none for a medium of some bytes that is not here (`isHere`). */
  readonly chunks: readonly ObjectId[];
  /** Where else its bytes lie: repositories, and their blobs in order. */
  readonly places?: readonly MediaPlace[];
  readonly thumbnail: { readonly object: ObjectId; readonly mime: string; readonly widthPx: number; readonly heightPx: number } | null;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  /** Imports whose archives held the bytes, and those of whose original it is a file (`originalHolder`); when all are undone the medium goes. */
  readonly receipts: readonly ReceiptId[];
}

/** False where the bytes lie elsewhere only, or nowhere that is known: then `sizeBytes` is what was said of it. */
export function isHere({ chunks, sizeBytes }: Pick<MediaEntry, 'chunks' | 'sizeBytes'>): boolean {
  return chunks.length > 0 || sizeBytes === 0;
}

/** Under this an import holds the files of its original, apart from the media that its messages show. */
export function originalHolder(receipt: ReceiptId): ReceiptId {
  return `original:${receipt}` as ReceiptId;
}

/** The import whose original a holder of a medium stands for; null for an import that showed it. */
export function originalOf(holder: ReceiptId): ReceiptId | null {
  return holder.startsWith('original:') ? (holder.slice('original:'.length) as ReceiptId) : null;
}

/** Columns of a segment; each is sealed on its own. */
export type ColumnName = 'times' | 'people' | 'kinds' | 'text' | 'rest' | 'signature';

/** Decoded columns; all arrays have one item a message, in time order. */
export interface SegmentColumns {
  readonly times?: {
    readonly sentAtMs: Float64Array;
    readonly seq: Uint32Array;
    readonly clock: Uint8Array;
    readonly zoneOffsetMin: Int16Array;
  };
  readonly people?: { readonly ids: readonly PersonId[]; /** Index into `ids`, or -1. */ readonly index: Int32Array };
  /** Index into `messageKinds`. */
  readonly kinds?: Uint8Array;
  /** `joined.slice(ends[i-1] ?? 0, ends[i])` is text i. */
  readonly text?: {
    readonly joined: string;
    readonly ends: Uint32Array;
    /** As it was stored, not checked yet; absent where it never was. */ readonly utf8?: Uint8Array;
  };
  /** Source ids, attachments and facts. */
  readonly rest?: readonly Pick<Message, 'sourceId' | 'attachments' | 'facts'>[];
  readonly signature?: Uint8Array;
}

export interface ArchiveReader {
  readonly rootNumber: number;
  /** Stays where rows were only moved: the archive holds what the root of this number held. */
  readonly contentNumber: number;
  conversations(): Promise<readonly ConversationEntry[]>;
  conversation(id: ConversationId): Promise<ConversationEntry | null>;
  /** What joined conversations show together. They are not among `conversations`, and their messages are counted in the parts. */
  joined(): Promise<readonly ConversationEntry[]>;
  people(): Promise<ReadonlyMap<PersonId, PersonEntry>>;
  /** Newest import first, undone ones included. */
  receipts(): Promise<readonly Receipt[]>;
  media(sha256: Sha256Hex): Promise<MediaEntry | null>;
  /** All media, in no particular order, page by page. */
  mediaEntries(): AsyncIterable<MediaEntry>;
  /** Opens only the columns asked for. Throws CamphorError `tampered` or `damaged`. */
  readColumns(segment: SegmentId, columns: readonly ColumnName[]): Promise<SegmentColumns>;
  /** Whole messages of a segment, in time order. */
  readMessages(segment: SegmentId): Promise<readonly Message[]>;
  /**
   * The medium's bytes; each chunk is authenticated, and the whole is hashed when read through to the end by `verify`. Throws
   * CamphorError `not-found` (`what`: `medium-elsewhere`) where the bytes are not here.
   */
  openMedia(entry: MediaEntry): ByteSource;
  readThumbnail(entry: MediaEntry): Promise<Uint8Array | null>;
  /** What `putNote` kept under that name; null where there is nothing. */
  readNote(name: string): Promise<unknown>;
  /** Lets the sweep have what only this state reaches. */
  release(): void;
}

/** The next state in the making. One at a time, under the Web Lock `vault-archive`. Nothing is visible before `commit`. */
export interface ArchiveWriter {
  readonly base: ArchiveReader;
  /** The state with the changes made so far. */
  readonly next: ArchiveReader;
  newConversationId(): ConversationId;
  newPersonId(): PersonId;
  /** Seals up to `segmentMessageLimit` messages sorted by sentAtMs; written with the next 8 MiB. */
  putSegment(messages: readonly Message[]): Promise<SegmentEntry>;
  /**
   * Stores bytes once by their hash; an entry that is there gains `receipt`, and its bytes where they were not here.
   * `expectedBytes` is for the quota check and for how much memory a chunk gets at first; any other number may come.
   */
  putMedia(bytes: AsyncIterable<Uint8Array>, receipt: ReceiptId, expectedBytes: number): Promise<MediaEntry>;
  setMedia(entry: MediaEntry): void;
  removeMedia(sha256: Sha256Hex): void;
  putThumbnail(
    sha256: Sha256Hex,
    image: { readonly bytes: Uint8Array; readonly mime: string; readonly widthPx: number; readonly heightPx: number },
  ): Promise<void>;
  setConversation(entry: ConversationEntry): void;
  removeConversation(id: ConversationId): void;
  setPerson(entry: PersonEntry): void;
  setReceipt(receipt: Receipt): void;
  /** What only receipts need and nobody lists, such as images of changed messages: sealed JSON by name. */
  putNote(name: string, value: unknown): Promise<void>;
  readNote(name: string): Promise<unknown>;
  removeNote(name: string): void;
  /** Writes what is left, then swaps the root. Throws `changed-meanwhile` when another commit came between. */
  commit(): Promise<ArchiveReader>;
  /** As `commit`, where nothing was changed but where bytes lie: what depends on content stays as it is, and the state before goes. */
  commitMove(): Promise<ArchiveReader>;
  /** Forgets everything written; the sweep removes it. */
  abandon(): Promise<void>;
}
