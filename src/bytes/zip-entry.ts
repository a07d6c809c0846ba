// The bytes of one entry of a ZIP: stored ones are read in place, deflated ones are inflated from their start. Never reads
// outside of the room between the entry's header and the next one.

import { CamphorError } from '../model/error';
import { updateCrc32 } from './crc32';
import { inflate, InflateError, inflateInputBytes } from './inflate';
import { inflateCut } from './inflate-cut';
import { joinBytes } from './join-bytes';
import { streamChunkBytes } from './memory-source';
import { sourceOfRanges } from './ranged-source';
import type { ByteSource, ReadSync } from './source';
import { contentMethod, localHeaderBytes, methodDeflated, signatures, viewOf, type ZipItem } from './zip-header';

/** Opens encrypted entries with what their owner gave. */
export interface EntryCipher {
  /** Whether the secret seems to be this entry's, by what little the format has for that. `data` is what follows its local header. */
  fits(item: ZipItem, data: ByteSource): Promise<boolean>;
  /**
   * The entry's bytes, as compressed as they were; its MAC, where it has one, is checked before. Throws CamphorError `wrong-secret`,
   * `damaged`, and what reading throws.
   */
  open(item: ZipItem, data: ByteSource): Promise<ByteSource>;
}

export interface ZipRoom {
  readonly source: ByteSource;
  readonly item: ZipItem;
  /** First byte that cannot be the entry's: the next header, the directory, or the end of the file. */
  readonly endOffset: number;
  /** The archive ends inside the entry, which is known: its end is no news. */
  readonly isCut: boolean;
  /** Called when the entry turns out not to be what its header says. */
  readonly report: (detail: string) => void;
  /** Null where the entry is not encrypted. */
  readonly cipher: EntryCipher | null;
}

/** Where an entry's bytes are. */
interface EntryData {
  readonly source: ByteSource;
  readonly from: number;
  readonly to: number;
}

const gatheredBytes = 256 << 10;

/**
 * The entry's content, of at most the size that its header gives. Damage is reported when it is met, a wrong checksum at
 * the end of a stream from 0; either way what was read is given. Throws what the archive's source throws.
 */
export function sourceOfEntry(room: ZipRoom): ByteSource {
  const { sizeBytes } = room.item;
  const isDeflated = contentMethod(room.item) === methodDeflated;
  const find = findOnce(room);
  const streamAll = () => checkContent(isDeflated ? inflateEntry(room, find) : readStored(find), room);
  return {
    sizeBytes,
    readSync: isDeflated || room.cipher !== null ? undefined : readStoredSync(room),
    async read(fromByte, toByte) {
      const from = Math.max(0, fromByte);
      const to = Math.min(toByte, sizeBytes);
      if (to <= from) return new Uint8Array(0);
      if (isDeflated) return collect(streamAll(), from, to);
      const data = await find();
      return data ? data.source.read(data.from + from, Math.min(data.from + to, data.to)) : new Uint8Array(0);
    },
    async *stream(fromByte = 0) {
      let skip = Math.max(0, fromByte);
      for await (const chunk of streamAll()) {
        if (skip < chunk.length) yield chunk.subarray(skip);
        skip = Math.max(0, skip - chunk.length);
      }
    },
  };
}

type FindData = () => Promise<EntryData | null>;

/** Where the entry's bytes are, found when they are first asked for: of an encrypted one that is a pass over all of it. */
function findOnce(room: ZipRoom): FindData {
  let found: Promise<EntryData | null> | null = null;
  return () => {
    found ??= findData(room).catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  };
}

/** By its local header, and opened; null (and reported) where there is no such header, or the bytes are not what was encrypted. */
async function findData(room: ZipRoom): Promise<EntryData | null> {
  const { source, item, cipher } = room;
  const place = await findPlace(room);
  if (place === null || cipher === null) return place && { source, ...place };
  try {
    const opened = await cipher.open(item, dataSource(source, place));
    return { source: opened, from: 0, to: opened.sizeBytes };
  } catch (error) {
    if (!(error instanceof CamphorError) || (error.code !== 'wrong-secret' && error.code !== 'damaged')) throw error;
    room.report(error.code === 'damaged' ? 'is not what was encrypted' : 'needs another password');
    return null;
  }
}

async function findPlace(room: ZipRoom): Promise<{ from: number; to: number } | null> {
  const { headerOffset } = room.item;
  return placeData(room, await room.source.read(headerOffset, headerOffset + localHeaderBytes));
}

