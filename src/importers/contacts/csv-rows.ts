// Rows of a table with separated values (RFC 4180): quoted cells may hold line breaks, so a row is one line or several.

import type { NeutralRecord, Span } from '../../model/record';
import { problemOf } from '../problem-record';
import type { PieceReader, PlacedLine } from '../record-batches';

export type Separator = ',' | ';' | '\t';

/** An open quote takes no more than this into one row. */
const rowLimit = 65_536;

/** The separator that the header has most of. */
export function findSeparator(header: string): Separator {
  const count = (separator: Separator): number => header.split(separator).length;
  return ([',', ';', '\t'] as const).toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

/** The cells of a whole row, quotes resolved. */
export function splitRow(row: string, separator: Separator): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < row.length; at++) {
    const letter = row[at] ?? '';
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (row[at + 1] === '"') cell += row[++at] ?? '';
      else isQuoted = false;
    } else if (letter === '"' && cell === '') isQuoted = true;
    else if (letter === separator) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell];
}

function countQuotes(text: string): number {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++;
  return quotes;
}

interface OpenRow {
  readonly lines: string[];
  readonly offsetBytes: number;
  lengthBytes: number;
  length: number;
  quotes: number;
}

/** Gathers lines into rows and hands each on with its bytes. */
export function createRowReader(takeRow: (text: string, span: Span, out: NeutralRecord[]) => void): PieceReader<PlacedLine> {
  let row: OpenRow | null = null;
  let entry = 0;
  const end = (out: NeutralRecord[]): void => {
    if (row === null) return;
    const { lines, offsetBytes, lengthBytes, quotes } = row;
    const span = { entry, offsetBytes, lengthBytes };
    if (quotes % 2 === 1) out.push(problemOf('not-understood', lines.join('\n'), span));
    else takeRow(lines.join('\n'), span, out);
    row = null;
  };
  return {
    take({ text, span, problems }, out) {
      entry = span.entry;
      row ??= { lines: [], offsetBytes: span.offsetBytes, lengthBytes: 0, length: 0, quotes: 0 };
      row.lines.push(text);
      row.lengthBytes += span.lengthBytes;
      row.length += text.length + 1;
      row.quotes += countQuotes(text);
      const isCut = problems.some(({ lengthBytes }) => lengthBytes > 0);
      if (row.quotes % 2 === 0 || row.length > rowLimit || isCut) end(out);
    },
    end,
  };
}
