// Opening segments: some of their columns, or whole messages.

import { freeBytes } from '../model/free-bytes';
import type { SegmentId } from '../model/ids';
import type { Message } from '../model/message';
import type { ColumnName, SegmentColumns } from './archive';
import { placeOf, rowOf } from './chunk-place';
import { type ColumnCodec, unpack } from './codec';
import { columnRows } from './column-rows';
import { messagesOf } from './columns/messages';
import { columnNames, decodeColumns } from './columns/segment';
import { openRow } from './keyring';
import type { ArchiveState } from './reader';

/** Opens only the columns asked for, all rows in one request. What they lie in is the caller's alone. */
export async function readSegment(state: ArchiveState, segment: SegmentId, columns: readonly ColumnName[]): Promise<SegmentColumns> {
  return decodeColumns(await readEncoded(state, segment, columns));
}

const messageColumns = columnNames.filter((name) => name !== 'signature');

/** Whole messages of a segment, in time order. Of its columns nothing is left: an import reads many of them, one after the other. */
export async function readMessages(state: ArchiveState, segment: SegmentId): Promise<readonly Message[]> {
  const encoded = await readEncoded(state, segment, messageColumns);
  const messages = messagesOf(decodeColumns(encoded));
  for (const bytes of encoded.values()) freeBytes(bytes as Uint8Array<ArrayBuffer>);
  return messages;
}

async function readEncoded(
  state: ArchiveState,
  segment: SegmentId,
  columns: readonly ColumnName[],
): Promise<ReadonlyMap<ColumnName, Uint8Array>> {
  const { keyring, codec } = state.context;
  const rows = await columnRows(segment, columns);
  const sealed = await state.fetchRows(rows);
  const opened = await Promise.all(rows.map((row, at) => openRow(keyring, rowOf(row), `column ${columns[at]}`, sealed[at])));
  // What comes from a file was read for this call alone.
  for (const [at, row] of rows.entries()) if (placeOf(row) !== null) freeBytes(sealed[at] as Uint8Array<ArrayBuffer>);
  return new Map(columns.map((column, at) => [column, unpackOwn(codec, opened[at] as Uint8Array<ArrayBuffer>)]));
}

/** As `unpack`, which gives a view of what was not compressed. */
function unpackOwn(codec: ColumnCodec, packed: Uint8Array<ArrayBuffer>): Uint8Array {
  const plain = unpack(codec, packed);
  if (plain.buffer !== packed.buffer) freeBytes(packed);
  return plain;
}
