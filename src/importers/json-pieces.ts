// Pieces of a JSON entry to records: what every importer of JSON does alike. Brackets are structure, broken pieces are
// problems, and a wanted element that is an object goes to the importer.

import type { JsonPiece } from '../bytes/json-elements';
import type { Json, JsonObject } from '../model/json';
import type { NeutralRecord, Span } from '../model/record';
import { parseExactJson } from './exact-json';
import { isObject } from './json-fields';
import { problemOf, structureOf } from './problem-record';
import type { PieceReader } from './record-batches';

/** One wanted element, or one member beside the way to them. */
export interface PlacedJson extends Pick<JsonPiece, 'parent' | 'key' | 'text'> {
  readonly span: Span;
}

export interface JsonTaker {
  /** Takes one wanted element; appends exactly one record with its span to `out`, after whatever that needs. */
  takeItem(element: JsonObject, place: PlacedJson, out: NeutralRecord[]): void;
  /** Takes note of a member; gives the name of its structure, or null where it is not understood. Default: `other`. */
  takeMember?(value: Json, place: PlacedJson, out: NeutralRecord[]): string | null;
  /** Appends what is left once all pieces are taken. */
  end?(out: NeutralRecord[]): void;
}

/** A reader of the pieces of entry number `entry`, whose JSON begins at `jsonAtByte`. Integers beyond 2^53 come as text. */
export function createJsonReader(entry: number, taker: JsonTaker, jsonAtByte = 0): PieceReader<JsonPiece> {
  return {
    take(piece, out) {
      const { lengthBytes, text } = piece;
      const span = { entry, offsetBytes: jsonAtByte + piece.offsetBytes, lengthBytes };
      takePiece(piece, span, taker, out);
      if (piece.isDamaged && piece.kind !== 'problem') out.push(problemOf('bad-encoding', text, { ...span, lengthBytes: 0 }));
    },
    end: (out) => taker.end?.(out),
  };
}

function takePiece({ kind, code, parent, key, text }: JsonPiece, span: Span, taker: JsonTaker, out: NeutralRecord[]): void {
  if (kind === 'structure') return void out.push(structureOf('brackets', span));
  if (kind === 'problem') return void out.push(problemOf(code ?? 'not-understood', text, span));
  const value = parseExactJson(text);
  const place = { parent, key, text, span };
  if (value === undefined) out.push(problemOf('bad-json', text, span));
  else if (kind === 'member') {
    const name = taker.takeMember === undefined ? 'other' : taker.takeMember(value, place, out);
    out.push(name === null ? problemOf('not-understood', text, span) : structureOf(name, span));
  } else if (isObject(value)) taker.takeItem(value, place, out);
  else out.push(problemOf('not-understood', text, span));
}
