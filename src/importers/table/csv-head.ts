// The beginning of a CSV file as a table: with the first row as its header, and without.

import { type CsvRow, readCsvRows } from '../../bytes/csv-rows';
import { sourceOfBytes } from '../../bytes/memory-source';
import { decodeHead } from '../../bytes/text-encoding';
import type { Json } from '../../model/json';
import type { Cells } from './cells';
import { roleWords, wordOf } from './column-words';
import { guessTime } from './guess-time';
import type { TableHead } from './table-head';

const rowsLimit = 201;
/** A table has rows, and nearly all of them as many fields as the first. */
const leastRows = 2;
const likeShare = 0.8;
/** Characters that no text has; a BOM and line ends of old Macs are none of them. */
// oxlint-disable-next-line no-control-regex
const control = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;
const knownWords = new Set(Object.values(roleWords).flat());

/** Both readings, the likelier first; [] where the bytes are no table. */
export async function readCsvHead(bytes: Uint8Array, isWhole: boolean): Promise<readonly TableHead[]> {
  const text = decodeHead(bytes.subarray(0, 4096));
  if (control.test(text) || text.trimStart().startsWith('<')) return [];
  const rows = await readFirstRows(bytes, isWhole);
  const [first] = rows;
  if (first === undefined || rows.length < leastRows) return [];
  const alike = rows.filter(({ fields }) => fields.length === first.fields.length).length;
  if (first.fields.length < 2 || alike < rows.length * likeShare) return [];
  const named = headOf(nameColumns(first.fields), rows.slice(1), true);
  const bare = headOf(nameColumns(first.fields.map(() => '')), rows.slice(0, rowsLimit - 1), false);
  return isHeader(first.fields) ? [named, bare] : [bare, named];
}

async function readFirstRows(bytes: Uint8Array, isWhole: boolean): Promise<readonly CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const batch of readCsvRows(sourceOfBytes(bytes))) {
    for (const row of batch) {
      if (row.kind === 'row' && row.fields.length > 0) rows.push(row);
      if (rows.length === rowsLimit) return rows;
    }
  }
  // Of a longer file the last row is cut.
  return isWhole ? rows : rows.slice(0, -1);
}

function headOf(columns: readonly string[], rows: readonly CsvRow[], hasHeader: boolean): TableHead {
  return { form: 'csv', rows: '', hasHeader, columns, firstRows: rows.map(({ fields }) => cellsOfFields(columns, fields)) };
}

/** Names of columns: what the header says, a number where it says nothing; a name that comes again has its number behind it. */
export function nameColumns(header: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const [index, field] of header.entries()) {
    let name = field.trim() || String(index + 1);
    while (names.has(name)) name += ` (${index + 1})`;
    names.add(name);
  }
  return [...names];
}

/** The fields of a row by column; those beyond the last column by their number. */
export function cellsOfFields(columns: readonly string[], fields: readonly string[]): Cells {
  return new Map<string, Json>(fields.map((field, index) => [columns[index] ?? String(index + 1), field]));
}

/** A first row without a time, whose fields differ and are known names of columns or at least no numbers. */
function isHeader(fields: readonly string[]): boolean {
  const filled = fields.map((field) => field.trim()).filter((field) => field !== '');
  if (filled.some((field) => guessTime([field]).share === 1)) return false;
  if (filled.some((field) => knownWords.has(wordOf(field)))) return true;
  return new Set(filled).size === fields.length && filled.every((field) => field.length <= 40 && Number.isNaN(Number(field)));
}
