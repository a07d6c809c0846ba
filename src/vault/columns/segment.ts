// A segment's messages as columns, and columns as messages.

import { CamphorError } from '../../model/error';
import type { Message } from '../../model/message';
import { messageKinds } from '../../model/record';
import { type ColumnName, type SegmentColumns, segmentMessageLimit } from '../archive';
import { decodePeople, encodeKinds, encodePeople } from './people';
import { decodeRest, encodeRest } from './rest';
import { decodeText, encodeText, joinTexts, type TextColumn } from './text';
import { clocks, decodeTimes, encodeTimes } from './times';

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

/** What messages consist of. */
export type MessageColumns = Required<Omit<SegmentColumns, 'signature'>>;

/** One message, of columns that are of one length, with its text. Throws CamphorError `damaged` for a kind or a clock that there is not. */
export function messageAt({ times, people, kinds, rest }: MessageColumns, at: number, text: string): Message {
  const kind = messageKinds[kinds[at] ?? 0];
  const clock = clocks[times.clock[at] ?? 0];
  const item = rest[at];
  if (kind === undefined || clock === undefined || item === undefined) throw new CamphorError('damaged');
  return {
    seq: times.seq[at] ?? 0,
    sender: people.ids[people.index[at] ?? -1] ?? null,
    sourceId: item.sourceId,
    sentAtMs: times.sentAtMs[at] ?? 0,
    clock,
    zoneOffsetMin: times.zoneOffsetMin[at] ?? 0,
    kind,
    text,
    attachments: item.attachments,
    facts: item.facts,
  };
}

/** Throws CamphorError `damaged` where columns are missing or of different lengths. */
export function wholeColumns({ times, people, kinds, text, rest }: SegmentColumns): MessageColumns {
  if (!times || !people || !kinds || !text || !rest) throw new CamphorError('damaged');
  const lengths = [times.sentAtMs, people.index, kinds, text.ends, rest].map(({ length }) => length);
  if (new Set(lengths).size !== 1) throw new CamphorError('damaged');
  return { times, people, kinds, text, rest };
}

/** Whole messages again. Throws CamphorError `damaged` where columns are missing or of different lengths. */
export function messagesOf(found: SegmentColumns): readonly Message[] {
  const columns = wholeColumns(found);
  const { joined, ends } = columns.text;
  return columns.rest.map((_, at) => messageAt(columns, at, joined.slice(ends[at - 1] ?? 0, ends[at])));
}
