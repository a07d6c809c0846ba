// Opening segments: some of their columns, or whole messages.

import type { SegmentId } from '../model/ids';
import type { Message } from '../model/message';
import type { ColumnName, SegmentColumns } from './archive';
import { rowOf } from './chunk-place';
import { unpack } from './codec';
import { columnRows } from './column-rows';
import { columnNames, decodeColumns, messagesOf } from './columns/segment';
import { openRow } from './keyring';
import type { ArchiveState } from './reader';

/** Opens only the columns asked for, all rows in one request. */
export async function readSegment(state: ArchiveState, segment: SegmentId, columns: readonly ColumnName[]): Promise<SegmentColumns> {
  const rows = await columnRows(segment, columns);
  const sealed = await state.fetchRows(rows);
  const { keyring, codec } = state.context;
  const opened = await Promise.all(rows.map((row, at) => openRow(keyring, rowOf(row), `column ${columns[at]}`, sealed[at])));
  return decodeColumns(new Map(columns.map((column, at) => [column, unpack(codec, opened[at] ?? new Uint8Array())])));
}

/** Whole messages of a segment, in time order. */
export async function readMessages(state: ArchiveState, segment: SegmentId): Promise<readonly Message[]> {
  return messagesOf(
    await readSegment(
      state,
      segment,
      columnNames.filter((name) => name !== 'signature'),
    ),
  );
}
