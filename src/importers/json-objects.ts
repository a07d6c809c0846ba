// Messages of an API as people save them: the answers as JSON, an array of messages, or one message a line.

import { sourceOfBytes } from '../bytes/memory-source';
import { readJsonPieces } from '../bytes/json-elements';
import type { ByteSource } from '../bytes/source';
import type { JsonObject } from '../model/json';
import type { NeutralRecord } from '../model/record';
import { parseExactJson } from './exact-json';
import { isObject, parseObject } from './json-fields';
import { createJsonReader } from './json-pieces';
import type { JsonTaker } from './json-pieces';
import { problemOf, structureOf } from './problem-record';
import { readJsonRecords, readLineRecords } from './record-batches';
import type { EntryPlace, PieceReader, PlacedLine } from './record-batches';

export type JsonForm = 'json' | 'lines';

/** Messages with pictures of their own make long lines. */
const lineLimitBytes = 16 << 20;

/**
 * The form of a file and its first objects, at most `limitBytes` of it; null where it holds none. `paths` are those of
 * messages in a JSON file. Never throws for foreign bytes.
 */
export async function readHeadObjects(
  source: ByteSource,
  paths: readonly string[],
  limitBytes: number,
): Promise<{ readonly form: JsonForm; readonly objects: readonly JsonObject[] } | null> {
  const bytes = await source.read(0, limitBytes);
  const text = new TextDecoder().decode(bytes);
  const start = text.search(/\S/);
  if (start === -1 || (text[start] !== '{' && text[start] !== '[')) return null;
  const lines = text
    .split('\n')
    .map(parseObject)
    .filter((object) => object !== null);
  const isLines = text[start] === '{' && parseObject(text.slice(start).split('\n', 1)[0] ?? '') !== null;
  const objects: JsonObject[] = [];
  for await (const pieces of readJsonPieces(sourceOfBytes(bytes), { paths })) {
    for (const { kind, text: item } of pieces) {
      const object = kind === 'item' ? parseObject(item) : null;
      if (object !== null) objects.push(object);
    }
  }
  // One line may be a whole answer: then its messages are what is wanted.
  if (objects.length > 0) return { form: 'json', objects };
  return isLines ? { form: 'lines', objects: lines } : null;
}

/** Records of such a file; `taker` takes each message. Throws what the source throws. */
export function readObjectRecords(
  place: EntryPlace,
  form: JsonForm,
  paths: readonly string[],
  taker: JsonTaker,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  if (form === 'json') return readJsonRecords(place, { paths }, createJsonReader(place.entry, taker));
  return readLineRecords(place, { encoding: 'utf-8', lineLimitBytes }, createLineReader(taker));
}

/** A reader of one object a line. Integers beyond 2^53 come as text. */
export function createLineReader(taker: JsonTaker): PieceReader<PlacedLine> {
  return {
    take({ text, span }, out) {
      const value = text.trim() === '' ? null : parseExactJson(text);
      if (value === null) out.push(structureOf('blank', span));
      else if (isObject(value)) taker.takeItem(value, { parent: [], key: -1, text, span }, out);
      else out.push(problemOf('bad-json', text, span));
    },
    end: (out) => taker.end?.(out),
  };
}
