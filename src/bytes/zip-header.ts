// The headers of a ZIP, field by field (PKWARE APPNOTE.TXT 6.3.10, §4.3 and §4.5; Info-ZIP's extra fields in its `proginfo`).

import { updateCrc32 } from './crc32';
import { decodeLossy, decodeStrictly, detectUnmarkedEncoding } from './text-encoding';

export const signatures = {
  localHeader: 0x04034b50,
  centralHeader: 0x02014b50,
  endOfDirectory: 0x06054b50,
  zip64EndOfDirectory: 0x06064b50,
  zip64Locator: 0x07064b50,
  dataDescriptor: 0x08074b50,
} as const;

export const localHeaderBytes = 30;
export const centralHeaderBytes = 46;
export const methodStored = 0;
export const methodDeflated = 8;
/** WinZip's, with a field that says what is inside (winzip.com/aes_info). */
export const methodAes = 99;
export const flagEncrypted = 1;
/** PKWARE's own encryption, which has certificates. */
export const flagStrong = 0x40;
export const flagDescriptor = 8;
const flagUtf8 = 0x800;
const unset32 = 0xffffffff;

/** One file of a ZIP, as a header describes it. */
export interface ZipItem {
  /** As it was written, decoded; not made safe. */
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  /** Null where no header says it, because the file ends before. */
  readonly crc32: number | null;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  /** Where its local header begins in the file. */
  readonly headerOffset: number;
  readonly modifiedAtMs: number | null;
  /** Length of the name in bytes, which the local header must repeat. */
  readonly nameBytes: number;
  /** The time of day as it is written, which an encrypted entry may be checked by. */
  readonly dosTime: number;
  /** Null where it is not encrypted so. */
  readonly aes: ZipAes | null;
}

export interface ZipAes {
  /** 1, or 2 where the checksum is left out. */
  readonly version: number;
  /** 1, 2 or 3: keys of 128, 192 or 256 bits. */
  readonly strength: number;
  /** How the content is compressed. */
  readonly method: number;
}

/** How an item's content is compressed, within any encryption. */
export const contentMethod = (item: ZipItem): number => (item.method === methodAes ? (item.aes?.method ?? item.method) : item.method);

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A 64-bit number; beyond 2^53 it is not exact, but no file reaches there. */
export function readUint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

/** The central header at `at`, and where the next one begins; null where there is none whole. */
export function readCentralHeader(bytes: Uint8Array, at: number): { readonly item: ZipItem; readonly next: number } | null {
  const view = viewOf(bytes);
  if (at + centralHeaderBytes > bytes.length || view.getUint32(at, true) !== signatures.centralHeader) return null;
  const nameBytes = view.getUint16(at + 28, true);
  const nameAt = at + centralHeaderBytes;
  const extraAt = nameAt + nameBytes;
  const commentAt = extraAt + view.getUint16(at + 30, true);
  const next = commentAt + view.getUint16(at + 32, true);
  if (next > bytes.length) return null;
  const extra = readExtra(bytes.subarray(extraAt, commentAt), [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ]);
  const [sizeBytes, compressedBytes, headerOffset] = extra.wide as [number, number, number];
  const flags = view.getUint16(at + 8, true);
  return {
    next,
    item: {
      name: readName(bytes.subarray(nameAt, extraAt), flags, extra.unicodeName),
      flags,
      method: view.getUint16(at + 10, true),
      crc32: extra.aes?.version === 2 ? null : view.getUint32(at + 16, true),
      compressedBytes,
      sizeBytes,
      headerOffset,
      modifiedAtMs: extra.modifiedAtMs ?? readDosTime(view.getUint16(at + 14, true), view.getUint16(at + 12, true)),
      nameBytes,
      dosTime: view.getUint16(at + 12, true),
      aes: extra.aes,
    },
  };
}

