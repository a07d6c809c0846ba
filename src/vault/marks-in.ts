// Marks of a conversation by the numbers that it is shown with. A joined one has those of its parts; where two parts show one
// message, and only one of them gave its number to it, the other's mark stands on it too.

import type { MessageAddress } from '../model/ids';
import { addressIn, seqsOfPart } from '../model/joined';
import { joinMarks, type Mark, type Marks } from '../model/marks';
import type { Message } from '../model/message';
import type { ArchiveReader, ConversationEntry, SegmentEntry } from './archive';

type ShownMarks = ReadonlyMap<number, Mark>;

interface Gathered {
  readonly shown: ShownMarks;
  /** Messages of parts whose marks stand on another part's message, by that one's number. */
  readonly twins: ReadonlyMap<number, readonly MessageAddress[]>;
}

const none: ShownMarks = new Map();
const joined = new WeakMap<Marks, Map<string, Promise<Gathered>>>();

/** Opens nothing unless the conversation is a joined one with marks in its parts. */
export async function marksIn(reader: ArchiveReader, entry: ConversationEntry, marks: Marks): Promise<ShownMarks> {
  return entry.parts === undefined ? (marks.get(entry.id) ?? none) : (await gathered(reader, entry, marks)).shown;
}

/** What else is to be cleared where a mark is taken from a message of a joined conversation. */
export async function twinsOf(
  reader: ArchiveReader,
  entry: ConversationEntry,
  marks: Marks,
  seq: number,
): Promise<readonly MessageAddress[]> {
  return (await gathered(reader, entry, marks)).twins.get(seq) ?? [];
}

async function gathered(reader: ArchiveReader, entry: ConversationEntry, marks: Marks): Promise<Gathered> {
  const { parts = [], id, madeOf } = entry;
  if (!parts.some((part) => marks.has(part))) return { shown: none, twins: new Map() };
  const known = joined.get(marks) ?? new Map<string, Promise<Gathered>>();
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
): Promise<Gathered> {
  const shown = new Map<number, Mark>();
  const twins = new Map<number, MessageAddress[]>();
  const add = (seq: number, mark: Mark): void => {
    const there = shown.get(seq);
    shown.set(seq, there === undefined ? mark : joinMarks(there, mark));
  };
  for (const [place, part] of parts.entries()) for (const [seq, mark] of marks.get(part) ?? []) add(place * seqsOfPart + seq, mark);
  const absent = new Set([...shown.keys()].filter((seq) => seq >= seqsOfPart));
  for (const { id } of absent.size === 0 ? [] : entry.segments) for (const seq of await numbersOf(reader, id)) absent.delete(seq);
  for (const seq of absent) {
    const mark = shown.get(seq);
    const own = addressIn(parts, seq);
    const twin = own === null ? null : await twinOf(reader, entry, own);
    shown.delete(seq);
    if (own === null || twin === null || mark === undefined) continue;
    add(twin, mark);
    twins.set(twin, [...(twins.get(twin) ?? []), own]);
  }
  return { shown, twins };
}

/** Numbers of the messages of a segment, without opening them. */
export async function numbersOf(reader: ArchiveReader, id: SegmentEntry['id']): Promise<Uint32Array> {
  return (await reader.readColumns(id, ['times'])).times?.seq ?? new Uint32Array();
}

const minuteMs = 60_000;
const minuteOf = ({ sentAtMs }: Message): number => Math.floor(sentAtMs / minuteMs);

/** The message of the whole in the same minute with the same words; null where the parts' clocks differ, or nothing is alike. */
async function twinOf(reader: ArchiveReader, whole: ConversationEntry, { conversation, seq }: MessageAddress): Promise<number | null> {
  const own = await reader.conversation(conversation);
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
