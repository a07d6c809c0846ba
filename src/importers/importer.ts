// The contract of an importer: archive in, records out. No clock, no network, no storage, no interface.
//
// Rules, each checked by test/importers/conformance.ts:
// - detect looks at content, reads little (at most 256 KiB an entry), never throws for foreign bytes, claims nothing it cannot read;
// - read streams; yields batches of at most 4,096 records; holds no more than it must;
// - every byte of a text entry it claims, every element of a structured one, or every row of a database (model/record.ts, Span),
//   lies in exactly one record, problem or structure;
// - a piece it cannot understand becomes a problem with its raw text, and the rest goes on;
// - the same bytes and answers give the same records, however the bytes were cut into chunks.

import type { FileSet } from '../bytes/source';
import type { ConversationShape, NeutralRecord } from '../model/record';
import type { SourceApp } from '../model/source';

/** A fact that the archive leaves open. Its id names the answer in `Answers`. */
export interface Question {
  readonly id: 'date-order' | 'year' | 'owner' | 'zone' | 'clock-shift' | 'country' | 'mapping';
  /** What it is about, where one archive leaves the same fact open more than once, such as a format of dates. */
  readonly scope?: string;
  /** Possible answers; for `zone` empty (any IANA zone). */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** The importer's best guess, or null. */
  readonly guess: string | null;
  /** True where the file proves the guess; then it is shown, not asked. */
  readonly certain: boolean;
}

/** Answers by `answerId`, such as `owner` or `date-order:x/x/YYYY h:mm`. Missing answers mean the guess. */
export type Answers = Readonly<Record<string, string>>;

/** The name of a question's answer in `Answers`: its id, and its scope where it has one. */
export function answerId(question: Pick<Question, 'id' | 'scope'>): string {
  return question.scope === undefined ? question.id : `${question.id}:${question.scope}`;
}

/** One archive found in a file set: a chat export, or a whole account. */
export interface Detection {
  /** Id of the importer, such as `whatsapp-text`. */
  readonly format: string;
  /** Version or variant in words of the format, such as `ios`, `android`, `2023-10`. */
  readonly formatVersion: string;
  readonly source: SourceApp;
  /** Entries that hold records (not media); the accounting is kept for these. */
  readonly entries: readonly number[];
  /** A name to show: the chat's, or the account's. */
  readonly title: string | null;
  /** True where the archive is one conversation, so that its beginning tells what it is. */
  readonly isSingle?: boolean;
}

export interface ReadOptions {
  readonly answers: Answers;
  /** Called with bytes of the archive consumed so far (records' entries only). */
  readonly onBytes?: (doneBytes: number) => void;
}

/** What is known of the one conversation that pieces are from. */
export interface PiecesOf {
  /** Path of the file that they stood in. */
  readonly path: string;
  readonly name: string | null;
  readonly sourceId: string | null;
  readonly shape: ConversationShape;
  readonly source: SourceApp;
  readonly answers: Answers;
}

export interface Importer {
  /** Id of the format: `<source>-<form>`. */
  readonly format: string;
  readonly source: SourceApp;
  /** Archives of this format in the set; [] for foreign ones. */
  detect(files: FileSet): Promise<readonly Detection[]>;
  /** What must be asked before reading. May read headers until the facts are certain. */
  ask(files: FileSet, detection: Detection): Promise<readonly Question[]>;
  /** All records of one archive, in the order of the source. */
  read(files: FileSet, detection: Detection, options: ReadOptions): AsyncGenerator<readonly NeutralRecord[], void, void>;
  /**
   * A small archive around pieces that were kept raw, so that they can be read without the one that they are from; null where
   * they say too little for that. Absent where pieces of the format mean nothing by themselves.
   */
  wrapPieces?(pieces: readonly string[], of: PiecesOf): { readonly name: string; readonly text: string } | null;
}
