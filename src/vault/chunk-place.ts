// Where a sealed chunk lies: in IndexedDB under its row id, or in a file of chunks, whose name and place are then part of the id
// that the catalogue holds: `<row id>@<file>.<first byte>.<length>`, both numbers in base 36. The seal is bound to the row id alone.

import type { ObjectId } from '../model/ids';

export interface ChunkPlace {
  readonly file: string;
  readonly fromByte: number;
  readonly sizeBytes: number;
}

const placed = /^[\w-]{1,64}@([\w-]{1,32})\.([0-9a-z]{1,10})\.([0-9a-z]{1,10})$/;

export function placedId(row: string, { file, fromByte, sizeBytes }: ChunkPlace): ObjectId {
  return `${row}@${file}.${fromByte.toString(36)}.${sizeBytes.toString(36)}` as ObjectId;
}

/** The id without its place: what the chunk was sealed under. */
export function rowOf(id: string): string {
  const at = id.indexOf('@');
  return at < 0 ? id : id.slice(0, at);
}

/** Null for what lies in IndexedDB. */
export function placeOf(id: string): ChunkPlace | null {
  const [, file, from, size] = placed.exec(id) ?? [];
  if (file === undefined || from === undefined || size === undefined) return null;
  return { file, fromByte: Number.parseInt(from, 36), sizeBytes: Number.parseInt(size, 36) };
}
