// Names of sealed objects: a letter for the epoch of the vault key they are sealed under, then 128 random bits.

import { toBase64Url } from '../crypto/base64url';
import type { RandomBytes } from '../crypto/random';
import type { ObjectId } from '../model/ids';

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
