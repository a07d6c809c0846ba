// NSAttributedString out of a typedstream: a text, and for each run of it a dictionary.

import { readTypedstream } from './typedstream';
import type { StreamObject, StreamValue } from './typedstream';

export type AttributeValue = string | number | bigint | null;

export interface TextRun {
  /** In UTF-16 code units. */
  readonly offset: number;
  readonly length: number;
  /** By name, such as `__kIMMessagePartAttributeName`; objects of other kinds than strings, numbers and URLs are null. */
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

export interface AttributedText {
  readonly text: string;
  readonly runs: readonly TextRun[];
}

/** Null where the bytes are no typedstream of an attributed string. */
export function readAttributedString(bytes: Uint8Array): AttributedText | null {
  const [root] = readTypedstream(bytes) ?? [];
  if (!isObject(root) || !/^NS(Mutable)?AttributedString$/.test(root.className)) return null;
  const [string, ...rest] = root.values;
  const text = readString(string);
  return text === null ? null : { text, runs: readRuns(text, rest) };
}

/** Each run is an index and a length; a new index is followed by its dictionary. */
function readRuns(text: string, values: readonly StreamValue[]): TextRun[] {
  const dictionaries = new Map<number, ReadonlyMap<string, AttributeValue>>();
  const runs: TextRun[] = [];
  let offset = 0;
  for (let at = 0; at + 1 < values.length;) {
    const [index, length] = [values[at], values[at + 1]];
    if (typeof index !== 'number' || typeof length !== 'number' || length < 0) break;
    at += 2;
    if (!dictionaries.has(index)) dictionaries.set(index, readDictionary(values[at++]));
    runs.push({ offset, length: Math.min(length, text.length - offset), attributes: dictionaries.get(index) ?? new Map() });
    offset = Math.min(text.length, offset + length);
  }
  return runs;
}

/** A count, then keys and values in turn. */
function readDictionary(value: StreamValue | undefined): ReadonlyMap<string, AttributeValue> {
  const entries = new Map<string, AttributeValue>();
  if (!isObject(value)) return entries;
  for (let at = 1; at + 1 < value.values.length; at += 2) {
    const key = readString(value.values[at]);
    if (key !== null) entries.set(key, readAttribute(value.values[at + 1]));
  }
  return entries;
}

function readAttribute(value: StreamValue | undefined): AttributeValue {
  const text = readString(value);
  if (text !== null || !isObject(value)) return text;
  // A number holds the letter of its type, then itself; a URL a flag, then its text.
  const last = value.values.at(-1);
  return typeof last === 'number' || typeof last === 'bigint' ? last : readString(last);
}

function readString(value: StreamValue | undefined): string | null {
  if (!isObject(value) || !/^NS(Mutable)?String$/.test(value.className)) return null;
  const [bytes] = value.values;
  return bytes instanceof Uint8Array ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) : null;
}

function isObject(value: StreamValue | undefined): value is StreamObject {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}
