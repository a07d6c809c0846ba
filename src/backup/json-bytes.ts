// JSON as UTF-8, written byte by byte into memory that is used again. Strings that grow, are made flat and are then encoded took most of
// the time of a backup's conversations (docs/decisions/0006-backup-speed.md).

export interface JsonBytes {
  /** Of what was written so far. */
  readonly sizeBytes: number;
  /** Bytes as they are. */
  bytes(bytes: Uint8Array): void;
  /** A number below 100, in two digits. */
  twoDigits(number: number): void;
  /** One ASCII character. */
  byte(code: number): void;
  /** JSON as it is. */
  json(text: string): void;
  /** A string, as `JSON.stringify` writes it. */
  string(text: string): void;
  /** The string that is in `utf8` from `from` to `to`. */
  stored(utf8: Uint8Array, from: number, to: number): void;
}

const quote = 0x22;
const backslash = 0x5c;
const zero = 0x30;
/** Of a byte of text: `\u001f`. */
const longestEscape = 6;
/** Of a code unit. */
const longestUnit = 3;

const isPlain = (code: number): boolean => code >= 0x20 && code !== quote && code !== backslash;

const encoder = new TextEncoder();
/** What JSON writes in a string for each ASCII character. */
const escapes = Array.from({ length: 0x80 }, (_, code) => encoder.encode(JSON.stringify(String.fromCharCode(code)).slice(1, -1)));
const leastBytes = 64 * 1024;
/** Memory beyond this is not kept. */
const keptBytes = 2 * 1024 * 1024;
let room = new Uint8Array(leastBytes);
let filledBytes = 0;

function makeRoom(moreBytes: number): void {
  if (filledBytes + moreBytes <= room.length) return;
  const larger = new Uint8Array(Math.max(filledBytes + moreBytes, 2 * room.length));
  larger.set(room.subarray(0, filledBytes));
  room = larger;
}

function writeStored(utf8: Uint8Array, from: number, to: number): void {
  makeRoom((to - from) * longestEscape + 2);
  const target = room;
  let end = filledBytes;
  target[end++] = quote;
  for (let at = from; at < to; at += 1) {
    const byte = utf8[at] as number;
    if (isPlain(byte)) target[end++] = byte;
    else for (const escaped of escapes[byte] ?? []) target[end++] = escaped;
  }
  target[end++] = quote;
  filledBytes = end;
}

/** Most ids are plain ASCII, and short. */
function writeString(text: string): void {
  makeRoom(text.length + 2);
  const target = room;
  let end = filledBytes;
  target[end++] = quote;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x80 || !isPlain(code)) return writer.json(JSON.stringify(text));
    target[end++] = code;
  }
  target[end++] = quote;
  filledBytes = end;
}

const writer: JsonBytes = {
  get sizeBytes() {
    return filledBytes;
  },
  bytes(bytes) {
    makeRoom(bytes.length);
    room.set(bytes, filledBytes);
    filledBytes += bytes.length;
  },
  twoDigits(number) {
    makeRoom(2);
    const tens = Math.floor(number / 10);
    room[filledBytes++] = zero + tens;
    room[filledBytes++] = zero + number - 10 * tens;
  },
  byte(code) {
    makeRoom(1);
    room[filledBytes++] = code;
  },
  json(text) {
    makeRoom(text.length * longestUnit);
    filledBytes += encoder.encodeInto(text, room.subarray(filledBytes)).written;
  },
  string: writeString,
  stored: writeStored,
};

/** The bytes that `write` writes. It has the writer to itself, and only until it returns. */
export function encodeJson(write: (json: JsonBytes) => void): Uint8Array<ArrayBuffer> {
  filledBytes = 0;
  write(writer);
  const bytes = room.slice(0, filledBytes);
  if (room.length > keptBytes) room = new Uint8Array(leastBytes);
  return bytes;
}
