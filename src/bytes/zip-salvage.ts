// Finds the entries of a ZIP whose directory is missing, as in a download that broke off: by their local headers, one
// after the other, from the start of the file. Each byte is read at most twice. A stored entry whose
// size stands behind it, cut inside of that descriptor, keeps the descriptor's beginning as content: nothing tells them apart.

import { inflateCut } from './inflate-cut';
import { isBombRatio, type ArchiveLimits } from './limits';
import { streamChunkBytes } from './memory-source';
import type { ByteSource } from './source';
import { assertLimit } from './zip-directory';
import { readPieces } from './zip-entry';
import { flagDescriptor, methodDeflated, readLocalHeader, readUint64, signatures, viewOf, type ZipItem } from './zip-header';

export interface SalvagedItem {
  readonly item: ZipItem;
  /** True where the file ends inside the entry. */
  readonly isCut: boolean;
  /** Where the data end. */
  readonly endOffset: number;
}

/** A header with the longest name and extra field. */
const headerLimitBytes = 30 + 2 * 65_535;
/** A descriptor with its signature and 64-bit sizes. */
const descriptorLimitBytes = 24;

/** Entries by their local headers, in the order of the file. Throws CamphorError `archive-limit`, or what the source throws. */
export async function salvageItems(source: ByteSource, limits: ArchiveLimits): Promise<readonly SalvagedItem[]> {
  const items: SalvagedItem[] = [];
  for (let at = await findHeader(source, 0); at >= 0;) {
    const header = readLocalHeader(await source.read(at, at + headerLimitBytes), at);
    const found = header && (await findEnd(source, header.item, at + header.headerBytes, limits));
    if (found) items.push(found);
    assertLimit('entryCount', items.length, limits);
    at = await findHeader(source, found ? found.endOffset : at + 4);
  }
  return items;
}

/** Where the next local header begins, at or after `from`; -1 where there is none. */
async function findHeader(source: ByteSource, from: number): Promise<number> {
  for (let windowAt = from; windowAt + 4 <= source.sizeBytes; windowAt += streamChunkBytes) {
    // The first window is small: in an unbroken run the next header is right here.
    const window = await source.read(windowAt, windowAt + streamChunkBytes + 3);
    const view = viewOf(window);
    for (let at = window.indexOf(0x50); at >= 0 && at + 4 <= window.length; at = window.indexOf(0x50, at + 1)) {
      if (view.getUint32(at, true) === signatures.localHeader) return windowAt + at;
    }
  }
  return -1;
}

async function findEnd(source: ByteSource, item: ZipItem, dataOffset: number, limits: ArchiveLimits): Promise<SalvagedItem | null> {
  const endOffset = dataOffset + item.compressedBytes;
  const isDescribed = (item.flags & flagDescriptor) !== 0 && item.compressedBytes === 0;
  if (!isDescribed && endOffset <= source.sizeBytes) return { item, isCut: false, endOffset };
  const described = isDescribed ? await findDescriptor(source, item, dataOffset) : null;
  if (described) return { item: described, isCut: false, endOffset: dataOffset + described.compressedBytes };
  const compressedBytes = source.sizeBytes - dataOffset;
  const sizeBytes = item.method === methodDeflated ? await measure(source, dataOffset, limits) : compressedBytes;
  return { item: { ...item, compressedBytes, sizeBytes, crc32: null }, isCut: true, endOffset: source.sizeBytes };
}

/** What is left of a cut entry, inflated; 0 where that is more than the limits allow. */
async function measure(source: ByteSource, dataOffset: number, limits: ArchiveLimits): Promise<number> {
  let sizeBytes = 0;
  for await (const chunk of inflateCut(readPieces(source, dataOffset, source.sizeBytes))) {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.entryBytes || isBombRatio(sizeBytes, source.sizeBytes - dataOffset, limits)) return 0;
  }
  return sizeBytes;
}

/** The item with the sizes of the descriptor behind its data, which repeats the distance to the data's start; or null. */
async function findDescriptor(source: ByteSource, item: ZipItem, dataOffset: number): Promise<ZipItem | null> {
  for (let windowAt = dataOffset; windowAt < source.sizeBytes; windowAt += streamChunkBytes) {
    // A descriptor without signature lies before the next header, so the window begins a little earlier.
    const before = Math.min(12, windowAt - dataOffset);
    const window = await source.read(windowAt - before, windowAt + streamChunkBytes + descriptorLimitBytes);
    const distance = windowAt - before - dataOffset;
    for (let at = window.indexOf(0x50); at >= 0 && at + 4 <= window.length; at = window.indexOf(0x50, at + 1)) {
      const sizes = readDescriptor(viewOf(window), at, distance + at);
      if (sizes) return { ...item, ...sizes };
    }
  }
  return null;
}

/** `PK`, with which all headers begin. */
const headerStart = 0x4b50;

type DescribedSizes = Pick<ZipItem, 'crc32' | 'compressedBytes' | 'sizeBytes'>;

/** A descriptor at `at`, or right before a header at `at`, when the length that it gives is `distance` to the data's start. */
function readDescriptor(view: DataView, at: number, distance: number): DescribedSizes | null {
  const signature = view.getUint32(at, true);
  if (signature === signatures.dataDescriptor && at + 16 <= view.byteLength) {
    const crc32 = view.getUint32(at + 4, true);
    // Nothing says whether its sizes have 32 or 64 bits but what comes behind it: another header, or nothing.
    const isWide = at + 24 <= view.byteLength && readUint64(view, at + 8) === distance && view.getUint16(at + 16, true) !== headerStart;
    if (isWide) return { crc32, compressedBytes: distance, sizeBytes: readUint64(view, at + 16) };
    const compressedBytes = view.getUint32(at + 8, true);
    return compressedBytes === distance ? { crc32, compressedBytes, sizeBytes: view.getUint32(at + 12, true) } : null;
  }
  if (signature !== signatures.localHeader && signature !== signatures.centralHeader) return null;
  if (at < 12 || view.getUint32(at - 8, true) !== distance - 12) return null;
  return { crc32: view.getUint32(at - 12, true), compressedBytes: distance - 12, sizeBytes: view.getUint32(at - 4, true) };
}
