// Builds ZIPs by hand, right or wrong in any field, for tests. Sizes, offsets and checksums are right unless a field is given.

import { deflateRawSync, crc32 } from 'node:zlib';

/** Header fields that can be made to lie. */
export interface HeaderFields {
  readonly flags?: number;
  readonly method?: number;
  readonly crc32?: number;
  readonly compressedBytes?: number;
  readonly sizeBytes?: number;
  readonly headerOffset?: number;
  readonly name?: string | Uint8Array;
  readonly signature?: number;
}

export interface ZipPart {
  readonly name: string | Uint8Array;
  readonly content?: Uint8Array;
  /** Bytes that stand in the file instead of the content, stored or deflated. */
  readonly data?: Uint8Array;
  readonly isDeflated?: boolean;
  /** Sizes and checksum behind the data instead of in the local header. */
  readonly descriptor?: 'signed' | 'bare' | 'zip64';
  /** Sizes and offset in the Zip64 field. */
  readonly isZip64?: boolean;
  readonly flags?: number;
  /** Further extra fields, whole. */
  readonly extra?: Uint8Array;
  readonly local?: HeaderFields;
  readonly central?: HeaderFields;
}

export interface ZipOptions {
  readonly comment?: Uint8Array;
  /** Something before the archive that its offsets do not count. */
  readonly prefix?: Uint8Array;
  readonly isZip64?: boolean;
  readonly hasDirectory?: boolean;
  /** Number of entries that the end record gives. */
  readonly count?: number;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function joinAll(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

/** Little-endian numbers, each as [value, bytes]. */
export function littleEndian(...numbers: readonly (readonly [value: number, bytes: 2 | 4 | 8])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of numbers) {
    if (bytes === 2) view.setUint16(at, value, true);
    else if (bytes === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

/** An extra field. */
export function extraField(id: number, data: Uint8Array): Uint8Array {
  return joinAll(littleEndian([id, 2], [data.length, 2]), data);
}

interface Built {
  readonly fields: Required<Omit<HeaderFields, 'signature' | 'name'>>;
  readonly name: Uint8Array;
  readonly data: Uint8Array;
}

const unset = 0xffffffff;
const dosDate = (43 << 9) | (7 << 5) | 1; // 2023-07-01
const rawName = (name: string | Uint8Array) => (typeof name === 'string' ? utf8(name) : name);

function describePart(part: ZipPart, headerOffset: number): Built {
  const content = part.content ?? new Uint8Array(0);
  const data = part.data ?? (part.isDeflated ? new Uint8Array(deflateRawSync(content)) : content);
  const flags = (part.flags ?? (typeof part.name === 'string' ? 0x800 : 0)) | (part.descriptor ? 8 : 0);
  const method = part.isDeflated ? 8 : 0;
  return {
    name: rawName(part.name),
    data,
    fields: { flags, method, crc32: crc32(content), compressedBytes: data.length, sizeBytes: content.length, headerOffset },
  };
}

function localHeader(part: ZipPart, built: Built): Uint8Array {
  const blank = part.descriptor ? { crc32: 0, compressedBytes: 0, sizeBytes: 0 } : {};
  const fields = { ...built.fields, ...blank, ...part.local };
  const name = part.local?.name === undefined ? built.name : rawName(part.local.name);
  const isWide = part.isZip64 && !part.descriptor;
  const wide = isWide ? extraField(1, littleEndian([fields.sizeBytes, 8], [fields.compressedBytes, 8])) : new Uint8Array(0);
  const extra = joinAll(wide, part.extra ?? new Uint8Array(0));
  return joinAll(
    littleEndian([fields.signature ?? 0x04034b50, 4], [isWide ? 45 : 20, 2], [fields.flags, 2], [fields.method, 2], [0, 2], [dosDate, 2]),
    littleEndian(
      [fields.crc32, 4],
      [isWide ? unset : fields.compressedBytes, 4],
      [isWide ? unset : fields.sizeBytes, 4],
      [name.length, 2],
      [extra.length, 2],
    ),
    name,
    extra,
  );
}

function descriptor(kind: ZipPart['descriptor'], { fields }: Built): Uint8Array {
  if (!kind) return new Uint8Array(0);
  const width = kind === 'zip64' ? 8 : 4;
  const sizes = littleEndian([fields.crc32, 4], [fields.compressedBytes, width], [fields.sizeBytes, width]);
  return kind === 'bare' ? sizes : joinAll(littleEndian([0x08074b50, 4]), sizes);
}

function centralHeader(part: ZipPart, built: Built): Uint8Array {
  const fields = { ...built.fields, ...part.central };
  const name = part.central?.name === undefined ? built.name : rawName(part.central.name);
  const wide = part.isZip64
    ? extraField(1, littleEndian([fields.sizeBytes, 8], [fields.compressedBytes, 8], [fields.headerOffset, 8]))
    : new Uint8Array(0);
  const extra = joinAll(wide, part.extra ?? new Uint8Array(0));
  const narrow = (value: number) => (part.isZip64 ? unset : value);
  return joinAll(
    littleEndian(
      [fields.signature ?? 0x02014b50, 4],
      [20, 2],
      [20, 2],
      [fields.flags, 2],
      [fields.method, 2],
      [0, 2],
      [dosDate, 2],
      [fields.crc32, 4],
    ),
    littleEndian(
      [narrow(fields.compressedBytes), 4],
      [narrow(fields.sizeBytes), 4],
      [name.length, 2],
      [extra.length, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
    ),
    littleEndian([narrow(fields.headerOffset), 4]),
    name,
    extra,
  );
}

/** End records for a directory of `lengthBytes` at `offsetBytes`. */
export function endRecords(
  count: number,
  lengthBytes: number,
  offsetBytes: number,
  isZip64: boolean,
  comment: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const end = isZip64 ? offsetBytes + lengthBytes : 0;
  const wide = joinAll(
    littleEndian([0x06064b50, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4], [count, 8], [count, 8], [lengthBytes, 8], [offsetBytes, 8]),
    littleEndian([0x07064b50, 4], [0, 4], [end, 8], [1, 4]),
  );
  const numbers = isZip64 ? [0xffff, unset, unset] : [Math.min(count, 0xffff), lengthBytes, offsetBytes];
  const narrow = littleEndian(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [numbers[0]!, 2],
    [numbers[0]!, 2],
    [numbers[1]!, 4],
    [numbers[2]!, 4],
    [comment.length, 2], // prettier-ignore
  );
  return joinAll(isZip64 ? wide : new Uint8Array(0), narrow, comment);
}

/** The directory of parts whose headers lie at `offsets`. */
export function directoryOf(parts: readonly ZipPart[], offsets: readonly number[]): Uint8Array {
  return joinAll(...parts.map((part, index) => centralHeader(part, describePart(part, offsets[index]!))));
}

export function buildZip(parts: readonly ZipPart[], options: ZipOptions = {}): Uint8Array {
  const pieces: Uint8Array[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const part of parts) {
    const built = describePart(part, at);
    offsets.push(at);
    const piece = joinAll(localHeader(part, built), built.data, descriptor(part.descriptor, built));
    pieces.push(piece);
    at += piece.length;
  }
  if (options.hasDirectory !== false) {
    const directory = directoryOf(parts, offsets);
    pieces.push(directory, endRecords(options.count ?? parts.length, directory.length, at, options.isZip64 === true, options.comment));
  }
  return joinAll(options.prefix ?? new Uint8Array(0), ...pieces);
}

/** `sizeBytes` zero bytes, deflated about 1:1000. */
export function deflatedZeros(sizeBytes: number): Uint8Array {
  return new Uint8Array(deflateRawSync(new Uint8Array(sizeBytes)));
}
