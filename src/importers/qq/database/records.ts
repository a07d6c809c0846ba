// Messages that a message holds (column 40900): those that were forwarded together, or the one that is answered. Their fields
// bear the numbers of the table's columns.

import { encodeBase64 } from '../../../bytes/base64';
import { readProtobuf, type ProtobufFields } from '../../../bytes/protobuf';
import type { JsonObject } from '../../../model/json';
import { words } from '../../json-fields';
import type { Content } from './content';
import { readElements } from './elements';
import type { NameOf } from './notices';
import { column } from './schema';

const rawLimitBytes = 16_384;
/** So many are kept of one message. */
const recordLimit = 500;

export interface Records {
  readonly records: readonly JsonObject[];
  /** The column as it is, where something in it is not understood; null where all is. */
  readonly raw: string | null;
}

/** What the column holds; null where it is empty. `nameOf` gives names by uid. */
export function readRecords(blob: Uint8Array | null, nameOf: NameOf): Records | null {
  if (blob === null || blob.length === 0) return null;
  const whole = readProtobuf(blob);
  const inner = whole.messages(Number(column.records));
  // One alone may stand without a list around it.
  const all = inner.length > 0 ? inner : [whole];
  const read = all.slice(0, recordLimit).map((record) => readRecord(record, nameOf));
  const records = read.filter((record) => record !== null);
  const isUnderstood = whole.isWhole && records.length === all.length;
  return { records, raw: isUnderstood ? null : base64Of(blob) };
}

function readRecord(record: ProtobufFields, nameOf: NameOf): JsonObject | null {
  if (!record.isWhole || record.all(Number(column.elements)).length === 0) return null;
  const content = readElements(record, nameOf);
  const seconds = record.whole(Number(column.time));
  const uid = record.words(Number(column.senderUid));
  const name = record.words(Number(column.card)) ?? record.words(Number(column.nick)) ?? (uid === null ? null : nameOf(uid));
  const files = content.files.flatMap((file) => file.name ?? []);
  return {
    ...(name === null ? {} : { name }),
    ...(uid === null ? {} : { uid }),
    ...(seconds === null || seconds <= 0 ? {} : { sentAtMs: seconds * 1000 }),
    kind: content.kind ?? 'unknown',
    text: content.text,
    ...(files.length === 0 ? {} : { files }),
    ...(content.kept.length === 0 ? {} : { elements: content.kept }),
  };
}

/** Adds them to a message: all in its extra; their lines are its text where it has none, and the excerpt of an answer without one. */
export function takeRecords(content: Content, found: Records | null): void {
  if (found === null) return;
  const { records, raw } = found;
  if (records.length > 0) content.addExtra('records', records);
  content.addExtra('rawRecords', raw);
  if (content.kind === 'forwarded' && content.text === '') content.text = records.map(lineOf).join('\n');
  const { replyTo } = content.facts;
  const quoted = words(records[0]?.['text']);
  if (replyTo !== undefined && replyTo.excerpt === undefined && quoted !== null)
    content.addFacts({ replyTo: { ...replyTo, excerpt: quoted } });
}

function lineOf({ name, text }: JsonObject): string {
  return [words(name), words(text) ?? ''].filter((part) => part !== null).join(': ');
}

/** The beginning of a column that is not understood; null where it is empty. */
export function base64Of(blob: Uint8Array | null): string | null {
  return blob === null || blob.length === 0 ? null : `base64:${encodeBase64(blob.subarray(0, rawLimitBytes))}`;
}
