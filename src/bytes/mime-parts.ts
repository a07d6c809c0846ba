// Splits a MIME file of many parts (RFC 2046, 5.1), such as a saved page with its pictures, without holding it: one pass
// finds where each part lies and how large it is once decoded, after which parts are read in place, in any order.

import { createBase64Counter } from './base64';
import { joinBytes } from './join-bytes';
import { createBodyDecoder, transferEncodingOf } from './mime-body';
import type { TransferEncoding } from './mime-body';
import { parameterOf, parseFields, valueOf } from './mime-header';
import { sourceOfRanges } from './ranged-source';
import type { ByteSource } from './source';

export interface MimePart {
  /** Such as `text/html`; null where the part does not say. */
  readonly mime: string | null;
  /** Its address (Content-Location), its id, or its file name; what the page calls it by. */
  readonly location: string | null;
  readonly encoding: TransferEncoding;
  /** Its body in the file, without the line's end before the boundary. */
  readonly fromByte: number;
  readonly toByte: number;
  /** Of the body once decoded. */
  readonly sizeBytes: number;
}

export interface MimeFile {
  readonly parts: readonly MimePart[];
  /** False where the file ends before its last boundary: then the last part may be cut. */
  readonly isWhole: boolean;
  /** True where there are more parts than were asked for. */
  readonly isLimited: boolean;
}

/** Longest line that can be a boundary (RFC 2046 allows 70 characters; dashes, white space and line end beside). */
const boundaryLineBytes = 256;
/** Header lines of the file, or of one part. */
const headerBytes = 65_536;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The boundary of a file that begins with the header of many parts, by its first bytes; null for any other file. */
export function boundaryOf(head: Uint8Array): string | null {
  const text = new TextDecoder('utf-8').decode(head.subarray(0, headerBytes));
  if (!/^[\w-]{1,60}:/.test(text)) return null;
  const type = parseFields(text.split(/\r?\n\r?\n/, 1)[0] ?? '').get('content-type');
  return valueOf(type)?.startsWith('multipart/') ? parameterOf(type, 'boundary') || null : null;
}

/**
 * Where the parts of a file lie. Reads it once, from its first byte to its last boundary. Throws what the source throws.
 * `boundary` is that of its header.
 */
export async function findMimeParts(source: ByteSource, boundary: string, partLimit: number): Promise<MimeFile> {
  const finder = createPartFinder(boundary, partLimit);
  let carry: Uint8Array = new Uint8Array(0);
  let offset = 0;
  for await (const chunk of source.stream()) {
    const bytes = carry.length === 0 ? chunk : joinBytes([carry, chunk], carry.length + chunk.length);
    const taken = finder.take(bytes, offset);
    // The bytes may change once the next chunk is asked for.
    carry = bytes.slice(taken);
    offset += taken;
    if (finder.isDone()) break;
  }
  return finder.end(carry, offset);
}

/** The bytes of a part, decoded. A base64 or quoted-printable part is decoded from its start each time. */
export function sourceOfMimePart(source: ByteSource, { encoding, fromByte, toByte, sizeBytes }: MimePart): ByteSource {
  const raw = sourceOfRanges(toByte - fromByte, (from, to) => source.read(fromByte + from, fromByte + to));
  if (encoding === 'none') return raw;
  return {
    sizeBytes,
    stream: (fromPart = 0) => decodeFrom(raw, encoding, fromPart),
    async read(fromPart, toPart) {
      const from = Math.max(0, fromPart);
      const to = Math.min(toPart, sizeBytes);
      const pieces: Uint8Array[] = [];
      let length = 0;
      if (to > from) {
        for await (const chunk of decodeFrom(raw, encoding, from)) {
          const piece = chunk.subarray(0, to - from - length);
          pieces.push(piece);
          length += piece.length;
          if (length >= to - from) break;
        }
      }
      return joinBytes(pieces, length);
    },
  };
}

async function* decodeFrom(raw: ByteSource, encoding: TransferEncoding, fromByte: number): AsyncGenerator<Uint8Array, void, void> {
  const decoder = createBodyDecoder(encoding);
  let skip = Math.max(0, fromByte);
  const give = function* (bytes: Uint8Array) {
    if (skip < bytes.length) yield bytes.subarray(skip);
    skip = Math.max(0, skip - bytes.length);
  };
  for await (const chunk of raw.stream()) yield* give(decoder.push(chunk));
  yield* give(decoder.end());
}

interface PartFinder {
  /** Takes what can be decided of the bytes, which lie at `offset`; gives how many. */
  take(bytes: Uint8Array, offset: number): number;
  isDone(): boolean;
  end(rest: Uint8Array, offset: number): MimeFile;
}

type Place = 'before' | 'header' | 'body' | 'done';

interface FinderState {
  readonly boundary: string;
  readonly partLimit: number;
  readonly parts: MimePart[];
  place: Place;
  /** Header lines of the part. */
  header: string;
  part: { readonly header: ReturnType<typeof parseFields>; readonly fromByte: number; readonly size: SizeCounter } | null;
  /** The line's end that was read last: it belongs to the boundary, if one follows. */
  lineEnd: Uint8Array;
  /** A line that is too long to be a boundary goes on. */
  isInLine: boolean;
  isWhole: boolean;
  isLimited: boolean;
}

const nothing = new Uint8Array(0);
const lineFeedEnd = Uint8Array.of(lineFeed);
const carriageReturnEnd = Uint8Array.of(carriageReturn);
const bothEnds = Uint8Array.of(carriageReturn, lineFeed);