/** Whether the secret behind a room's cipher seems to be its entry's. */
export async function fitsEntry(room: ZipRoom): Promise<boolean> {
  const place = await findPlace(room);
  return place !== null && room.cipher !== null && room.cipher.fits(room.item, dataSource(room.source, place));
}

const dataSource = (source: ByteSource, { from, to }: { readonly from: number; readonly to: number }): ByteSource =>
  sourceOfRanges(to - from, (first, end) => source.read(from + first, from + end));

function placeData({ item, endOffset, report }: ZipRoom, header: Uint8Array): { from: number; to: number } | null {
  const view = viewOf(header);
  if (header.length < localHeaderBytes || view.getUint32(0, true) !== signatures.localHeader) {
    report('no header where the directory says');
    return null;
  }
  if (view.getUint16(8, true) !== item.method || view.getUint16(26, true) !== item.nameBytes) report('header and directory differ');
  const from = item.headerOffset + localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
  const to = Math.min(from + item.compressedBytes, endOffset);
  if (to < from + item.compressedBytes) report('reaches into what follows');
  return to < from ? null : { from, to };
}

/** Undefined where the archive itself cannot be read so. The checksum is not looked at: that would take the whole entry. */
function readStoredSync(room: ZipRoom): ReadSync | undefined {
  const { item, source } = room;
  const { readSync } = source;
  if (readSync === undefined) return undefined;
  let data: { from: number; to: number } | null | undefined;
  return (fromByte, toByte) => {
    data ??= placeData(room, readSync(item.headerOffset, item.headerOffset + localHeaderBytes));
    const from = Math.max(0, fromByte);
    const to = Math.min(toByte, item.sizeBytes);
    return data === null || to <= from ? new Uint8Array(0) : readSync(data.from + from, Math.min(data.from + to, data.to));
  };
}

async function* readStored(find: FindData): AsyncGenerator<Uint8Array, void, void> {
  const data = await find();
  if (data) yield* dataSource(data.source, data).stream();
}

async function* inflateEntry(room: ZipRoom, find: FindData): AsyncGenerator<Uint8Array, void, void> {
  const data = await find();
  if (!data) return;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const give = function* () {
    const joined = joinBytes(held, heldBytes);
    held = [];
    heldBytes = 0;
    for (let at = 0; at < joined.length; at += streamChunkBytes) yield joined.subarray(at, at + streamChunkBytes);
  };
  try {
    for await (const chunk of (room.isCut ? inflateCut : inflate)(readPieces(data.source, data.from, data.to))) {
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes >= gatheredBytes) yield* give();
    }
  } catch (error) {
    if (heldBytes > 0) yield* give();
    throw error;
  }
  if (heldBytes > 0) yield* give();
}

/** The range in pieces fit for `inflate`, read little at first, since often only the head is wanted, then more at a time. */
export async function* readPieces(source: ByteSource, from: number, to: number): AsyncGenerator<Uint8Array, void, void> {
  let readBytes = inflateInputBytes;
  for (let at = from; at < to;) {
    const bytes = await source.read(at, Math.min(at + readBytes, to));
    if (bytes.length === 0) return;
    for (let piece = 0; piece < bytes.length; piece += inflateInputBytes) yield bytes.subarray(piece, piece + inflateInputBytes);
    at += bytes.length;
    readBytes = Math.min(readBytes * 2, streamChunkBytes);
  }
}

/** Passes content on, up to the size that the header gives, and reports at its end what is not as the header says. */
async function* checkContent(chunks: AsyncIterable<Uint8Array>, { item, report }: ZipRoom): AsyncGenerator<Uint8Array, void, void> {
  let crc = 0;
  let given = 0;
  try {
    for await (const chunk of chunks) {
      const wanted = chunk.subarray(0, item.sizeBytes - given);
      crc = updateCrc32(crc, wanted);
      given += wanted.length;
      if (wanted.length > 0) yield wanted;
      if (wanted.length === chunk.length) continue;
      report(`holds more than the ${item.sizeBytes} bytes that it should`);
      return;
    }
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
  }
  if (given < item.sizeBytes) report(`gives ${given} of ${item.sizeBytes} bytes`);
  else if (item.crc32 !== null && crc !== item.crc32) report('checksum differs');
}

/** Bytes [from, to) of a stream, which is left as soon as they are there. */
async function collect(chunks: AsyncIterable<Uint8Array>, from: number, to: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let at = 0;
  for await (const chunk of chunks) {
    const piece = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
    if (piece.length > 0) pieces.push(piece);
    length += piece.length;
    at += chunk.length;
    if (at >= to) break;
  }
  return pieces.length === 0 ? new Uint8Array(0) : joinBytes(pieces, length);
}
