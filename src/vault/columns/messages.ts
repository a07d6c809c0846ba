// Columns as messages.

import { CamphorError } from '../../model/error';
import type { Message } from '../../model/message';
import { messageKinds } from '../../model/record';
import type { SegmentColumns } from '../archive';
import { clocks } from './clocks';

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
