// The rows of a segment's columns: derived from its id by hashing, so that nobody sees which rows belong together; where they lie in a
// file, whose bytes do not tell, by their names.

import { hashBytes } from '../crypto/hashes';
import type { SegmentId } from '../model/ids';
import type { ColumnName } from './archive';
import { piecesOf, placedId, rowOf } from './chunk-place';
import { columnNames } from './columns/segment';
import { utf8Bytes } from './utf8';

async function hashedRow(segment: SegmentId, column: ColumnName): Promise<string> {
  return segment.charAt(0) + (await hashBytes(utf8Bytes(`${segment}/${column}`))).slice(0, 32);
}

/** Rows of several columns, in their order, with their places where they lie in a file. */
export function columnRows(segment: SegmentId, columns: readonly ColumnName[]): Promise<string[]> {
  const pieces = piecesOf(segment);
  const rowIn = async (column: ColumnName): Promise<string> => {
    const place = pieces?.[columnNames.indexOf(column)];
    return place ? placedId(`${rowOf(segment)}.${column}`, place) : hashedRow(segment, column);
  };
  return Promise.all(columns.map(rowIn));
}
