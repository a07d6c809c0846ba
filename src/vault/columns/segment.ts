// A segment's messages as columns.

import type { Message } from '../../model/message';
import { type ColumnName, type SegmentColumns, segmentMessageLimit } from '../archive';
import { decodePeople, encodeKinds, encodePeople } from './people';
import { decodeRest, encodeRest } from './rest';
import { decodeText, encodeText, joinTexts, type TextColumn } from './text';
import { decodeTimes, encodeTimes } from './times';

export const columnNames: readonly ColumnName[] = ['times', 'people', 'kinds', 'text', 'rest', 'signature'];

/** Encoded columns, not yet packed or sealed, each in memory of its own. */
export function encodeColumns(
  messages: readonly Message[],
  signatureOf: (text: TextColumn) => Uint8Array<ArrayBuffer>,
): Readonly<Record<ColumnName, Uint8Array<ArrayBuffer>>> {
  const text = joinTexts(messages);
  return {
    times: encodeTimes(messages),
    people: encodePeople(messages),
    kinds: encodeKinds(messages),
    text: encodeText(text),
    rest: encodeRest(messages),
    signature: signatureOf(text),
  };
}

const decoders: { readonly [Name in ColumnName]: (bytes: Uint8Array) => NonNullable<SegmentColumns[Name]> } = {
  times: decodeTimes,
  people: decodePeople,
  kinds: (bytes) => bytes,
  text: decodeText,
  rest: (bytes) => decodeRest(bytes, segmentMessageLimit),
  signature: (bytes) => bytes,
};

/** Columns by name. Throws CamphorError `damaged` for bytes that `encodeColumns` does not make. */
export function decodeColumns(encoded: ReadonlyMap<ColumnName, Uint8Array>): SegmentColumns {
  return Object.fromEntries([...encoded].map(([name, bytes]) => [name, decoders[name](bytes)])) as SegmentColumns;
}
