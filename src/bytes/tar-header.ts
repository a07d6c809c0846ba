// One header of a TAR (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format").

export const tarBlockBytes = 512;

export interface TarHeader {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number | null;
  /** `0` a file, `5` a folder, `x` and `g` pax records, `L` a long name of GNU, and others. */
  readonly type: string;
}

/** True where a file that begins so is a TAR. */
export function isTar(head: Uint8Array): boolean {
  return readTarHeader(head, 0) !== null;
}

/** True for 512 zero bytes, two of which end a TAR. */
export function isZeroBlock(bytes: Uint8Array, at: number): boolean {
  return bytes.subarray(at, at + tarBlockBytes).every((byte) => byte === 0);
}

/** The header at `at`, or null where its checksum says that there is none. */
export function readTarHeader(bytes: Uint8Array, at: number): TarHeader | null {
  const block = bytes.subarray(at, at + tarBlockBytes);
  if (block.length < tarBlockBytes || readNumber(block, 148, 8) !== sumOf(block)) return null;
  const sizeBytes = readNumber(block, 124, 12);
  if (sizeBytes === null) return null;
  const isPosix = textOf(block, 257, 8) === 'ustar' && block[263] === 0x30;
  const prefix = isPosix ? textOf(block, 345, 155) : '';
  const name = textOf(block, 0, 100);
  const seconds = readNumber(block, 136, 12);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    sizeBytes,
    modifiedAtMs: seconds === null ? null : seconds * 1000,
    type: typeOf(block[156] ?? 0, name),
  };
}

/** A file is `0`, in old archives a zero byte, `7` in some; a name that ends in a slash was a folder before there was a type. */
function typeOf(byte: number, name: string): string {
  const type = byte === 0 || byte === 0x37 ? '0' : String.fromCharCode(byte);
  return type === '0' && name.endsWith('/') ? '5' : type;
}

/** Sum of all bytes, the checksum's own field taken as spaces. */
function sumOf(block: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < tarBlockBytes; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return sum;
}

/** Text up to the first zero byte. */
export function textOf(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

/** An octal number in letters, or one of GNU in base 256, whose first bit is set. Null for anything else, or above 2^53. */
function readNumber(block: Uint8Array, from: number, length: number): number | null {
  const field = block.subarray(from, from + length);
  if ((field[0] ?? 0) === 0x80) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : null;
  }
  const text = textOf(block, from, length).trim();
  return /^[0-7]{1,12}$/.test(text) ? parseInt(text, 8) : null;
}

/** Records of a pax header, `length key=value` each; those that are broken end it. */
export function readPaxRecords(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const length = /^\d{1,7}(?= )/.exec(textOf(bytes, at, 8))?.[0];
    const end = at + Number(length ?? 0);
    if (length === undefined || end <= at + length.length || end > bytes.length) break;
    const record = textOf(bytes, at + length.length + 1, end - 1 - (at + length.length + 1));
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at = end;
  }
  return records;
}
