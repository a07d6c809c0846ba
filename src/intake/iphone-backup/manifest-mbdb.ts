// Manifest.mbdb, the list of a backup's files from iOS 5 to 9: records one after the other, numbers big-endian, never encrypted.

import { sha1Hex } from '../../crypto/sha1';
import { fileKeyBytes } from '../../crypto/backup-keybag';
import type { ByteSource } from '../../bytes/source';
import { CamphorError } from '../../model/error';
import type { BackupRow, RowReader } from './backup-row';

const magic = [0x6d, 0x62, 0x64, 0x62, 5, 0];
/** 100,000 files take some 20 MiB. */
const sizeLimitBytes = 256 << 20;
const absent = 0xffff;
/** Behind the texts: mode 2, inode 8, user 4, group 4, three times 4, size 8, class 1, properties 1. */
const fixedBytes = 40;
const kindMask = 0xe000;
const isFile = 0x8000;

/** Opens the list. Throws CamphorError `damaged` where it is none, `archive-limit`, and what reading throws. */
export async function openManifestMbdb(source: ByteSource): Promise<RowReader> {
  if (source.sizeBytes > sizeLimitBytes)
    throw new CamphorError('archive-limit', { limit: 'directoryBytes', found: source.sizeBytes, allowed: sizeLimitBytes });
  const bytes = await source.read(0, source.sizeBytes);
  if (!magic.every((byte, at) => bytes[at] === byte)) throw new CamphorError('damaged', { what: 'Manifest.mbdb' });
  const faults: string[] = [];
  return {
    faults,
    *rows() {
      const cursor: Cursor = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), at: magic.length };
      while (cursor.at < bytes.length) {
        const from = cursor.at;
        try {
          const row = readRecord(cursor);
          if (row !== null) yield row;
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          faults.push(`the list ends inside of a record, from byte ${from}`);
          return;
        }
      }
    },
    close: () => undefined,
  };
}

interface Cursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

/** Null for folders and links. Throws RangeError at the end of the list. */
function readRecord(cursor: Cursor): BackupRow | null {
  const domain = text(readString(cursor));
  const path = text(readString(cursor));
  readString(cursor);
  readString(cursor);
  const key = readString(cursor);
  const { view, at } = cursor;
  const mode = view.getUint16(at);
  const modifiedAtMs = view.getUint32(at + 18) * 1000;
  const sizeBytes = Number(view.getBigUint64(at + 30));
  const properties = view.getUint8(at + 39);
  cursor.at += fixedBytes;
  for (let number = 0; number < properties * 2; number++) readString(cursor);
  if ((mode & kindMask) !== isFile) return null;
  const fileId = sha1Hex(`${domain}-${path}`);
  return { fileId, domain, path, sizeBytes, modifiedAtMs, key: key?.length === fileKeyBytes ? key : null };
}

function readString(cursor: Cursor): Uint8Array | null {
  const lengthBytes = cursor.view.getUint16(cursor.at);
  const from = cursor.at + 2;
  cursor.at = from;
  if (lengthBytes === absent) return null;
  if (from + lengthBytes > cursor.bytes.length) throw new RangeError('length');
  cursor.at = from + lengthBytes;
  return cursor.bytes.subarray(from, cursor.at);
}

const text = (bytes: Uint8Array | null): string => (bytes === null ? '' : new TextDecoder().decode(bytes));
