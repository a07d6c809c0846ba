// Names of sealed objects: a letter for the epoch of the vault key they are sealed under, then 128 random bits.
// The rows of a segment's columns are derived from its id by hashing, so that nobody sees which rows belong together.

import { toBase64Url } from '../crypto/base64url';
import { hashBytes } from '../crypto/hashes';
import type { RandomBytes } from '../crypto/random';
import type { ObjectId, SegmentId } from '../model/ids';
import type { ColumnName } from './archive';
import { utf8Bytes } from './utf8';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Epochs come round after these many; only the current one and those still being resealed are ever told apart. */
export const epochCount = letters.length;

export function newObjectId(random: RandomBytes, epoch: number): ObjectId {
  return `${letters[epoch % epochCount]}${toBase64Url(random(16))}` as ObjectId;
}

/** Epoch of the key that a row is sealed under, or -1 for what is no row id. */
export function epochOf(row: string): number {
  return letters.indexOf(row.charAt(0));
}

export async function columnRow(segment: SegmentId, column: ColumnName): Promise<string> {
  return segment.charAt(0) + (await hashBytes(utf8Bytes(`${segment}/${column}`))).slice(0, 32);
}

/** Rows of several columns, in their order. */
export function columnRows(segment: SegmentId, columns: readonly ColumnName[]): Promise<string[]> {
  return Promise.all(columns.map((column) => columnRow(segment, column)));
}
