// Arrays of object literals inside a script, such as `const list = [{ type:1, text: 'it\'s' }, …]`: what JavaScript reads and
// JSON does not (bare keys, single quotes, a comma before the bracket). Cut into their elements, and these read as data; nothing
// is ever run.

import type { Json, JsonObject } from '../model/json';
import { problemRawLimitBytes } from '../model/problem';
import { joinBytes } from './join-bytes';
import type { ByteSource } from './source';

export interface LiteralPiece {
  /** `item`: an element. `rest`: what stands behind the array's bracket. `problem`: an element that is too large, or without end. */
  readonly kind: 'item' | 'rest' | 'problem';
  /** The element as it stands in the file; of a problem its beginning; of the rest ''. */
  readonly text: string;
  /** With all that leads to it from the end of the piece before, so that pieces tile the source. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

const elementLimitBytes = 4 << 20;
const depthLimit = 64;
const quotes: ReadonlySet<number> = new Set([0x22, 0x27, 0x60]);

/** Pieces of a source that begins with the array's `[`, in batches of about a chunk. */
export async function* readLiteralPieces(source: ByteSource): AsyncGenerator<readonly LiteralPiece[], void, void> {
  const scan: LiteralScan = {
    offset: 0,
    spanStart: 0,
    depth: 0,
    quote: 0,
    isEscaped: false,
    hasBegun: false,
    isOver: false,
    kept: [],
    keptBytes: 0,
  };
  for await (const chunk of source.stream()) {
    const pieces = scanChunk(scan, chunk);
    if (pieces.length > 0) yield pieces;
  }
  const { isOver, spanStart, offset } = scan;
  if (spanStart === offset) return;
  const text = isOver ? '' : keptText(scan, problemRawLimitBytes / 4);
  yield [{ kind: isOver ? 'rest' : 'problem', text, offsetBytes: spanStart, lengthBytes: offset - spanStart }];
}

interface LiteralScan {
  /** Where the chunk begins in the source, and where the next piece does. */
  offset: number;
  spanStart: number;
  /** Brackets open inside of the array. */
  depth: number;
  /** The quotation mark that ends the string; 0 outside of strings. */
  quote: number;
  isEscaped: boolean;
  hasBegun: boolean;
  isOver: boolean;
  /** Of an element that is not ended yet. */
  kept: Uint8Array[];
  keptBytes: number;
}

function scanChunk(scan: LiteralScan, chunk: Uint8Array): LiteralPiece[] {
  const pieces: LiteralPiece[] = [];
  let from = scan.depth > 0 ? 0 : -1;
  for (let at = 0; at < chunk.length && !scan.isOver; at++) {
    const byte = chunk[at] ?? 0;
    if (scan.quote !== 0) passString(scan, byte);
    else if (scan.depth === 0) {
      if (takeBetween(scan, byte)) from = at;
    } else if (passElement(scan, byte)) {
      keep(scan, chunk.subarray(from, at + 1));
      pieces.push(takeElement(scan, scan.offset + at + 1));
      from = -1;
    }
  }
  if (from >= 0) keep(scan, chunk.subarray(from));
  scan.offset += chunk.length;
  return pieces;
}

function passString(scan: LiteralScan, byte: number): void {
  if (scan.isEscaped) scan.isEscaped = false;
  else if (byte === 0x5c) scan.isEscaped = true;
  else if (byte === scan.quote) scan.quote = 0;
}

/** A byte between elements; true where it begins one. */
function takeBetween(scan: LiteralScan, byte: number): boolean {
  if (byte === 0x7b) scan.depth = 1;
  else if (byte === 0x5d) scan.isOver = true;
  else if (byte === 0x5b) {
    if (scan.hasBegun) scan.depth = 1;
    scan.hasBegun = true;
  }
  return scan.depth > 0;
}

/** A byte of an element, outside of its strings; true where it ends the element. */
function passElement(scan: LiteralScan, byte: number): boolean {
  if (quotes.has(byte)) scan.quote = byte;
  else if (byte === 0x7b || byte === 0x5b) scan.depth++;
  else if (byte === 0x7d || byte === 0x5d) scan.depth--;
  return scan.depth === 0;
}

function keep(scan: LiteralScan, bytes: Uint8Array): void {
  if (scan.keptBytes > elementLimitBytes || bytes.length === 0) return;
  scan.kept.push(bytes.slice());
  scan.keptBytes += bytes.length;
}

function keptText({ kept, keptBytes }: LiteralScan, limitBytes: number): string {
  return new TextDecoder().decode(joinBytes(kept, keptBytes).subarray(0, limitBytes));
}

function takeElement(scan: LiteralScan, end: number): LiteralPiece {
  const isTooLarge = scan.keptBytes > elementLimitBytes;
  const text = keptText(scan, isTooLarge ? problemRawLimitBytes / 4 : scan.keptBytes);
  const { spanStart } = scan;
  scan.kept = [];
  scan.keptBytes = 0;
  scan.spanStart = end;
  return { kind: isTooLarge ? 'problem' : 'item', text, offsetBytes: spanStart, lengthBytes: end - spanStart };
}

/** The object that a literal stands for; null where it is none, or holds anything but data. Keys such as `__proto__` are kept as any other. */
export function parseObjectLiteral(text: string): JsonObject | null {
  const reader = { text, at: 0 };
  const value = readValue(reader, 0);
  skipBlanks(reader);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && reader.at === text.length ? (value as JsonObject) : null;
}

interface Reader {
  readonly text: string;
  at: number;
}

const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['True', true],
  ['False', false],
  ['null', null],
  ['None', null],
  ['undefined', null],
]);

