// The beginning of a file as a table: in which forms it can be read, which columns it has, and its first rows.

import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource } from '../../bytes/source';
import { decodeHead } from '../../bytes/text-encoding';
import type { TableForm, TableMapping } from '../../model/table-mapping';
import { detectBytes } from '../archive-files';
import { parseExactJson } from '../exact-json';
import { isObject } from '../json-fields';
import type { Cells } from './cells';
import { cellsOf } from './cells';
import { readCsvHead } from './csv-head';
import { findRows } from './find-rows';

export interface TableHead extends Pick<TableMapping, 'form' | 'rows' | 'hasHeader' | 'columns'> {
  /** The first rows, at most 200. */
  readonly firstRows: readonly Cells[];
}

export const firstRowsLimit = 200;
const columnsLimit = 1000;
/** Of a document with more arrays of objects than this the longest are looked at. */
const arraysLimit = 4;

/** Ways to read a file as a table of at least two columns, likeliest first; [] where it is none. Reads at most 256 KiB. */
export async function readTableHeads(source: ByteSource): Promise<readonly TableHead[]> {
  const bytes = await source.read(0, detectBytes);
  const isWhole = bytes.length === source.sizeBytes;
  const heads = (await readJsonHeads(bytes, isWhole)) ?? (await readCsvHead(bytes, isWhole));
  return heads.filter(({ columns, firstRows }) => columns.length > 1 && columns.length <= columnsLimit && firstRows.length > 0);
}

/** The head in one form; null where the file is none of it. */
export async function readTableHead(
  source: ByteSource,
  { form, rows, hasHeader }: Pick<TableMapping, 'form' | 'rows' | 'hasHeader'>,
): Promise<TableHead | null> {
  const heads = await readTableHeads(source);
  return heads.find((head) => head.form === form && head.rows === rows && head.hasHeader === hasHeader) ?? null;
}

/** Null where the bytes do not begin as JSON does. */
async function readJsonHeads(bytes: Uint8Array, isWhole: boolean): Promise<readonly TableHead[] | null> {
  const text = decodeHead(bytes);
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return null;
  const lines = readLineObjects(text, isWhole);
  if (lines !== null) return [headOf('jsonl', '', lines)];
  const heads: TableHead[] = [];
  for (const { path } of findRows(text).slice(0, arraysLimit)) heads.push(headOf('json', path, await readElements(bytes, path)));
  return heads;
}

/** The objects of JSONL, one a line; null where the first two lines are not both whole objects. */
function readLineObjects(text: string, isWhole: boolean): Cells[] | null {
  const lines = text.split('\n');
  // Of a longer file the last line is cut.
  if (!isWhole) lines.pop();
  const filled = lines.filter((line) => line.trim() !== '').slice(0, firstRowsLimit);
  const values = filled.map((line) => parseExactJson(line));
  if (!isObject(values[0]) || !isObject(values[1])) return null;
  return values.filter(isObject).map(cellsOf);
}

async function readElements(bytes: Uint8Array, path: string): Promise<Cells[]> {
  const found: Cells[] = [];
  for await (const pieces of readJsonPieces(sourceOfBytes(bytes), { paths: [path] })) {
    for (const { kind, text } of pieces) {
      if (kind !== 'item') continue;
      const value = parseExactJson(text);
      if (isObject(value)) found.push(cellsOf(value));
      if (found.length === firstRowsLimit) return found;
    }
  }
  return found;
}

function headOf(form: TableForm, rows: string, firstRows: readonly Cells[]): TableHead {
  const columns = new Set<string>();
  for (const cells of firstRows) for (const column of cells.keys()) columns.add(column);
  return { form, rows, hasHeader: true, columns: [...columns], firstRows };
}
