// Where a sealed chunk lies: in IndexedDB under its row id, or in a file of chunks, whose name and place are then part of the id
// that the catalogue holds: `<row id>@<file>.<first byte>.<length>`, numbers in base 36. The seal is bound to the row id alone.
// A segment's columns lie one after the other: its id has a length for each of them.

import type { ObjectId } from '../model/ids';

export interface ChunkPlace {
  readonly file: string;
  readonly fromByte: number;
  readonly sizeBytes: number;
}

const placed = /^[\w.-]{1,64}@([\w-]{1,32})\.([0-9a-z]{1,10})((?:\.[0-9a-z]{1,10})+)$/;

export function placedId(row: string, { file, fromByte, sizeBytes }: ChunkPlace): ObjectId {
  return idOfPieces(row, { file, fromByte }, [sizeBytes]);
}

/** Of pieces that lie there one after the other. */
export function idOfPieces(row: string, { file, fromByte }: Omit<ChunkPlace, 'sizeBytes'>, sizesBytes: readonly number[]): ObjectId {
  return [`${row}@${file}`, ...[fromByte, ...sizesBytes].map((number) => number.toString(36))].join('.') as ObjectId;
}

/** The id without its place: what the chunk was sealed under. */
export function rowOf(id: string): string {
  const at = id.indexOf('@');
  return at < 0 ? id : id.slice(0, at);
}

/** Null for what lies in IndexedDB. */
export function placeOf(id: string): ChunkPlace | null {
  const pieces = piecesOf(id);
  return pieces && { ...(pieces[0] as ChunkPlace), sizeBytes: pieces.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}

/** The pieces that lie there, in order; null for what lies in IndexedDB. */
export function piecesOf(id: string): readonly ChunkPlace[] | null {
  const [, file, from, sizes] = placed.exec(id) ?? [];
  if (file === undefined || from === undefined || sizes === undefined) return null;
  let endByte = Number.parseInt(from, 36);
  return sizes
    .slice(1)
    .split('.')
    .map((size) => {
      const sizeBytes = Number.parseInt(size, 36);
      const fromByte = endByte;
      endByte += sizeBytes;
      return { file, fromByte, sizeBytes };
    });
}
