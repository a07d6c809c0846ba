// From pieces of an entry to batches of records, as the contract wants them: at most 4,096 a batch, bytes that only grow.

import { readCsvRows, type CsvRow, type ReadCsvOptions } from '../bytes/csv-rows';
import { readHtmlPieces, type HtmlElement, type ReadHtmlOptions } from '../bytes/html-elements';
import { readJsonPieces } from '../bytes/json-elements';
import type { JsonPiece, ReadJsonOptions } from '../bytes/json-elements';
import type { ByteSource } from '../bytes/source';
import { readLines } from '../bytes/text-lines';
import type { LineBatch, ReadLinesOptions } from '../bytes/text-lines';
import type { NeutralRecord, ProblemRecord, Span } from '../model/record';
import { problemOf, structureOf } from './problem-record';

const batchLimit = 4096;

/** Takes the pieces of one entry in order; appends what each gives to `out`. */
export interface PieceReader<Piece> {
  take(piece: Piece, out: NeutralRecord[]): void;
  /** Appends what is left once all pieces are taken. */
  end?(out: NeutralRecord[]): void;
}

/** Where an entry stands in its archive. */
export interface EntryPlace {
  readonly source: ByteSource;
  /** Its number in the set. */
  readonly entry: number;
  /** Called with `doneBefore` plus the bytes of this entry that were taken. */
  readonly onBytes?: ((doneBytes: number) => void) | undefined;
  /** Bytes of the entries before this one; default 0. */
  readonly doneBefore?: number;
}

/** One line of a text, with the bytes that it came from. */
export interface PlacedLine {
  readonly text: string;
  readonly span: Span;
  /** What the lines' reader says of it; of an over-long line the rest is one, with bytes of its own. They go to `out` by themselves. */
  readonly problems: readonly ProblemRecord[];
}

/** One row of a CSV file, with the bytes that it came from. */
export interface PlacedRow {
  readonly fields: readonly string[];
  /** The row as it stands in the file, without its line's end. */
  readonly raw: string;
  readonly span: Span;
}

/** One wanted element of an HTML file, with the bytes that it came from. */
export interface PlacedElement {
  readonly element: HtmlElement;
  /** The element as it stands in the file. */
  readonly raw: string;
  readonly span: Span;
}

/** The records in batches that keep to the limit, in the same order. */
export function* batchesOf(records: readonly NeutralRecord[]): Generator<readonly NeutralRecord[], void, void> {
  for (let from = 0; from < records.length; from += batchLimit) yield records.slice(from, from + batchLimit);
}

/** Records of a JSON entry: `reader` takes each piece (bytes/json-elements.ts says what they are). Throws what the source throws. */
export async function* readJsonRecords(
  { source, onBytes, doneBefore = 0 }: EntryPlace,
  options: ReadJsonOptions,
  reader: PieceReader<JsonPiece>,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  for await (const pieces of readJsonPieces(source, options)) {
    const out: NeutralRecord[] = [];
    for (const piece of pieces) reader.take(piece, out);
    yield* batchesOf(out);
    const last = pieces.at(-1);
    if (last !== undefined) onBytes?.(doneBefore + last.offsetBytes + last.lengthBytes);
  }
  yield* endOf(reader);
}

/** Records of a text entry: `reader` takes each line; what is wrong with a line becomes a problem after it. Throws what the source throws. */
export async function* readLineRecords(
  { source, entry, onBytes, doneBefore = 0 }: EntryPlace,
  options: ReadLinesOptions,
  reader: PieceReader<PlacedLine>,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  for await (const batch of readLines(source, options)) {
    const out: NeutralRecord[] = [];
    let doneBytes = 0;
    for (const line of placeLines(batch, entry)) {
      reader.take(line, out);
      out.push(...line.problems);
      doneBytes = line.span.offsetBytes + line.span.lengthBytes + line.problems.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
    }
    yield* batchesOf(out);
    onBytes?.(doneBefore + doneBytes);
  }
  yield* endOf(reader);
}

/**
 * Records of a CSV entry: `reader` takes each row that has fields. Empty rows become structures by themselves, and what is
 * wrong becomes problems. Throws what the source throws.
 */
export async function* readCsvRecords(
  { source, entry, onBytes, doneBefore = 0 }: EntryPlace,
  options: ReadCsvOptions,
  reader: PieceReader<PlacedRow>,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  for await (const batch of readCsvRows(source, options)) {
    const out: NeutralRecord[] = [];
    for (const piece of batch) {
      const span = { entry, offsetBytes: piece.offsetBytes, lengthBytes: piece.lengthBytes };
      if (piece.kind === 'problem') out.push(problemOf(piece.code, piece.raw, span));
      else takeRow(piece, span, reader, out);
    }
    yield* batchesOf(out);
    const last = batch.at(-1);
    if (last !== undefined) onBytes?.(doneBefore + last.offsetBytes + last.lengthBytes);
  }
  yield* endOf(reader);
}

function takeRow({ fields, raw, damagedRaw }: CsvRow, span: Span, reader: PieceReader<PlacedRow>, out: NeutralRecord[]): void {
  if (fields.length > 0) reader.take({ fields, raw, span }, out);
  else out.push(structureOf('empty row', span));
  if (damagedRaw === null) return;
  out.push({ type: 'problem', problem: { code: 'bad-encoding', raw: damagedRaw }, ...span, lengthBytes: 0 });
}

/**
 * Records of an HTML entry: `reader` takes each wanted element. What lies between becomes structures by itself, and what is
 * wrong becomes problems. Throws what the source throws.
 */
export async function* readHtmlRecords(
  { source, entry, onBytes, doneBefore = 0 }: EntryPlace,
  options: ReadHtmlOptions,
  reader: PieceReader<PlacedElement>,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  for await (const pieces of readHtmlPieces(source, options)) {
    const out: NeutralRecord[] = [];
    for (const { code, element, raw, offsetBytes, lengthBytes } of pieces) {
      const span = { entry, offsetBytes, lengthBytes };
      if (element) reader.take({ element, raw, span }, out);
      else out.push(code === null ? structureOf('markup', span) : problemOf(code, raw, span));
    }
    yield* batchesOf(out);
    const last = pieces.at(-1);
    if (last !== undefined) onBytes?.(doneBefore + last.offsetBytes + last.lengthBytes);
  }
  yield* endOf(reader);
}

function* placeLines({ lines, offsets, lengths, problems }: LineBatch, entry: number): Generator<PlacedLine, void, void> {
  let next = 0;
  for (const [line, text] of lines.entries()) {
    const own: ProblemRecord[] = [];
    for (let problem = problems[next]; problem?.line === line; problem = problems[++next]) {
      const { code, raw, offsetBytes, lengthBytes } = problem;
      own.push({ type: 'problem', problem: { code, raw }, entry, offsetBytes, lengthBytes });
    }
    yield { text, span: { entry, offsetBytes: offsets[line] ?? 0, lengthBytes: lengths[line] ?? 0 }, problems: own };
  }
}

function* endOf<Piece>(reader: PieceReader<Piece>): Generator<readonly NeutralRecord[], void, void> {
  const out: NeutralRecord[] = [];
  reader.end?.(out);
  yield* batchesOf(out);
}
