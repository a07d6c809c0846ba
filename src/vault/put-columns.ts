// A segment's packed columns on their way to disk: sealed each on its own, into a file one after the other where this engine reads
// such files faster than rows, else as rows.

import { joinBytes } from '../bytes/join-bytes';
import { freeBytes } from '../model/free-bytes';
import type { SegmentId } from '../model/ids';
import { idOfPieces, placeOf, rowOf } from './chunk-place';
import type { Reserved } from './chunk-writer';
import { columnRows } from './column-rows';
import { columnNames } from './columns/segment';
import { sealOverheadBytes, sealRow } from './keyring';
import { newObjectId } from './object-id';
import type { WriterState } from './writer-state';

const totalOf = (sizesBytes: readonly number[]): number => sizesBytes.reduce((sum, sizeBytes) => sum + sizeBytes, 0);

interface Place {
  readonly segment: SegmentId;
  /** Null where columns are rows. */
  readonly reserved: Reserved | null;
}

/** Room for columns of these sealed sizes; `row` was never sealed under. */
async function reserve({ context, columns }: WriterState, row: string, sizesBytes: readonly number[]): Promise<Place> {
  const files = await context.chunkFiles();
  const reserved = files?.sharesHandles ? await columns.reserve(row, totalOf(sizesBytes)) : null;
  const place = reserved && placeOf(reserved.id);
  return { segment: (place ? idOfPieces(row, place, sizesBytes) : row) as SegmentId, reserved };
}

async function write({ batch }: WriterState, { reserved }: Place, rows: readonly string[], sealed: readonly Uint8Array[]): Promise<void> {
  if (reserved === null) return void (await Promise.all(sealed.map((bytes, at) => batch.put(rows[at] ?? '', bytes))));
  const joined = joinBytes(sealed, totalOf(sealed.map(({ length }) => length)));
  await reserved.write(joined);
  freeBytes(joined as Uint8Array<ArrayBuffer>);
}

/**
 * Seals packed columns, in the order of `columnNames`, under a fresh id, which is known before they are sealed. Their memory is given
 * back: nobody else may need it.
 */
export async function putColumns(state: WriterState, packed: readonly Uint8Array[]): Promise<SegmentId> {
  const { keyring, random } = state.context;
  const sizesBytes = packed.map(({ length }) => length + sealOverheadBytes);
  const place = await reserve(state, newObjectId(random, keyring.epoch()), sizesBytes);
  await state.sealing.add(async () => {
    const rows = await columnRows(place.segment, columnNames);
    const seal = (row: string, at: number) => sealRow(keyring, rowOf(row), `column ${columnNames[at]}`, packed[at] ?? new Uint8Array(0));
    const sealed = await Promise.all(rows.map(seal));
    for (const bytes of packed) freeBytes(bytes as Uint8Array<ArrayBuffer>);
    await write(state, place, rows, sealed);
    // Of what the batch took nothing may be given back.
    if (place.reserved !== null) for (const bytes of sealed) freeBytes(bytes);
  });
  return place.segment;
}

/** Copies a segment's columns, sealed as they are, to the end of what this writer writes; gives the id that tells their new place. */
export async function moveColumns(state: WriterState, segment: SegmentId): Promise<SegmentId> {
  const rows = await columnRows(segment, columnNames);
  const sealed = await state.next.fetchRows(rows);
  if (!sealed.every((bytes) => bytes instanceof Uint8Array)) return segment;
  const place = await reserve(state, rowOf(segment), sealed.map(({ length }) => length)); // prettier-ignore
  if (place.reserved === null) return segment;
  await write(state, place, rows, sealed);
  return place.segment;
}
