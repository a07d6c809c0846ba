// The rows of a table in JSONL: an object a line.

import { parseExactJson } from '../exact-json';
import { isObject } from '../json-fields';
import { problemOf, structureOf } from '../problem-record';
import { type EntryPlace, readLineRecords } from '../record-batches';
import { cellsOf } from './cells';
import type { RowReader } from './row-reader';

const lineLimitBytes = 16 << 20;

/** Records of the lines; blank ones are structure, and what is no object is a problem. Throws what the source throws. */
export function readTableLines(place: EntryPlace, rows: RowReader): ReturnType<typeof readLineRecords> {
  return readLineRecords(
    place,
    { encoding: 'utf-8', lineLimitBytes },
    {
      take({ text, span }, out) {
        if (text.trim() === '' || text === '\ufeff') return void out.push(structureOf('blank', span));
        const value = parseExactJson(text);
        if (isObject(value)) rows.take(cellsOf(value), text, span, out);
        else out.push(problemOf(value === undefined ? 'bad-json' : 'not-understood', text, span));
      },
    },
  );
}
