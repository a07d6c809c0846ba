// Memory in which packs are gathered: as long as a pack is, and used again by the next.

import { freeBytes } from '../model/free-bytes';
import { defaultPackBytes } from './environment';

/** A pack is closed by the blob that fills it, and its list follows. What is not used of it costs nothing. */
const beyondBytes = 1024 * 1024;
/** Kept for the next pack: as many as are open at once in a backup. */
const keptLimit = 4;

/** One pack's bytes, one after the other. */
export interface GatheredBytes {
  readonly sizeBytes: number;
  /** Copies them. */
  push(bytes: Uint8Array): void;
  /** All so far; they hold until the next `push`, or until `release`. */
  view(): Uint8Array<ArrayBuffer>;
  /** Gives the memory to the next pack; there are no bytes afterwards. */
  release(): void;
}

export interface PackMemory {
  open(): GatheredBytes;
}

/** For packs that are closed at `packBytes`; one with a large blob makes its memory longer, once. */
export function createPackMemory(packBytes = defaultPackBytes): PackMemory {
  const firstBytes = packBytes + beyondBytes;
  const keptBytes = 2 * firstBytes;
  const spare: Uint8Array<ArrayBuffer>[] = [];
  const keep = (bytes: Uint8Array<ArrayBuffer>): void => {
    if (spare.length < keptLimit && bytes.length <= keptBytes) spare.push(bytes);
    else freeBytes(bytes);
  };
  const open = (): GatheredBytes => {
    let room = spare.pop() ?? new Uint8Array(firstBytes);
    let sizeBytes = 0;
    const makeRoom = (neededBytes: number): void => {
      if (neededBytes <= room.length) return;
      const larger = new Uint8Array(Math.max(neededBytes, 2 * room.length));
      larger.set(room.subarray(0, sizeBytes));
      freeBytes(room);
      room = larger;
    };
    return {
      get sizeBytes() {
        return sizeBytes;
      },
      push(bytes) {
        makeRoom(sizeBytes + bytes.length);
        room.set(bytes, sizeBytes);
        sizeBytes += bytes.length;
      },
      view: () => room.subarray(0, sizeBytes),
      release() {
        keep(room);
        room = new Uint8Array(0);
        sizeBytes = 0;
      },
    };
  };
  return { open };
}
