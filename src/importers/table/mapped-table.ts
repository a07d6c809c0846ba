// The importer of tables that nobody knows. A mapping of their columns makes it: without one there is no such importer, and
// with one it claims the files that have the same columns and nothing else. See README.md.

import type { FileEntry, FileSet } from '../../bytes/source';
import { readMapping, type TableMapping } from '../../model/table-mapping';
import { candidates, entryOf } from '../archive-files';
import { type Answers, type Detection, type Importer, type Question } from '../importer';
import { createJsonReader } from '../json-pieces';
import { readJsonRecords } from '../record-batches';
import { cellsOf, textOf } from './cells';
import { createRowReader, tableName, readRowTime, type RowReader } from './row-reader';
import { readTableHead, readTableHeads, type TableHead } from './table-head';
import { readTableLines } from './table-lines';
import { readTableRecords } from './table-records';

const tablePath = /\.(?:csv|tsv|tab|txt|json|jsonl|ndjson)$/i;
const sendersLimit = 200;

/** Reads tables with the columns of `mapping`. An answer `mapping` (JSON of another for the same file) takes its place. */
export function mappedTable(mapping: TableMapping): Importer {
  const chosen = ({ mapping: answer }: Answers): TableMapping => (answer === undefined ? null : readMapping(answer)) ?? mapping;
  return {
    format: `table-${mapping.form}`,
    source: 'other',
    detect: (files) => detectTables(files, mapping),
    ask: (files, detection) => askOf(files, detection, mapping),
    async *read(files, detection, { answers, onBytes }) {
      const entry = detection.entries[0] ?? -1;
      const source = entryOf(files, detection).open();
      const by = chosen(answers);
      const rows = createRowReader({ files, entry, mapping: by, owner: answers['owner'] ?? null });
      const place = { source, entry, onBytes };
      if (by.form === 'jsonl') yield* readTableLines(place, rows);
      else if (by.form === 'csv') yield* readTableRecords(place, by, rows);
      else yield* readJsonRecords(place, { paths: [by.rows] }, createJsonReader(entry, takeRows(rows)));
    },
  };
}

function takeRows(rows: RowReader): Parameters<typeof createJsonReader>[1] {
  return { takeItem: (element, { text, span }, out) => rows.take(cellsOf(element), text, span, out) };
}

/** Heads of files that were asked for before: several mappings are tried on one file. */
const knownHeads = new WeakMap<FileEntry, Promise<readonly TableHead[]>>();

async function detectTables(files: FileSet, mapping: TableMapping): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [index, entry] of candidates(files, tablePath)) {
    const heads = knownHeads.get(entry) ?? readTableHeads(entry.open());
    knownHeads.set(entry, heads);
    // Without a header nothing but the likeliest reading tells that a file has none.
    const readings = mapping.hasHeader ? await heads : (await heads).slice(0, 1);
    if (!readings.some((head) => isTableOf(mapping, head))) continue;
    found.push({
      format: `table-${mapping.form}`,
      formatVersion: '1',
      source: 'other',
      entries: [index],
      title: tableName(entry.path),
      isSingle: mapping.roles.conversation === undefined,
    });
  }
  return found;
}

/** True where the file has the columns of the mapping; of JSON, whose objects leave out what they do not have, the main ones. */
export function isTableOf(mapping: TableMapping, head: TableHead): boolean {
  const { form, rows, hasHeader, columns, roles } = mapping;
  if (head.form !== form || head.rows !== rows || head.hasHeader !== hasHeader) return false;
  const has = (column: string | undefined): boolean => column === undefined || head.columns.includes(column);
  if (form !== 'csv') {
    return [roles.time, roles.clock, roles.sender, roles.text].every(has) && columns.filter(has).length * 2 >= columns.length;
  }
  if (head.columns.length !== columns.length) return false;
  return hasHeader ? columns.every(has) : head.firstRows.some((cells) => readRowTime(cells, mapping) !== null);
}

async function askOf(files: FileSet, detection: Detection, mapping: TableMapping): Promise<readonly Question[]> {
  const questions: Question[] = [{ id: 'mapping', options: [], guess: JSON.stringify(mapping), certain: true }];
  const head = await readTableHead(entryOf(files, detection).open(), mapping);
  const senders = mapping.roles.own === undefined ? sendersOf(head, mapping) : [];
  if (senders.length > 0) {
    questions.push({ id: 'owner', options: senders.map((name) => ({ value: name, label: name })), guess: null, certain: false });
  }
  const times = (head?.firstRows ?? []).map((cells) => readRowTime(cells, mapping));
  if (times.some((time) => time !== null && time.clock !== 'absolute')) {
    questions.push({ id: 'zone', options: [], guess: mapping.time.zone, certain: false });
  }
  return questions;
}

function sendersOf(head: TableHead | null, { roles }: TableMapping): readonly string[] {
  const { sender } = roles;
  if (sender === undefined || head === null) return [];
  const names = head.firstRows.map((cells) => textOf(cells.get(sender)).trim()).filter((name) => name !== '');
  return [...new Set(names)].slice(0, sendersLimit);
}
