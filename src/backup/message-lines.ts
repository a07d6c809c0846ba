// Messages as lines of their month, from the columns that hold them: their texts are UTF-8 already. Plain ones, which are nearly all, are
// put together here; the others as `encodeMessage` says.

import { CamphorError } from '../model/error';
import type { PersonId } from '../model/ids';
import type { PortableId } from '../model/portable';
import { type Clock, messageKinds } from '../model/record';
import type { ColumnName, SegmentColumns } from '../vault/archive';
import { byteEndsOf } from '../vault/columns/byte-ends';
import { clocks } from '../vault/columns/clocks';
import { messageAt, type MessageColumns, wholeColumns } from '../vault/columns/messages';
import { utf8Bytes, utf8Text } from '../vault/utf8';
import { writeJson } from './canonical-json';
import { encodeMessage } from './encode-message';
import { encodeJson, type JsonBytes } from './json-bytes';

export const lineColumns: readonly ColumnName[] = ['times', 'people', 'kinds', 'text', 'rest'];

/** A segment's columns, with what is found out once for all of its messages. */
export interface LineSource {
  readonly columns: MessageColumns;
  readonly utf8: Uint8Array;
  /** Where in `utf8` the text of each ends. */
  readonly byteEnds: Uint32Array;
}

/** Throws CamphorError `damaged` where columns are missing, of different lengths, or not what texts are stored as. */
export function openLineSource(found: SegmentColumns): LineSource {
  const columns = wholeColumns(found);
  const { text } = columns;
  // Its `joined` is only decoded where somebody asks for it.
  const utf8 = text.utf8 ?? utf8Bytes(text.joined);
  return { columns, utf8, byteEnds: byteEndsOf(utf8, text.ends) };
}

const beginSourceId = utf8Bytes(',"sourceId":');
const beginText = utf8Bytes(',"text":');
const endLine = utf8Bytes('}\n');
const kindFields = messageKinds.map((kind) => utf8Bytes(kind === 'text' ? '' : `,"kind":"${kind}"`));
const colon = 0x3a;
const msPerDay = 86_400_000;

/** The beginning of a line, up to the `Z` of the time as `writeInstant` writes it: most messages are of the day of the one before. */
function createLineBeginning(): (json: JsonBytes, atMs: number) => void {
  let day = Number.NaN;
  let date = utf8Bytes('');
  return (json, atMs) => {
    const itsDay = Math.floor(atMs / msPerDay);
    if (itsDay !== day) date = utf8Bytes(`{"at":"${new Date(itsDay * msPerDay).toISOString().slice(0, -13)}`);
    day = itsDay;
    const sinceMs = atMs - day * msPerDay;
    const seconds = Math.floor(sinceMs / 1000);
    json.bytes(date);
    json.twoDigits(Math.floor(seconds / 3600));
    json.byte(colon);
    json.twoDigits(Math.floor(seconds / 60) % 60);
    json.byte(colon);
    json.twoDigits(seconds % 60);
    if (sinceMs % 1000 !== 0) json.json(`.${String(sinceMs % 1000).padStart(3, '0')}`);
  };
}

/** From the end of the time to the sender's: written once for all messages that have it in common. */
function createSenderFields(personOf: (person: PersonId) => PortableId): (sender: PersonId | null, clock: Clock) => Uint8Array {
  const known = new Map<PersonId | null, { readonly clock: Clock; readonly bytes: Uint8Array }>();
  return (sender, clock) => {
    const found = known.get(sender);
    if (found?.clock === clock) return found.bytes;
    const clockField = clock === 'absolute' ? '' : `,"clock":"${clock}"`;
    const bytes = utf8Bytes(`Z"${clockField}${sender === null ? '' : `,"from":${JSON.stringify(personOf(sender))}`}`);
    known.set(sender, { clock, bytes });
    return bytes;
  };
}

export type WriteLine = (json: JsonBytes, source: LineSource, at: number) => void;

/**
 * Writes message `at` of a segment with its line feed, as `writeJson(encodeMessage(…))` would. Throws CamphorError `damaged` for a kind or
 * a clock that there is not.
 */
export function createLineWriter(personOf: (person: PersonId) => PortableId): WriteLine {
  const beginLine = createLineBeginning();
  const senderFields = createSenderFields(personOf);
  return (json, { columns, utf8, byteEnds }, at) => {
    const { times, people, kinds, rest } = columns;
    const { sourceId, attachments, facts } = rest[at] as (typeof rest)[number];
    const [from, to] = [byteEnds[at - 1] ?? 0, byteEnds[at] ?? 0];
    if (facts !== null || attachments.length > 0) {
      const message = messageAt(columns, at, utf8Text(utf8.subarray(from, to)));
      return json.json(`${writeJson(encodeMessage(message, personOf))}\n`);
    }
    const clock = clocks[times.clock[at] ?? 0];
    const kindField = kindFields[kinds[at] ?? 0];
    if (clock === undefined || kindField === undefined) throw new CamphorError('damaged');
    beginLine(json, times.sentAtMs[at] ?? 0);
    json.bytes(senderFields(people.ids[people.index[at] ?? -1] ?? null, clock));
    if (kindField.length > 0) json.bytes(kindField);
    if (sourceId !== null) {
      json.bytes(beginSourceId);
      json.string(sourceId);
    }
    if (to > from) {
      json.bytes(beginText);
      json.stored(utf8, from, to);
    }
    const zoneOffsetMin = times.zoneOffsetMin[at] ?? 0;
    if (zoneOffsetMin !== 0) json.json(`,"zoneOffsetMin":${zoneOffsetMin}`);
    json.bytes(endLine);
  };
}

/** Written before they go on. */
const pieceBytes = 256 * 1024;

/** The lines of those messages of a segment that were sent from `fromMs` on and before `toMs`, in pieces; `take` hears of each. */
export function* encodeLines(
  source: LineSource,
  writeLine: WriteLine,
  [fromMs, toMs]: readonly [fromMs: number, toMs: number],
  take: (source: LineSource, at: number) => void,
): Generator<Uint8Array<ArrayBuffer>> {
  const { sentAtMs } = source.columns.times;
  let next = 0;
  const encodeSome = (json: JsonBytes): void => {
    for (; next < sentAtMs.length && json.sizeBytes < pieceBytes; next += 1) {
      const atMs = sentAtMs[next] as number;
      if (atMs < fromMs || atMs >= toMs) continue;
      take(source, next);
      writeLine(json, source, next);
    }
  };
  while (next < sentAtMs.length) yield encodeJson(encodeSome);
}
