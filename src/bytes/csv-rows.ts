// Rows of a CSV file of any size, with the bytes that each came from. Rows and problems tile the file exactly.
//
// The grammar is RFC 4180 with `,` `;` or tab, in any encoding of text-encoding.ts; lines end with LF, CRLF or CR. What the
// RFC forbids is read as common readers do (csv-fields.ts), except for a lost quotation mark, which would swallow the rows
// behind it: its line becomes a problem, and the reader goes on at the next line that is a row by itself, with as many
// fields as the file's first row. The same for a row above the limit (`piece-too-large`) and for one that the end of the
// file cuts off inside a quoted field (`ends-early`).

import type { ByteSource } from './source';
import { encodeBase64 } from './base64';
import {
  detectDelimiter,
  endOfLine,
  findLineEnd,
  findRowEnd,
  isWholeLineEnd,
  splitFields,
  type CsvDelimiter,
  type RowEnding,
} from './csv-fields';
import { beginProblem, extendProblem, rawOfProblem, type PendingProblem } from './pending-problem';
import { decodeHead, decodeLossy, decodeStrictly, unitBytes } from './text-encoding';
import type { TextEncoding } from './text-encoding';
import { readTextWindows, type TextWindow } from './text-windows';
import { problemRawLimitBytes, type ProblemCode } from '../model/problem';

export type { CsvDelimiter } from './csv-fields';

export interface ReadCsvOptions {
  /** Default: the one that the first line has most of. */
  readonly delimiter?: CsvDelimiter;
  /** Default: what `detectEncoding` says, asked again at the first byte that is not ASCII. */
  readonly encoding?: TextEncoding;
  /** Longer rows become problems. Default 1 MiB. */
  readonly rowLimitBytes?: number;
}

export interface CsvRow {
  readonly kind: 'row';
  /** None for an empty line and for Excel's `sep=;`. Undecodable bytes are U+FFFD. */
  readonly fields: readonly string[];
  /** The row as it stands in the file, without its line's end. */
  readonly raw: string;
  readonly offsetBytes: number;
  /** With its line's end. */
  readonly lengthBytes: number;
  /** Where some of its bytes could not be decoded, the row's bytes as `base64:`, cut at the limit of problems; else null. */
  readonly damagedRaw: string | null;
}

export interface CsvProblem {
  readonly kind: 'problem';
  readonly code: ProblemCode;
  readonly raw: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** In the order of the file. */
export type CsvBatch = readonly (CsvRow | CsvProblem)[];

export const rowLimitBytes = 1 << 20;
const headBytes = 65_536;

/** All rows of `source`, in batches of about a chunk. Holds at most the limit and a few chunks. Throws what the source throws. */
export async function* readCsvRows(source: ByteSource, options: ReadCsvOptions = {}): AsyncGenerator<CsvBatch, void, void> {
  let reading: CsvReading | null = null;
  for await (const window of readTextWindows(source, options.encoding)) {
    if (reading === null) {
      const delimiter = options.delimiter ?? detectDelimiter(decodeHead(await source.read(0, headBytes), window.encoding));
      reading = {
        delimiter,
        limitBytes: options.rowLimitBytes ?? rowLimitBytes,
        width: 0,
        problem: null,
        recovery: null,
        isInLongLine: false,
      };
    }
    const batch = cutRows(reading, window);
    if (batch.length > 0) yield batch;
  }
}

interface CsvReading {
  readonly delimiter: CsvDelimiter;
  readonly limitBytes: number;
  /** Fields of the first row; 0 before it. */
  width: number;
  problem: PendingProblem | null;
  /** Behind a broken row: a row must be one line, of the file's width. */
  recovery: Recovery | null;
  /** Passing over a line above the limit. */
  isInLongLine: boolean;
}

type EndingOf<Kind extends RowEnding['kind']> = Extract<RowEnding, { kind: Kind }>;

interface Recovery {
  /** Ends here, or `needsRow` with the first good row from here on. */
  readonly untilByte: number;
  readonly needsRow: boolean;
}

/** A window as code units; positions are indexes of `units`. */
interface UnitWindow {
  readonly window: TextWindow;
  readonly units: ArrayLike<number>;
  readonly unit: 1 | 2;
}

function cutRows(reading: CsvReading, window: TextWindow): CsvBatch {
  const batch: (CsvRow | CsvProblem)[] = [];
  const unit = unitBytes(window.encoding);
  const view: UnitWindow = { window, units: unit === 1 ? window.bytes : wideUnits(window), unit };
  const size = view.units.length;
  let at = 0;
  while (at < size) {
    const end = cutPiece(reading, view, at, batch);
    if (end === at) break;
    at = end;
  }
  window.doneBytes = at * unit;
  if (!window.isEnd) return batch;
  // What a wide encoding leaves is half a unit.
  const rest = window.bytes.subarray(at * unit);
  if (rest.length > 0) extendProblem((reading.problem ??= beginProblem('bad-encoding', window.offsetBytes + at * unit)), rest);
  endProblem(reading, window.encoding, batch);
  return batch;
}

function wideUnits({ bytes, encoding }: TextWindow): Uint16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint16Array.from({ length: bytes.length >> 1 }, (_, index) => view.getUint16(index * 2, encoding === 'utf-16le'));
}

