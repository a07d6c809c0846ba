// Files inside of a file: ranges that hold base64, as sources of the bytes that it stands for. Nothing is held whole.

import type { EntryPart } from '../model/record';
import { createBase64Decoder } from './base64';
import { joinBytes } from './join-bytes';
import type { ByteSource } from './source';

const pieceBytes = 256 * 1024;

/**
 * The file in this range of `source`; `sizeBytes` is its size once it is decoded. Reading from the middle decodes from the
 * start. Throws what the source throws.
 */
export function sourceOfPart(source: ByteSource, { offsetBytes, lengthBytes }: EntryPart, sizeBytes: number): ByteSource {
  const stream = async function* (fromByte = 0): AsyncGenerator<Uint8Array, void, void> {
    const decoder = createBase64Decoder();
    let skip = Math.max(0, fromByte);
    for (let at = 0; at < lengthBytes; at += pieceBytes) {
      const bytes = decoder.push(await source.read(offsetBytes + at, offsetBytes + Math.min(at + pieceBytes, lengthBytes)));
      if (skip < bytes.length) yield bytes.subarray(skip);
      skip = Math.max(0, skip - bytes.length);
    }
  };
  return {
    sizeBytes,
    stream,
    async read(fromByte, toByte) {
      const wanted = Math.max(0, Math.min(toByte, sizeBytes) - Math.max(0, fromByte));
      const pieces: Uint8Array[] = [];
      let length = 0;
      for await (const piece of wanted > 0 ? stream(fromByte) : []) {
        pieces.push(piece.subarray(0, wanted - length));
        length += Math.min(piece.length, wanted - length);
        if (length === wanted) break;
      }
      return joinBytes(pieces, length);
    },
  };
}

/**
 * The same bytes for one who reads ranges in rising order, read from one stream: in a ZIP, where every read may mean to
 * inflate from the start, many parts of one entry cost one pass. A range that lies before the last one begins a new pass.
 */
export function readForward(source: ByteSource): ByteSource {
  const { sizeBytes } = source;
  const cursor: Cursor = { source, chunks: null, held: new Uint8Array(0), heldFrom: 0 };
  let turn: Promise<unknown> = Promise.resolve();
  return {
    sizeBytes,
    stream: (fromByte) => source.stream(fromByte),
    read(fromByte, toByte) {
      const result = turn.then(() => readAt(cursor, Math.max(0, fromByte), Math.min(toByte, sizeBytes)));
      turn = result.catch(() => undefined);
      return result;
    },
  };
}

interface Cursor {
  readonly source: ByteSource;
  /** The stream under way, whose last chunk is held. */
  chunks: AsyncIterator<Uint8Array> | null;
  held: Uint8Array;
  heldFrom: number;
}

async function readAt(cursor: Cursor, from: number, to: number): Promise<Uint8Array> {
  if (to <= from) return new Uint8Array(0);
  if (cursor.chunks === null || from < cursor.heldFrom) await beginStream(cursor);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { held, heldFrom } = cursor;
    const piece = held.subarray(Math.max(0, from + length - heldFrom), Math.max(0, to - heldFrom));
    pieces.push(piece);
    length += piece.length;
    const next = from + length >= to ? null : await cursor.chunks?.next();
    if (!next || next.done === true) return joinBytes(pieces, length);
    cursor.heldFrom += held.length;
    cursor.held = next.value;
  }
}

async function beginStream(cursor: Cursor): Promise<void> {
  await cursor.chunks?.return?.();
  cursor.chunks = cursor.source.stream()[Symbol.asyncIterator]();
  cursor.held = new Uint8Array(0);
  cursor.heldFrom = 0;
}