/** The local header that `bytes` begin with, and its length; null where there is none whole. Its offset is `headerOffset`. */
export function readLocalHeader(bytes: Uint8Array, headerOffset: number): { readonly item: ZipItem; readonly headerBytes: number } | null {
  const view = viewOf(bytes);
  if (bytes.length < localHeaderBytes || view.getUint32(0, true) !== signatures.localHeader) return null;
  const nameBytes = view.getUint16(26, true);
  const extraAt = localHeaderBytes + nameBytes;
  const headerBytes = extraAt + view.getUint16(28, true);
  if (headerBytes > bytes.length) return null;
  const extra = readExtra(bytes.subarray(extraAt, headerBytes), [view.getUint32(22, true), view.getUint32(18, true)]);
  const [sizeBytes, compressedBytes] = extra.wide as [number, number];
  const flags = view.getUint16(6, true);
  return {
    headerBytes,
    item: {
      name: readName(bytes.subarray(localHeaderBytes, extraAt), flags, extra.unicodeName),
      flags,
      method: view.getUint16(8, true),
      crc32: extra.aes?.version === 2 ? null : view.getUint32(14, true),
      compressedBytes,
      sizeBytes,
      headerOffset,
      modifiedAtMs: extra.modifiedAtMs ?? readDosTime(view.getUint16(12, true), view.getUint16(10, true)),
      nameBytes,
      dosTime: view.getUint16(10, true),
      aes: extra.aes,
    },
  };
}

interface ExtraFields {
  /** The numbers asked for, each replaced where it was unset and the Zip64 field has it. */
  readonly wide: readonly number[];
  readonly modifiedAtMs: number | null;
  readonly unicodeName: { readonly crc32: number; readonly name: string } | null;
  readonly aes: ZipAes | null;
}

/** Zip64 (0x0001), Info-ZIP's extended time (0x5455) and Unicode path (0x7075), WinZip's AES (0x9901). What is cut short is passed over. */
function readExtra(extra: Uint8Array, narrow: readonly number[]): ExtraFields {
  const view = viewOf(extra);
  let wide = narrow;
  let modifiedAtMs: number | null = null;
  let unicodeName: ExtraFields['unicodeName'] = null;
  let aes: ZipAes | null = null;
  for (let at = 0; at + 4 <= extra.length;) {
    const id = view.getUint16(at, true);
    const from = at + 4;
    at = from + view.getUint16(at + 2, true);
    if (at > extra.length) break;
    if (id === 0x0001) wide = widen(narrow, view, from, at);
    else if (id === 0x5455 && at - from >= 5 && ((extra[from] ?? 0) & 1) === 1) modifiedAtMs = view.getInt32(from + 1, true) * 1000;
    else if (id === 0x9901 && at - from >= 7)
      aes = { version: view.getUint16(from, true), strength: extra[from + 4] ?? 0, method: view.getUint16(from + 5, true) };
    else if (id === 0x7075 && at - from > 5) {
      const name = decodeStrictly(extra.subarray(from + 5, at), 'utf-8');
      if (name !== null) unicodeName = { crc32: view.getUint32(from + 1, true), name };
    }
  }
  return { wide, modifiedAtMs, unicodeName, aes };
}

/** The Zip64 field holds, in this order, only those numbers that did not fit into 32 bits. */
function widen(narrow: readonly number[], view: DataView, from: number, to: number): number[] {
  let at = from;
  return narrow.map((value) => {
    if (value !== unset32 || at + 8 > to) return value;
    at += 8;
    return readUint64(view, at - 8);
  });
}

/** UTF-8 where the flag or an Info-ZIP field says so; else what the bytes look like (Windows in China writes GBK). */
function readName(raw: Uint8Array, flags: number, unicode: ExtraFields['unicodeName']): string {
  if (flags & flagUtf8) return decodeLossy(raw, 'utf-8');
  if (unicode && updateCrc32(0, raw) === unicode.crc32) return unicode.name;
  return decodeLossy(raw, detectUnmarkedEncoding(raw).encoding);
}

/** A wall clock of two seconds' precision, read as if it were UTC; null where it is none. */
function readDosTime(date: number, time: number): number | null {
  if (date === 0) return null;
  const ms = Date.UTC(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2);
  return Number.isNaN(ms) ? null : ms;
}
