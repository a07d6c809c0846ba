// The rows of a table in CSV.

import type { TableMapping } from '../../model/table-mapping';
import { structureOf } from '../problem-record';
import { type EntryPlace, readCsvRecords } from '../record-batches';
import { cellsOfFields, nameColumns } from './csv-head';
import type { RowReader } from './row-reader';

/** Records of the rows; the header is structure. Throws what the source throws. */
export function readTableRecords(
  place: EntryPlace,
  { hasHeader, columns: known }: TableMapping,
  rows: RowReader,
): ReturnType<typeof readCsvRecords> {
  let columns = hasHeader ? null : known;
  return readCsvRecords(
    place,
    {},
    {
      take({ fields, raw, span }, out) {
        if (columns === null) {
          columns = nameColumns(fields);
          out.push(structureOf('header', span));
        } else rows.take(cellsOfFields(columns, fields), raw, span, out);
      },
    },
  );
}