/** Takes the piece at `from`. Gives the position behind it, or `from` where the window holds only its beginning. */
function cutPiece(reading: CsvReading, view: UnitWindow, from: number, batch: (CsvRow | CsvProblem)[]): number {
  if (reading.isInLongLine) return passLongLine(reading, view, from);
  const { window, units, unit } = view;
  const offset = window.offsetBytes + from * unit;
  if (reading.recovery && !reading.recovery.needsRow && offset >= reading.recovery.untilByte) reading.recovery = null;
  const limit = from + Math.ceil(reading.limitBytes / unit);
  const isCapped = limit < units.length;
  const range: UnitRange = { from, size: isCapped ? limit : units.length, isEnd: window.isEnd && !isCapped };
  if (reading.recovery) return cutLine(reading, reading.recovery, view, range, isCapped, batch);
  const ending = findRowEnd(units, from + markUnits(view, offset), range.size, reading.delimiter.charCodeAt(0), range.isEnd);
  if (ending.kind === 'open' && !range.isEnd && !isCapped) return from;
  if (ending.kind !== 'row') return takeBroken(reading, view, range, ending);
  takeRow(reading, view, from, ending, batch);
  return ending.end;
}

interface UnitRange {
  readonly from: number;
  readonly size: number;
  /** Nothing follows `size`. */
  readonly isEnd: boolean;
}

/** Units of the byte order mark, where the window begins with one. */
function markUnits({ units, unit }: UnitWindow, offset: number): number {
  if (offset > 0) return 0;
  if (unit === 2) return units[0] === 0xfeff ? 1 : 0;
  return units[0] === 0xef && units[1] === 0xbb && units[2] === 0xbf ? 3 : 0;
}

function takeRow(reading: CsvReading, view: UnitWindow, from: number, ending: EndingOf<'row'>, batch: (CsvRow | CsvProblem)[]): void {
  const row = rowOf(reading, view, from, ending);
  if (reading.width === 0) reading.width = row.fields.length;
  endProblem(reading, view.window.encoding, batch);
  batch.push(row);
}

/** A row without the end that it should have: its first line is a problem. */
function takeBroken(reading: CsvReading, view: UnitWindow, range: UnitRange, ending: EndingOf<'open' | 'lost-quote'>): number {
  const { window, unit } = view;
  const { from, size, isEnd } = range;
  const isLost = ending.kind === 'lost-quote';
  const until = isLost ? ending.lastLineStart : size;
  if (isLost || ending.isQuoted || ending.firstLineEnd !== -1) {
    reading.recovery = { untilByte: window.offsetBytes + until * unit, needsRow: !isLost };
  }
  reading.isInLongLine = ending.firstLineEnd === -1 && !isEnd;
  const end = ending.firstLineEnd === -1 ? size : ending.firstLineEnd;
  return giveUp(reading, view, from, end, isLost ? 'not-understood' : isEnd ? 'ends-early' : 'piece-too-large');
}

