// Tags of one file to records. White space before an element belongs to it, so that not every message has a structure beside it.

import type { XmlPiece } from '../../bytes/xml-tags';
import { problemRawLimitBytes } from '../../model/problem';
import type { MessageRecord, NeutralRecord, Span } from '../../model/record';
import { problemOf, rawOf, structureOf } from '../problem-record';
import { toCall } from './call';
import { createSmsChats, type SmsChats } from './chats';
import type { OpenTag } from './fields';
import { addToMms, toMmsMessage, type OpenMms } from './mms-message';
import { toSmsMessage } from './sms-message';

export const roots: ReadonlySet<string> = new Set(['smses', 'calls']);
const elements = new Set(['sms', 'mms', 'call']);
/** What is inside of one element, tags and text; no message has so many parts. */
const piecesLimit = 10_000;

export interface SmsReader {
  take(piece: XmlPiece, out: NeutralRecord[]): void;
  end(out: NeutralRecord[]): void;
}

/** An element that is not closed yet, or none: then only the white space before the next one. */
interface OpenElement {
  readonly tag: OpenTag | null;
  readonly mms: OpenMms;
  readonly offsetBytes: number;
  lengthBytes: number;
  raw: string;
  pieces: number;
}

interface ReaderState {
  readonly entry: number;
  readonly chats: SmsChats;
  open: OpenElement | null;
  rootIsClosed: boolean;
  /** Where the pieces so far end. */
  endBytes: number;
}

/** A reader of the file that is entry number `entry`. */
export function createSmsReader(entry: number): SmsReader {
  const state: ReaderState = { entry, chats: createSmsChats(), open: null, rootIsClosed: false, endBytes: 0 };
  return {
    take: (piece, out) => takePiece(state, piece, out),
    end(out) {
      const wasInside = (state.open?.tag ?? null) !== null;
      closeOpen(state, wasInside ? 'ends-early' : null, out);
      if (!wasInside && !state.rootIsClosed) out.push(problemOf('ends-early', '', { entry, offsetBytes: state.endBytes, lengthBytes: 0 }));
    },
  };
}

function takePiece(state: ReaderState, piece: XmlPiece, out: NeutralRecord[]): void {
  state.endBytes = piece.offsetBytes + piece.lengthBytes;
  if (state.open !== null && state.open.tag !== null) return takeInside(state, state.open, piece, out);
  if (piece.kind === 'text' && piece.text.trim() === '' && piece.lengthBytes <= problemRawLimitBytes) {
    closeOpen(state, null, out);
    state.open = openElement(null, piece);
    return;
  }
  if (piece.kind === 'open' && elements.has(piece.name)) {
    const before = state.open;
    state.open = openElement(piece, before ?? piece);
    addPiece(state.open, piece, (before?.lengthBytes ?? 0) + piece.lengthBytes);
    if (piece.isEmpty) closeElement(state, state.open, out);
    return;
  }
  closeOpen(state, null, out);
  takeOutside(state, piece, out);
}

/** Anything but an element: the root's tags, the declaration, comments, and what is not understood. */
function takeOutside(state: ReaderState, piece: XmlPiece, out: NeutralRecord[]): void {
  const span = { entry: state.entry, offsetBytes: piece.offsetBytes, lengthBytes: piece.lengthBytes };
  if (piece.kind === 'problem') out.push(problemOf(piece.code, piece.raw, span));
  else if (piece.kind === 'markup') out.push(structureOf('markup', span));
  else if (piece.kind === 'text') out.push(problemOf('not-understood', piece.text, span));
  else if (!roots.has(piece.name)) out.push(problemOf('not-understood', piece.kind === 'open' ? piece.raw : `</${piece.name}>`, span));
  else {
    state.rootIsClosed = piece.kind === 'close' || piece.isEmpty;
    out.push(structureOf('root', span));
  }
}

/** Anything inside of an element. A new element inside, or what is no tag, ends it: the closing tag was lost. */
function takeInside(state: ReaderState, open: OpenElement, piece: XmlPiece, out: NeutralRecord[]): void {
  const isLost =
    (piece.kind === 'open' && elements.has(piece.name)) ||
    (piece.kind === 'close' && roots.has(piece.name)) ||
    (piece.kind === 'problem' && piece.code === 'not-understood') ||
    open.pieces >= piecesLimit;
  if (isLost) {
    closeOpen(state, 'not-understood', out);
    return takePiece(state, piece, out);
  }
  addPiece(open, piece, piece.lengthBytes);
  if (piece.kind === 'open') addToMms(open.mms, piece);
  if (piece.kind === 'close' && piece.name === open.tag?.name) closeElement(state, open, out);
}

function openElement(tag: OpenTag | null, { offsetBytes, lengthBytes }: Pick<Span, 'offsetBytes' | 'lengthBytes'>): OpenElement {
  const mms = { attributes: tag?.attributes ?? new Map<string, never>(), parts: [], addresses: [] };
  return { tag, mms, offsetBytes, lengthBytes: tag === null ? lengthBytes : 0, raw: '', pieces: 0 };
}

function addPiece(open: OpenElement, piece: XmlPiece, lengthBytes: number): void {
  open.lengthBytes += lengthBytes;
  open.pieces++;
  const raw = piece.kind === 'open' || piece.kind === 'problem' ? piece.raw : piece.kind === 'close' ? `</${piece.name}>` : piece.text;
  if (open.raw.length < problemRawLimitBytes) open.raw = rawOf(open.raw + raw);
}

/** Ends the element with its message. */
function closeElement(state: ReaderState, open: OpenElement, out: NeutralRecord[]): void {
  state.open = null;
  const { offsetBytes, lengthBytes } = open;
  const span = { entry: state.entry, offsetBytes, lengthBytes };
  const message = toMessage(open, span, state.chats, out);
  if (message === null) out.push(problemOf('bad-time', open.raw, span));
  else out.push(message);
}

function toMessage({ tag, mms }: OpenElement, span: Span, chats: SmsChats, out: NeutralRecord[]): MessageRecord | null {
  if (tag === null) return null;
  if (tag.name === 'mms') return toMmsMessage(mms, span, chats, out);
  return tag.name === 'call' ? toCall(tag.attributes, span, chats, out) : toSmsMessage(tag.attributes, span, chats, out);
}

/** Ends what is open without a message: white space is a structure, an element a problem. */
function closeOpen(state: ReaderState, code: 'ends-early' | 'not-understood' | null, out: NeutralRecord[]): void {
  const { open } = state;
  if (open === null) return;
  state.open = null;
  const span = { entry: state.entry, offsetBytes: open.offsetBytes, lengthBytes: open.lengthBytes };
  if (open.tag === null || code === null) out.push(structureOf('white space', span));
  else out.push(problemOf(code, open.raw, span));
}
