// The lasting account of one import. It holds no message text except raw pieces of problems.

import type { ConversationId, ReceiptId, Sha256Hex } from './ids';
import type { Problem } from './problem';
import type { Span } from './record';
import type { SourceApp } from './source';

/** A half-open run of message numbers [from, to) of one conversation. */
export type SeqRun = readonly [from: number, to: number];

export interface ReceiptConversation {
  readonly conversation: ConversationId;
  /** The name as this archive gave it. */
  readonly name: string | null;
  readonly read: number;
  readonly added: number;
  readonly known: number;
  readonly changed: number;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  /** Messages that this import brought first: the numbers it took. */
  readonly brought: readonly SeqRun[];
  /** All messages that its archive held, as numbers in the state after this import. */
  readonly held: readonly SeqRun[];
  /** First and last tick (`sentAtMs` at the precision of `tickMs`): the edges at which the export may have cut. */
  readonly openTicks: readonly number[];
  readonly tickMs: 1000 | 60000;
}

export interface ReceiptFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** What identifies the content: SHA-256 of it, of the SHA-256s of its 16 MiB pieces, or of a ZIP's central directory. */
  readonly identity: Sha256Hex;
  readonly identityOf: 'content' | 'content-pieces' | 'central-directory';
}

/** A file of the archive that was kept byte for byte. */
export interface ReceiptOriginal {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: Sha256Hex;
}

export interface ReceiptProblem extends Span {
  readonly problem: Problem;
}

export interface Receipt {
  readonly id: ReceiptId;
  readonly importedAtMs: number;
  readonly undoneAtMs: number | null;
  readonly source: SourceApp;
  /** Importer id, such as `whatsapp-text`. */
  readonly format: string;
  readonly formatVersion: string;
  /** Of encrypted databases what they were written with, such as `SQLCipher 4`; absent where none was. Goes into no backup. */
  readonly openedAs?: string;
  /** How far the importer understood its format then; absent for 1. */
  readonly revision?: number;
  readonly files: readonly ReceiptFile[];
  /** The original, where it was kept. */
  readonly originals?: readonly ReceiptOriginal[];
  /** Answers to the questions of the preview, given or guessed, so that it can be read again with others. */
  readonly answers: Readonly<Record<string, string>>;
  readonly conversations: readonly ReceiptConversation[];
  readonly messagesRead: number;
  readonly added: number;
  readonly known: number;
  readonly changed: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly mediaFound: number;
  readonly mediaMissing: number;
  /** For contacts: the numbers and addresses that it gives a name to. */
  readonly contacts?: number;
  /** Media whose only receipts are undone are let go. */
  readonly problemCounts: Readonly<Record<string, number>>;
  /** At most `receiptProblemLimit`, in order of position; the counts are always whole. */
  readonly problems: readonly ReceiptProblem[];
  /**
   * Sum of the bytes of records, problems and structure by entry, against the entry's size. Where `unit` is `row` the entry is a
   * database, and these four count its rows, as do the offsets and lengths of its problems.
   */
  readonly accounting: readonly {
    readonly path: string;
    /** Number of the entry in its archive, by which problems name it; missing in receipts of before it was kept. */
    readonly entry?: number;
    readonly unit?: 'row';
    readonly sizeBytes: number;
    readonly recordBytes: number;
    readonly problemBytes: number;
    readonly structureBytes: number;
  }[];
}

export const receiptProblemLimit = 10_000;