/** A line behind a broken row: a row where it is one by itself, else more of the problem. */
function cutLine(
  reading: CsvReading,
  recovery: Recovery,
  view: UnitWindow,
  { from, size, isEnd }: UnitRange,
  isCapped: boolean,
  batch: (CsvRow | CsvProblem)[],
): number {
  const { window, units, unit } = view;
  const textEnd = findLineEnd(units, from, size);
  if (!isEnd && (textEnd === size || !isWholeLineEnd(units, textEnd, isEnd))) {
    reading.isInLongLine = isCapped;
    return isCapped ? giveUp(reading, view, from, size, 'piece-too-large') : from;
  }
  const end = Math.min(endOfLine(units, textEnd), units.length);
  const ending = findRowEnd(units, from, textEnd, reading.delimiter.charCodeAt(0), true);
  const row = ending.kind === 'row' ? rowOf(reading, view, from, { ...ending, end }) : null;
  const width = row?.fields.length ?? 0;
  if (!row || width < 1 || (reading.width > 0 ? width !== reading.width : width === 1))
    return giveUp(reading, view, from, end, 'not-understood');
  if (window.offsetBytes + from * unit >= recovery.untilByte) reading.recovery = null;
  endProblem(reading, window.encoding, batch);
  batch.push(row);
  return end;
}

/** Adds the range to the problem under way, or begins one. */
function giveUp(reading: CsvReading, { window, unit }: UnitWindow, from: number, to: number, code: ProblemCode): number {
  reading.problem ??= beginProblem(code, window.offsetBytes + from * unit);
  extendProblem(reading.problem, window.bytes.subarray(from * unit, to * unit));
  return to;
}

function passLongLine(reading: CsvReading, view: UnitWindow, from: number): number {
  const { window, units } = view;
  const lineEnd = findLineEnd(units, from, units.length);
  const isWhole = window.isEnd || (lineEnd < units.length && isWholeLineEnd(units, lineEnd, window.isEnd));
  reading.isInLongLine = !isWhole;
  return giveUp(reading, view, from, isWhole ? Math.min(endOfLine(units, lineEnd), units.length) : lineEnd, 'piece-too-large');
}

function endProblem(reading: CsvReading, encoding: TextEncoding, batch: (CsvRow | CsvProblem)[]): void {
  const { problem } = reading;
  if (!problem) return;
  const { code, offsetBytes, lengthBytes } = problem;
  batch.push({ kind: 'problem', code, raw: rawOfProblem(problem, encoding), offsetBytes, lengthBytes });
  reading.problem = null;
}

function rowOf(reading: CsvReading, { window, unit }: UnitWindow, from: number, { end, textEnd }: EndingOf<'row'>): CsvRow {
  const { encoding } = window;
  const offsetBytes = window.offsetBytes + from * unit;
  const bytes = window.bytes.subarray(from * unit, textEnd * unit);
  const decoded = decodeStrictly(bytes, encoding);
  const text = decoded ?? decodeLossy(bytes, encoding);
  const raw = offsetBytes === 0 && text.startsWith('\ufeff') ? text.slice(1) : text;
  return {
    kind: 'row',
    fields: offsetBytes === 0 && /^sep=[,;\t]$/.test(raw) ? [] : splitFields(raw, reading.delimiter),
    raw,
    offsetBytes,
    lengthBytes: (end - from) * unit,
    damagedRaw: decoded === null ? `base64:${encodeBase64(bytes.subarray(0, (problemRawLimitBytes * 3) >> 2))}` : null,
  };
}
