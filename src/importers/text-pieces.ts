// From lines of a text export to its pieces: a message, or something that stands alone, begins with a line that its format
// knows; the lines after it go on with it. Lines that go on with nothing are a problem, blank ones a structure.

import type { NeutralRecord, Span } from '../model/record';
import { emptyIfInvisible } from './marks';
import { problemOf, structureOf } from './problem-record';
import type { PieceReader, PlacedLine } from './record-batches';

export interface TextForm<Head> {
  /** What the line begins; null where it goes on with what came before. */
  begin(text: string): Head | null;
  /** True where no line goes on with this head's. */
  standsAlone(head: Head): boolean;
  /** Appends the records of a piece: its head, all its lines, where they lie. Their spans must tile `span`. */
  close(head: Head, lines: readonly string[], span: Span, out: NeutralRecord[]): void;
  /** A piece of more bytes goes on as a problem. Default 1 MiB. */
  readonly limitBytes?: number;
}

interface OpenPiece<Head> {
  /** Null for lines that go on with nothing. */
  readonly head: Head | null;
  readonly lines: string[];
  readonly entry: number;
  readonly offsetBytes: number;
  lengthBytes: number;
}

const defaultLimitBytes = 1 << 20;

/** A reader of lines that gives each piece to `form.close` once its last line is known. */
export function createTextReader<Head>(form: TextForm<Head>): PieceReader<PlacedLine> {
  const limitBytes = form.limitBytes ?? defaultLimitBytes;
  let open: OpenPiece<Head> | null = null;
  const close = (out: NeutralRecord[]) => {
    if (open !== null) closePiece(form, open, out);
    open = null;
  };
  return {
    take({ text, span, problems }, out) {
      const head = form.begin(text);
      if (open === null || head !== null || !goesOn(form, open, text, span, limitBytes)) {
        close(out);
        open = { head, lines: [], ...span, lengthBytes: 0 };
      }
      open.lines.push(text);
      open.lengthBytes += span.lengthBytes;
      // What is left of an over-long line is a problem of its own behind it: no piece reaches across.
      if (problems.some(({ lengthBytes }) => lengthBytes > 0)) close(out);
    },
    end: close,
  };
}

function goesOn<Head>(form: TextForm<Head>, open: OpenPiece<Head>, text: string, span: Span, limitBytes: number): boolean {
  if (open.lengthBytes + span.lengthBytes > limitBytes) return false;
  if (open.head !== null) return !form.standsAlone(open.head);
  return isBlank(open.lines[0] ?? '') === isBlank(text);
}

function closePiece<Head>(form: TextForm<Head>, { head, lines, ...place }: OpenPiece<Head>, out: NeutralRecord[]): void {
  if (head !== null) form.close(head, lines, place, out);
  else if (lines.every(isBlank)) out.push(structureOf('blank', place));
  else out.push(problemOf('not-understood', lines.join('\n'), place));
}

/** True for a line that shows nothing. */
export function isBlank(line: string): boolean {
  return emptyIfInvisible(line).trim() === '';
}

/** The lines as one text, without the blank ones at the end. */
export function joinLines(lines: readonly string[]): string {
  let end = lines.length;
  while (end > 1 && isBlank(lines[end - 1] ?? '')) end--;
  return lines.slice(0, end).join('\n');
}
