// Small tables, read whole: each row is structure of the archive.

import type { Row } from '../../bytes/sqlite/row';
import type { BesideInput } from './form';

/** The rows of a table; none where it is not there. To be read to the end. */
export function* readRows(
  { archive, out }: Pick<BesideInput, 'archive' | 'out'>,
  table: string,
  columns: readonly string[],
): Generator<Row, void, void> {
  for (const batch of archive.rows.scan(table, columns)) {
    out.push(...batch.problems);
    for (const { row, span } of batch.rows) {
      out.push({ type: 'structure', name: table, ...span });
      yield row;
    }
  }
}
