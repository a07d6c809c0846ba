// Finds and reads the central directory of a ZIP: the end record (behind which a comment may stand), its Zip64 form, and
// the headers, bounded in number and size. Archives with something before them (self-extracting) are read as well.

import { CamphorError } from '../model/error';
import type { ArchiveLimits } from './limits';
import type { ByteSource } from './source';
import { readCentralHeader, readUint64, signatures, viewOf, type ZipItem } from './zip-header';

export interface ZipDirectory {
  readonly items: readonly ZipItem[];
  /** Where the directory lies in the file: entries end before it. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** True where it ends before the number of entries that the end record promises. */
  readonly isShort: boolean;
}

const endRecordBytes = 22;
const commentLimitBytes = 65_535;
const locatorBytes = 20;
const zip64RecordBytes = 56;

/** What an end record says. `before`: where the end records themselves begin, which is where the directory should end. */
interface EndRecord {
  readonly count: number;
  readonly lengthBytes: number;
  readonly offsetBytes: number;
  readonly before: number;
}

/**
 * The central directory, or null where there is none that can be read: then the file is truncated or no ZIP. Reads the
 * last 64 KiB and the directory. Throws CamphorError `archive-limit` (facts: limit, found, allowed), or what the source throws.
 */
export async function readDirectory(source: ByteSource, limits: ArchiveLimits): Promise<ZipDirectory | null> {
  const tailOffset = Math.max(0, source.sizeBytes - endRecordBytes - commentLimitBytes);
  const tail = await source.read(tailOffset, source.sizeBytes);
  const view = viewOf(tail);
  for (let at = tail.length - endRecordBytes; at >= 0; at--) {
    if (tail[at] !== 0x50 || view.getUint32(at, true) !== signatures.endOfDirectory) continue;
    if (at + endRecordBytes + view.getUint16(at + 20, true) > tail.length) continue;
    const record = await readEndRecord(source, tail, at, tailOffset);
    const directory = await readHeaders(source, record, limits);
    if (directory) return directory;
  }
  return null;
}

async function readEndRecord(source: ByteSource, tail: Uint8Array, at: number, tailOffset: number): Promise<EndRecord> {
  const view = viewOf(tail);
  const narrow: EndRecord = {
    count: view.getUint16(at + 10, true),
    lengthBytes: view.getUint32(at + 12, true),
    offsetBytes: view.getUint32(at + 16, true),
    before: tailOffset + at,
  };
  if (at < locatorBytes || view.getUint32(at - locatorBytes, true) !== signatures.zip64Locator) return narrow;
  // The record is where the locator says, or, with something before the archive, right before the locator.
  for (const offset of [readUint64(view, at - locatorBytes + 8), narrow.before - locatorBytes - zip64RecordBytes]) {
    const record = await source.read(offset, offset + zip64RecordBytes);
    if (record.length < zip64RecordBytes) continue;
    const wide = viewOf(record);
    if (wide.getUint32(0, true) !== signatures.zip64EndOfDirectory) continue;
    return { count: readUint64(wide, 32), lengthBytes: readUint64(wide, 40), offsetBytes: readUint64(wide, 48), before: offset };
  }
  return narrow;
}

async function readHeaders(source: ByteSource, record: EndRecord, limits: ArchiveLimits): Promise<ZipDirectory | null> {
  const { count, lengthBytes, before } = record;
  if (count === 0 && lengthBytes === 0) return { items: [], offsetBytes: before, lengthBytes: 0, isShort: false };
  if (lengthBytes > before) return null;
  assertLimit('directoryBytes', lengthBytes, limits);
  assertLimit('entryCount', count, limits);
  // Offsets count from the start of the archive, which is not the start of the file where something was put before it.
  for (const shift of new Set([0, before - lengthBytes - record.offsetBytes])) {
    const offsetBytes = record.offsetBytes + shift;
    if (offsetBytes < 0 || offsetBytes + lengthBytes > before) continue;
    const bytes = await source.read(offsetBytes, offsetBytes + lengthBytes);
    const items: ZipItem[] = [];
    for (let next = readCentralHeader(bytes, 0); next; next = readCentralHeader(bytes, next.next)) {
      items.push(shift === 0 ? next.item : { ...next.item, headerOffset: next.item.headerOffset + shift });
      assertLimit('entryCount', items.length, limits);
    }
    if (items.length > 0) return { items, offsetBytes, lengthBytes, isShort: items.length < count };
  }
  return null;
}

/** Throws CamphorError `archive-limit`, naming the limit. */
export function assertLimit(limit: keyof ArchiveLimits, found: number, limits: ArchiveLimits): void {
  if (found > limits[limit]) throw new CamphorError('archive-limit', { limit, found, allowed: limits[limit] });
}
