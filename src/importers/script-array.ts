// An array of JSON inside of a script, in a file of its own or in a page: its elements are read as data, and what stands around
// them is structure. Nothing is ever run.

import { cutJson, readJsonPieces, type JsonPiece } from '../bytes/json-elements';
import type { ByteSource } from '../bytes/source';
import type { NeutralRecord, Span } from '../model/record';
import { problemOf, structureOf } from './problem-record';
import { batchesOf, type EntryPlace, type PlacedElement } from './record-batches';

/** Takes an element as it stands in the array; appends exactly one record with its span to `out`, after whatever that needs. */
export type TakeElement = (text: string, span: Span, out: NeutralRecord[]) => void;

const paths: readonly string[] = ['[*]'];
/** What leads to an array in a file is this short. */
export const leadBytes = 4096;

/** Bytes before the bracket of the array in a script, which `lead` ends with; -1 where it is not in `bytes`. */
export function findArray(bytes: Uint8Array, lead: RegExp): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const found = lead.exec(text);
  if (found === null) return -1;
  const at = new TextEncoder().encode(text.slice(0, found.index + found[0].length - 1)).length;
  // Letters that are no UTF-8 would have moved the place.
  return bytes[at] === 0x5b ? at : -1;
}

/** Records of a script that is a file. Throws what the source throws. */
export async function* readArrayRecords(
  { source, entry, onBytes, doneBefore = 0 }: EntryPlace,
  lead: RegExp,
  take: TakeElement,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  const found = findArray(await source.read(0, leadBytes), lead);
  const from = found === -1 ? source.sizeBytes : found;
  if (from > 0) yield [structureOf('script', { entry, offsetBytes: 0, lengthBytes: from })];
  for await (const pieces of readJsonPieces(sourceFrom(source, from), { paths })) {
    const out: NeutralRecord[] = [];
    for (const piece of pieces) takePiece(piece, entry, from, take, out);
    yield* batchesOf(out);
    const last = pieces.at(-1);
    if (last !== undefined) onBytes?.(doneBefore + from + last.offsetBytes + last.lengthBytes);
  }
}

/** The records of a script element of a page; all of it is structure where it has no array. */
export function takeScript(
  { raw, span }: Pick<PlacedElement, 'raw' | 'span'>,
  lead: RegExp,
  take: TakeElement,
  out: NeutralRecord[],
): void {
  const bytes = new TextEncoder().encode(raw);
  // Where the page is in another encoding, places in the script are not those in the file.
  const found = bytes.length === span.lengthBytes ? findArray(bytes, lead) : -1;
  if (found === -1) return void out.push(structureOf('script', span));
  out.push(structureOf('script', { ...span, lengthBytes: found }));
  for (const piece of cutJson(bytes.subarray(found), { paths })) takePiece(piece, span.entry, span.offsetBytes + found, take, out);
}

function takePiece(piece: JsonPiece, entry: number, from: number, take: TakeElement, out: NeutralRecord[]): void {
  const { kind, code, key, text, lengthBytes, isDamaged } = piece;
  const span = { entry, offsetBytes: from + piece.offsetBytes, lengthBytes };
  // What follows the array is out of place for JSON alone.
  if (kind === 'structure' || (code === 'bad-json' && key === -1)) return void out.push(structureOf('script', span));
  if (kind !== 'item') return void out.push(problemOf(code ?? 'not-understood', text, span));
  take(text, span, out);
  if (isDamaged) out.push(problemOf('bad-encoding', text, { ...span, lengthBytes: 0 }));
}

/** The rest of a source. */
export function sourceFrom(source: ByteSource, startByte: number): ByteSource {
  return {
    sizeBytes: source.sizeBytes - startByte,
    read: (fromByte, toByte) => source.read(startByte + fromByte, startByte + toByte),
    stream: (fromByte = 0) => source.stream(startByte + fromByte),
  };
}
