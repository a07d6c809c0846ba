// Marks of a conversation by the numbers that it is shown with. A joined one has those of its parts; where two parts show one
// message, and only one of them gave its number to it, the other's mark stands on it too.

import { seqsOfPart } from '../model/joined';
import { joinMarks, type Mark, type Marks } from '../model/marks';
import type { Message } from '../model/message';
import type { ArchiveReader, ConversationEntry, SegmentEntry } from './archive';

type ShownMarks = ReadonlyMap<number, Mark>;

const none: ShownMarks = new Map();
const joined = new WeakMap<Marks, Map<string, Promise<ShownMarks>>>();

/** Opens nothing unless the conversation is a joined one with marks in its parts. */
export async function marksIn(reader: ArchiveReader, entry: ConversationEntry, marks: Marks): Promise<ShownMarks> {
  const { parts, id, madeOf } = entry;
  if (parts === undefined) return marks.get(id) ?? none;
  if (!parts.some((part) => marks.has(part))) return none;
  const known = joined.get(marks) ?? new Map<string, Promise<ShownMarks>>();
  joined.set(marks, known);
  const key = `${id} ${madeOf}`;
  const found = known.get(key) ?? gather(reader, entry, parts, marks);
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

async function gather(
  reader: ArchiveReader,
  entry: ConversationEntry,
  parts: readonly ConversationEntry['id'][],
  marks: Marks,
): Promise<ShownMarks> {
  const shown = new Map<number, Mark>();
  const add = (seq: number, mark: Mark): void => {
    const there = shown.get(seq);
    shown.set(seq, there === undefined ? mark : joinMarks(there, mark));
  };
  for (const [place, part] of parts.entries()) for (const [seq, mark] of marks.get(part) ?? []) add(place * seqsOfPart + seq, mark);
  const absent = new Set([...shown.keys()].filter((seq) => seq >= seqsOfPart));
  for (const { id } of absent.size === 0 ? [] : entry.segments) for (const seq of await numbersOf(reader, id)) absent.delete(seq);
  for (const seq of absent) {
    const mark = shown.get(seq);
    const twin = await twinOf(reader, entry, parts[Math.floor(seq / seqsOfPart)], seq % seqsOfPart);
    shown.delete(seq);
    if (twin !== null && mark !== undefined) add(twin, mark);
  }
  return shown;
}

async function numbersOf(reader: ArchiveReader, id: SegmentEntry['id']): Promise<Uint32Array> {
  return (await reader.readColumns(id, ['times'])).times?.seq ?? new Uint32Array();
}

const minuteMs = 60_000;
const minuteOf = ({ sentAtMs }: Message): number => Math.floor(sentAtMs / minuteMs);

/** The message of the whole in the same minute with the same words; null where the parts' clocks differ, or nothing is alike. */
async function twinOf(
  reader: ArchiveReader,
  whole: ConversationEntry,
  part: ConversationEntry['id'] | undefined,
  seq: number,
): Promise<number | null> {
  const own = part === undefined ? null : await reader.conversation(part);
  for (const { id } of own?.segments ?? []) {
    if (!(await numbersOf(reader, id)).includes(seq)) continue;
    const message = (await reader.readMessages(id)).find((each) => each.seq === seq);
    return message === undefined ? null : alikeIn(reader, whole, message);
  }
  return null;
}

async function alikeIn(reader: ArchiveReader, { segments }: ConversationEntry, message: Message): Promise<number | null> {
  const minute = minuteOf(message);
  for (const { id, firstAtMs, lastAtMs } of segments) {
    if (lastAtMs < minute * minuteMs || firstAtMs >= (minute + 1) * minuteMs) continue;
    const cell = (await reader.readMessages(id)).filter((each) => minuteOf(each) === minute);
    const alike = cell.find(
      ({ text, facts }) => text === message.text || facts?.olderTexts?.some((older) => older.text === message.text) === true,
    );
    if (alike !== undefined) return alike.seq;
  }
  return null;
}