function skipBlanks(reader: Reader): void {
  while (reader.at < reader.text.length && reader.text.charCodeAt(reader.at) <= 0x20) reader.at++;
}

/** Undefined where no value stands there. */
function readValue(reader: Reader, depth: number): Json | undefined {
  skipBlanks(reader);
  const letter = reader.text[reader.at];
  if (letter === undefined || depth > depthLimit) return undefined;
  if (letter === '{') return readMembers(reader, depth);
  if (letter === '[') return readElements(reader, depth);
  if (letter === "'" || letter === '"' || letter === '`') return readText(reader, letter);
  const word = readWord(reader);
  if (words.has(word)) return words.get(word);
  return /^-?\d{1,400}(?:\.\d{1,400})?(?:e[+-]?\d{1,3})?$/i.test(word) ? numberOf(word) : undefined;
}

/** Integers beyond 2^53 stay text. */
function numberOf(word: string): Json {
  const number = Number(word);
  return Number.isInteger(number) && !Number.isSafeInteger(number) && /^-?\d{1,400}$/.test(word) ? word : number;
}

function readWord(reader: Reader): string {
  const from = reader.at;
  while (reader.at < reader.text.length && /[\w$.+-]/.test(reader.text[reader.at] ?? '')) reader.at++;
  return reader.text.slice(from, reader.at);
}

function readMembers(reader: Reader, depth: number): Json | undefined {
  const members: [string, Json][] = [];
  for (reader.at++; ;) {
    skipBlanks(reader);
    const letter = reader.text[reader.at];
    if (letter === '}') return (reader.at++, Object.fromEntries(members));
    if (letter === ',') {
      reader.at++;
      continue;
    }
    const isQuoted = letter === "'" || letter === '"';
    const key = isQuoted ? readText(reader, letter) : readWord(reader);
    skipBlanks(reader);
    if (key === undefined || (key === '' && !isQuoted) || reader.text[reader.at] !== ':') return undefined;
    reader.at++;
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    members.push([key, value]);
  }
}

function readElements(reader: Reader, depth: number): Json | undefined {
  const elements: Json[] = [];
  for (reader.at++; ;) {
    skipBlanks(reader);
    const letter = reader.text[reader.at];
    if (letter === ']') return (reader.at++, elements);
    if (letter === ',') {
      reader.at++;
      continue;
    }
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    elements.push(value);
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
  ['\n', ''],
]);

/** A string of any of the quotes; undefined where it does not end, or holds something to be worked out. */
function readText(reader: Reader, quote: string): string | undefined {
  const { text } = reader;
  let read = '';
  for (let at = reader.at + 1; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (letter === quote) {
      reader.at = at + 1;
      return read;
    }
    if (quote === '`' && letter === '$' && text[at + 1] === '{') return undefined;
    if (letter !== '\\') {
      read += letter;
      continue;
    }
    const code = /^(?:u([\da-f]{4})|x([\da-f]{2})|u\{([\da-f]{1,6})\})/i.exec(text.slice(at + 1, at + 10));
    const point = code === null ? Number.NaN : Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16);
    const next = text[at + 1] ?? '';
    read += code !== null && point <= 0x10ffff ? String.fromCodePoint(point) : (escapes.get(next) ?? next);
    at += code?.[0].length ?? 1;
  }
  return undefined;
}
