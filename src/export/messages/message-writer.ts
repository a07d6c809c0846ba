// The contract between what reads messages out of the vault and what writes them in some format.

import type { Attachment, Message } from '../../model/message';
import type { ConversationShape } from '../../model/record';
import type { SourceApp } from '../../model/source';
import type { ConversationEntry, PersonEntry } from '../../vault/archive';

/** A person under the name that is written, which may be a pseudonym; then nothing else tells who they are. */
export interface WrittenPerson {
  /** Unique in this export, from 1. */
  readonly number: number;
  readonly name: string;
  readonly isOwner: boolean;
  /** 0..7: the colour of the name, as on the screen. */
  readonly hue: number;
  /** The source's own id; null where there is none, and under a pseudonym. */
  readonly sourceId: string | null;
  /** As the vault has them; names and ids of its own are not for writing. */
  readonly entry: PersonEntry;
}

export interface WrittenConversation {
  /** Unique in this export, from 1. */
  readonly number: number;
  readonly name: string;
  readonly source: SourceApp;
  readonly shape: ConversationShape;
  /** The source's own id; null where there is none, and under a pseudonym. */
  readonly sourceId: string | null;
  readonly people: readonly WrittenPerson[];
  readonly entry: ConversationEntry;
  /** How many messages will come at most. */
  readonly messageCount: number;
}

/** A file of a message, as it can be pointed at. */
export interface WrittenFile {
  readonly attachment: Attachment;
  /** What it is called; a label from strangers, never a path. */
  readonly name: string;
  /** Where it lies beside, relative to the written file; null where it is not written. */
  readonly path: string | null;
  /** By this it, or a small picture of it, is known inside of the written file; null where it is not inside. */
  readonly inside: string | null;
  /** What is inside, as a `data:` address; given once for each key. */
  readonly dataUrl: string | null;
}

export interface WrittenMessage {
  /** Texts, facts and ids are those to be written: with pseudonyms in place of names where these are asked for. */
  readonly message: Message;
  /** Null for the app's own lines, and for whoever is not known. */
  readonly sender: WrittenPerson | null;
  /** What the clock showed: in the source's own zone where it gave a clock only, else in the zone asked for. As ms of UTC. */
  readonly clockMs: number;
  readonly files: readonly WrittenFile[];
  /** Place in its conversation's order, from 0, whatever is left out. */
  readonly position: number;
  /** Chosen, where others around it are written too. */
  readonly isChosen?: true;
}

/** What one file is made of, in order: each call gives the pieces that come next. Made anew for each file. */
export interface FileWriter<Pieces> {
  begin(conversations: readonly WrittenConversation[]): Pieces;
  beginConversation(conversation: WrittenConversation): Pieces;
  /** Messages of the conversation that was begun, in order of time. */
  messages(messages: readonly WrittenMessage[]): Pieces;
  endConversation(): Pieces;
  end(): Pieces;
}

/** Of a format that is a text. */
export type MessageWriter = FileWriter<string>;

/** Of a format that is none, or has to wait for something. What a call gives is read to its end before the next call. */
export type ByteWriter = FileWriter<AsyncIterable<Uint8Array>>;

export interface MessageFormatting {
  createWriter(): MessageWriter;
}

export interface ByteFormatting {
  createByteWriter(): ByteWriter;
}

export type AnyFormatting = MessageFormatting | ByteFormatting;
