// Writes Signal Android backups, versions 0 and 1, with Node's own cryptography: nothing of the code that reads them.

import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';

export type SqlParameter = string | number | bigint | null | Uint8Array | { readonly double: number };

/** A frame, and the file behind it. */
export interface WrittenFrame {
  readonly bytes: Uint8Array;
  readonly payload?: Uint8Array;
}

export interface WrittenBackup {
  readonly bytes: Uint8Array;
  /** Where each frame begins, the header first, and the end of the last. */
  readonly offsets: readonly number[];
}

const macBytes = 10;

export function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  for (; left > 0x7fn; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return Uint8Array.of(...bytes, Number(left));
}

export const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
export const number = (field: number, value: number | bigint): Uint8Array => join(varint(field << 3), varint(value));
export function bytes(field: number, value: Uint8Array | string): Uint8Array {
  const content = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return join(varint((field << 3) | 2), varint(content.length), content);
}

function parameter(value: SqlParameter): Uint8Array {
  if (value === null) return number(5, 1);
  if (typeof value === 'string') return bytes(1, value);
  if (value instanceof Uint8Array) return bytes(4, value);
  if (typeof value !== 'object') return number(2, value);
  const double = Buffer.alloc(8);
  double.writeDoubleLE(value.double);
  return join(varint((3 << 3) | 1), double);
}

export const statement = (sql: string, ...values: readonly SqlParameter[]): WrittenFrame => ({
  bytes: bytes(2, join(bytes(1, sql), ...values.map((value) => bytes(2, parameter(value))))),
});
export const insert = (table: string, ...values: readonly SqlParameter[]): WrittenFrame =>
  statement(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(',')})`, ...values);
export const databaseVersion = (version: number): WrittenFrame => ({ bytes: bytes(5, number(1, version)) });
export const keyValue = (key: string, value: string): WrittenFrame => ({ bytes: bytes(9, join(bytes(1, key), bytes(7, value))) });
export const attachment = (rowId: number, content: Uint8Array): WrittenFrame => ({
  bytes: bytes(4, join(number(1, rowId), number(2, -1), number(3, content.length))),
  payload: content,
});
export const avatar = (name: string, content: Uint8Array): WrittenFrame => ({
  bytes: bytes(7, join(bytes(1, name), number(2, content.length), bytes(3, name))),
  payload: content,
});
export const end: WrittenFrame = { bytes: number(6, 1) };

const lengthOf = (value: number): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value);
  return length;
};

export function headerFrame(iv: Uint8Array, salt: Uint8Array, version: number): Uint8Array {
  const header = bytes(1, join(bytes(1, iv), bytes(2, salt), ...(version > 0 ? [number(3, version)] : [])));
  return join(lengthOf(header.length), header);
}

/** Frames as they are once the backup is open: each behind its length, the header first, and no files. */
export function plainFrames(frames: readonly WrittenFrame[]): Uint8Array {
  const header = headerFrame(new Uint8Array(16), new Uint8Array(32), 0);
  return join(header, ...frames.flatMap((frame) => [lengthOf(frame.bytes.length), frame.bytes]));
}

export interface BackupSecrets {
  readonly digits: string;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
}

const known = new Map<string, Buffer>();

function keysOf({ digits, salt }: BackupSecrets): Buffer {
  const name = `${digits} ${Buffer.from(salt).toString('hex')}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  let hash = createHash('sha512').update(salt).update(digits).update(digits).digest();
  for (let round = 1; round < 250_000; round++) hash = createHash('sha512').update(hash).update(digits).digest();
  const keys = Buffer.from(hkdfSync('sha256', hash.subarray(0, 32), '', 'Backup Export', 64));
  known.set(name, keys);
  return keys;
}

/** The encrypted backup. */
export function writeBackup(frames: readonly WrittenFrame[], version: 0 | 1, secrets: BackupSecrets): WrittenBackup {
  const keys = keysOf(secrets);
  let counter = Buffer.from(secrets.iv).readUInt32BE();
  const nextIv = (): Buffer => {
    const iv = Buffer.concat([lengthOf(counter), secrets.iv.subarray(4)]);
    counter = (counter + 1) % 2 ** 32;
    return iv;
  };
  const mac = (...parts: readonly Uint8Array[]): Buffer =>
    createHmac('sha256', keys.subarray(32)).update(Buffer.concat(parts)).digest().subarray(0, macBytes);
  const encrypt = (content: Uint8Array, iv: Uint8Array): Buffer => createCipheriv('aes-256-ctr', keys.subarray(0, 32), iv).update(content);
  const parts: Uint8Array[] = [headerFrame(secrets.iv, secrets.salt, version)];
  const offsets = [0];
  let size = parts[0]!.length;
  const put = (...pieces: readonly Uint8Array[]): void => {
    offsets.push(size);
    for (const piece of pieces) {
      parts.push(piece);
      size += piece.length;
    }
  };
  for (const frame of frames) {
    const length = lengthOf(frame.bytes.length + macBytes);
    const iv = nextIv();
    const sealed = encrypt(version === 0 ? frame.bytes : Buffer.concat([length, frame.bytes]), iv);
    const pieces = version === 0 ? [length, sealed, mac(sealed)] : [sealed, mac(sealed)];
    if (frame.payload === undefined) put(...pieces);
    else {
      const payloadIv = nextIv();
      const payload = encrypt(frame.payload, payloadIv);
      put(...pieces, payload, mac(payloadIv, payload));
    }
  }
  return { bytes: join(...parts), offsets: [...offsets, size] };
}