function createPartFinder(boundary: string, partLimit: number): PartFinder {
  const state: FinderState = {
    boundary: `--${boundary}`,
    partLimit,
    parts: [],
    place: 'before',
    header: '',
    part: null,
    lineEnd: nothing,
    isInLine: false,
    isWhole: false,
    isLimited: false,
  };
  return {
    take: (bytes, offset) => takeLines(state, bytes, offset),
    isDone: () => state.place === 'done',
    end(rest, offset) {
      if (state.place !== 'done' && rest.length > 0) takeLine(state, rest, offset);
      finishPart(state, offset + rest.length, false);
      const { parts, isWhole, isLimited } = state;
      return { parts, isWhole, isLimited };
    },
  };
}

function takeLines(state: FinderState, bytes: Uint8Array, offset: number): number {
  let at = 0;
  while (at < bytes.length && state.place !== 'done') {
    const plain = state.isInLine ? at : endOfPlainLines(state, bytes, at);
    if (plain > at) {
      takeBody(state, bytes.subarray(at, plain));
      at = plain;
      continue;
    }
    const end = bytes.indexOf(lineFeed, at) + 1;
    const limit = state.place === 'header' ? headerBytes : boundaryLineBytes;
    if (end === 0 && !state.isInLine && bytes.length - at < limit) return at;
    const to = end === 0 ? bytes.length : end;
    if (state.isInLine) takeBody(state, bytes.subarray(at, to));
    else takeLine(state, bytes.subarray(at, to), offset + at);
    state.isInLine = end === 0;
    at = to;
  }
  return at;
}

/** Lines of base64 hold no dash: as many as there are before the next one cannot be a boundary. The end of them, or `at`. */
function endOfPlainLines(state: FinderState, bytes: Uint8Array, at: number): number {
  if (state.place !== 'body' || state.part?.size.encoding !== 'base64') return at;
  const dash = bytes.indexOf(0x2d, at);
  return Math.max(at, bytes.lastIndexOf(lineFeed, dash === -1 ? bytes.length : dash) + 1);
}

/** A line from its start, with its end where that is known. */
function takeLine(state: FinderState, line: Uint8Array, offset: number): void {
  const isBoundary = state.place !== 'header' && line.length <= boundaryLineBytes && readBoundary(state, line, offset);
  if (isBoundary || state.place === 'before') return;
  if (state.place === 'body') return takeBody(state, line);
  const text = new TextDecoder('utf-8').decode(line);
  if (text.trim() !== '' && state.header.length < headerBytes) {
    state.header += text;
    return;
  }
  const header = parseFields(state.header);
  const encoding = transferEncodingOf(valueOf(header.get('content-transfer-encoding')));
  state.part = { header, fromByte: offset + line.length, size: createSizeCounter(encoding) };
  state.place = 'body';
  state.lineEnd = nothing;
}

/** True for a boundary; ends the part before it and begins the next. */
function readBoundary(state: FinderState, line: Uint8Array, offset: number): boolean {
  if (line[0] !== 0x2d || line[1] !== 0x2d) return false;
  const text = new TextDecoder('utf-8').decode(line).trimEnd();
  const isLast = text === `${state.boundary}--`;
  if (text !== state.boundary && !isLast) return false;
  finishPart(state, offset, true);
  state.isWhole = isLast;
  state.isLimited = !isLast && state.parts.length >= state.partLimit;
  state.place = isLast || state.isLimited ? 'done' : 'header';
  state.header = '';
  return true;
}

function takeBody(state: FinderState, bytes: Uint8Array): void {
  const size = state.part?.size;
  if (size === undefined) return;
  if (bytes.length === 1 && bytes[0] === lineFeed && state.lineEnd[0] === carriageReturn && state.lineEnd.length === 1) {
    state.lineEnd = bothEnds;
    return;
  }
  size.push(state.lineEnd);
  const isEnded = bytes.at(-1) === lineFeed;
  const endBytes = isEnded ? (bytes.at(-2) === carriageReturn ? 2 : 1) : bytes.at(-1) === carriageReturn ? 1 : 0;
  size.push(bytes.subarray(0, bytes.length - endBytes));
  state.lineEnd = endBytes === 0 ? nothing : endBytes === 2 ? bothEnds : isEnded ? lineFeedEnd : carriageReturnEnd;
}

/** The part ends at `offset`, before a boundary without the line's end before it. */
function finishPart(state: FinderState, offset: number, isBoundary: boolean): void {
  const { part, lineEnd } = state;
  state.part = null;
  if (part === null) return;
  if (!isBoundary) part.size.push(lineEnd);
  const { header, fromByte, size } = part;
  const toByte = Math.max(fromByte, isBoundary ? offset - lineEnd.length : offset);
  const type = header.get('content-type');
  const id = header.get('content-id');
  state.parts.push({
    mime: valueOf(type),
    location:
      header.get('content-location') ??
      (id === undefined ? null : `cid:${id.replace(/^<|>$/g, '')}`) ??
      parameterOf(header.get('content-disposition'), 'filename') ??
      parameterOf(type, 'name'),
    encoding: size.encoding,
    fromByte,
    toByte,
    sizeBytes: size.encoding === 'none' ? toByte - fromByte : size.end(),
  });
}

interface SizeCounter {
  readonly encoding: TransferEncoding;
  push(bytes: Uint8Array): void;
  end(): number;
}

/** Counts a body's bytes once decoded; of one that is not coded, its place tells. */
function createSizeCounter(encoding: TransferEncoding): SizeCounter {
  if (encoding === 'none') return { encoding, push: () => undefined, end: () => 0 };
  if (encoding === 'base64') {
    const counter = createBase64Counter();
    return { encoding, push: counter.add, end: counter.sizeBytes };
  }
  const decoder = createBodyDecoder(encoding);
  let count = 0;
  return {
    encoding,
    push: (bytes) => void (count += decoder.push(bytes).length),
    end: () => count + decoder.end().length,
  };
}
