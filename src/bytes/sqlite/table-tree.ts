// The b-tree of a table (sqlite.org/fileformat2, 1.6), walked without the engine and past what is damaged: a page that is none
// is a fault with its number, and the rest goes on. Each page is visited once at most, so that a walk ends.

import type { DatabasePages } from './pages';
import { headerBytes } from './pages';
import { readVarint } from './record-format';
import type { SqlInteger } from './record-format';

/** A row's record, or what keeps one or more from being read. */
export type TreeStep =
  | { readonly kind: 'row'; readonly rowid: SqlInteger; readonly payload: Uint8Array }
  /** The row is there, but not the whole of it. */
  | { readonly kind: 'row-fault'; readonly rowid: SqlInteger; readonly page: number; readonly isTooLarge: boolean }
  /** How many rows it would have is not known. */
  | { readonly kind: 'page-fault'; readonly page: number };

/** A row's record above this is not read. */
export const rowLimitBytes = 32 << 20;
const depthLimit = 32;
const leafTable = 0x0d;
const interiorTable = 0x05;

interface Walk {
  readonly pages: DatabasePages;
  readonly usableBytes: number;
  readonly visited: Set<number>;
}

/** All rows below page `root`, in the order of the tree. */
export function walkTable(pages: DatabasePages, root: number): Generator<TreeStep, void, void> {
  const reserved = pages.readPage(1)[20] ?? 0;
  return walkPage({ pages, usableBytes: pages.pageSizeBytes - reserved, visited: new Set() }, root, 0);
}

function* walkPage(walk: Walk, number: number, depth: number): Generator<TreeStep, void, void> {
  const isNew = number >= 1 && !walk.visited.has(number) && depth < depthLimit;
  // A copy, since others are read while its cells are.
  const page = isNew ? walk.pages.readPage(number).slice() : new Uint8Array(0);
  walk.visited.add(number);
  const start = number === 1 ? headerBytes : 0;
  const view = new DataView(page.buffer, page.byteOffset, page.length);
  const kind = page[start];
  const isWhole = page.length === walk.pages.pageSizeBytes;
  const cellCount = isWhole ? view.getUint16(start + 3) : 0;
  const pointers = start + (kind === interiorTable ? 12 : 8);
  if (!isWhole || (kind !== leafTable && kind !== interiorTable) || pointers + cellCount * 2 > page.length)
    return yield { kind: 'page-fault', page: number };
  for (let cell = 0; cell < cellCount; cell++) {
    const at = view.getUint16(pointers + cell * 2);
    if (kind === leafTable) yield readCell(walk, page, number, at);
    else if (at + 4 <= page.length) yield* walkPage(walk, view.getUint32(at), depth + 1);
    else yield { kind: 'page-fault', page: number };
  }
  if (kind === interiorTable) yield* walkPage(walk, view.getUint32(start + 8), depth + 1);
}

function readCell(walk: Walk, page: Uint8Array, number: number, at: number): TreeStep {
  const size = readVarint(page, at);
  const key = size && readVarint(page, size.end);
  if (!key || typeof size.value !== 'number') return { kind: 'page-fault', page: number };
  const rowid = key.value;
  if (size.value > rowLimitBytes) return { kind: 'row-fault', rowid, page: number, isTooLarge: true };
  const payload = readPayload(walk, page, key.end, size.value);
  return payload === null ? { kind: 'row-fault', rowid, page: number, isTooLarge: false } : { kind: 'row', rowid, payload };
}

/** Null where the chain of overflow pages is broken. */
function readPayload({ pages, usableBytes }: Walk, page: Uint8Array, at: number, sizeBytes: number): Uint8Array | null {
  const localBytes = localPayload(sizeBytes, usableBytes);
  if (at + localBytes > page.length) return null;
  if (localBytes === sizeBytes) return page.subarray(at, at + sizeBytes);
  if (at + localBytes + 4 > page.length) return null;
  const payload = new Uint8Array(sizeBytes);
  payload.set(page.subarray(at, at + localBytes));
  const seen = new Set<number>();
  let next = uint32(page, at + localBytes);
  for (let done = localBytes; done < sizeBytes;) {
    const overflow = next < 1 || seen.has(next) ? new Uint8Array(0) : pages.readPage(next);
    if (overflow.length < pages.pageSizeBytes) return null;
    seen.add(next);
    const piece = overflow.subarray(4, 4 + Math.min(usableBytes - 4, sizeBytes - done));
    payload.set(piece, done);
    done += piece.length;
    next = uint32(overflow, 0);
  }
  return payload;
}

/** How much of a record lies in the leaf itself. */
function localPayload(sizeBytes: number, usableBytes: number): number {
  const most = usableBytes - 35;
  if (sizeBytes <= most) return sizeBytes;
  const least = Math.floor(((usableBytes - 12) * 32) / 255) - 23;
  const wanted = least + ((sizeBytes - least) % (usableBytes - 4));
  return wanted <= most ? wanted : least;
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at);
}
