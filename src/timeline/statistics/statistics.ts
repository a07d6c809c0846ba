// Statistics over conversations: the sums of what was counted in their segments. Segments that are known are not opened again, so
// that an import costs the counting of what it changed.

import type { Cache } from '../../model/cache-budget';
import { CamphorError } from '../../model/error';
import { conversationName } from '../../model/display-names';
import type { PersonId, SegmentId } from '../../model/ids';
import type { OverlayIndex } from '../../model/overlay-index';
import { chosenOwner, isOwnerAnywhere } from '../../model/owners';
import { messageKinds } from '../../model/record';
import {
  peopleLimit,
  type PersonStatistics,
  type ReportShare,
  type StatisticsQuery,
  type StatisticsView,
  wordLimit,
  type WordsView,
} from '../../model/statistics';
import type { ArchiveReader, ColumnName, ConversationEntry, PersonEntry, SegmentColumns, SegmentEntry } from '../../vault/archive';
import { labelOf } from '../calendar';
import { personView } from '../person-views';
import { huesAmong } from '../hues';
import { answerTimes } from './answer-times';
import { countSegment, daysWithin, emptyCounts, type SegmentCounts, senderIn, takeAnswer, type Turn } from './segment-counts';
import { addWords, countWords, type SegmentWords } from './segment-words';
import { type DayRange, placeOf, yearDays } from './year-days';

export interface Counted {
  readonly reader: ArchiveReader;
  readonly entries: readonly ConversationEntry[];
  readonly people: ReadonlyMap<PersonId, PersonEntry>;
  readonly overlays: OverlayIndex;
  /** Throws where the answer is not wanted any more. */
  checkWanted(): void;
  readonly report: ReportShare;
}

type Read<Value> = (segment: SegmentEntry) => Promise<Value | null>;

/** What `make` makes of a segment's columns; null where the segment cannot be read. */
function reading<Value>(
  { reader }: Counted,
  kept: Cache<SegmentId, Value>,
  columns: readonly ColumnName[],
  range: DayRange | null,
  make: (columns: SegmentColumns, range: DayRange | null) => Value,
): Read<Value> {
  return async (segment) => {
    const { id } = segment;
    try {
      // A part of a segment is not kept: a year has at most two such segments a conversation.
      if (range !== null && placeOf(segment, range) === 'across')
        return make(await reader.readColumns(id, [...new Set([...columns, 'times' as const])]), range);
      return await kept.get(id, async () => make(await reader.readColumns(id, columns), null));
    } catch (error) {
      if (error instanceof CamphorError && (error.code === 'damaged' || error.code === 'tampered')) return null;
      throw error;
    }
  };
}

/** Hands each segment's value to `take`, conversation by conversation; gives the number of messages that could not be read. */
async function overSegments<Value>(
  counted: Counted,
  read: Read<Value>,
  take: (value: Value, entry: ConversationEntry) => void,
  range: DayRange | null,
): Promise<number> {
  const total = counted.entries.reduce((sum, { messageCount }) => sum + messageCount, 0);
  let done = 0;
  let unread = 0;
  for (const entry of counted.entries) {
    for (const segment of entry.segments) {
      if (range === null || placeOf(segment, range) !== 'outside') {
        const value = await read(segment);
        counted.checkWanted();
        if (value === null) unread += segment.messageCount;
        else take(value, entry);
      }
      done += segment.messageCount;
      counted.report(done, total);
    }
  }
  return unread;
}

const dayLabel = (day: number): string => {
  const date = new Date(day * 86_400_000);
  return labelOf({ year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() });
};

function addCounts(sum: SegmentCounts, part: SegmentCounts, before: Turn | null): void {
  for (const [day, count] of part.days) sum.days.set(day, (sum.days.get(day) ?? 0) + count);
  for (const [at, count] of part.hours.entries()) sum.hours[at] = (sum.hours[at] ?? 0) + count;
  for (const [at, count] of part.kinds.entries()) sum.kinds[at] = (sum.kinds[at] ?? 0) + count;
  for (const [sender, { messages, answers }] of part.senders) {
    const into = senderIn(sum.senders, sender);
    into.messages += messages;
    for (const [at, count] of answers.entries()) into.answers[at] = (into.answers[at] ?? 0) + count;
  }
  if (part.first) takeAnswer(sum.senders, before, part.first);
}

/** Senders with those whom the owner has merged counted as one. */
function asOne({ people }: Counted, { senders }: SegmentCounts): SegmentCounts['senders'] {
  const merged: SegmentCounts['senders'] = new Map();
  for (const [id, { messages, answers }] of senders) {
    const into = senderIn(merged, people.get(id)?.one ?? id);
    into.messages += messages;
    for (const [at, count] of answers.entries()) into.answers[at] = (into.answers[at] ?? 0) + count;
  }
  return merged;
}

function personStatistics(counted: Counted, sum: SegmentCounts): PersonStatistics[] {
  const { entries, overlays } = counted;
  const chosen = entries.map(({ id }) => chosenOwner(id, overlays));
  const owners = new Set(entries.flatMap(({ ownerPeople }, at) => chosen[at] ?? ownerPeople));
  const isSomewhereAsSaid = chosen.includes(null);
  const [entry] = entries;
  // In one conversation people have the colours that they have there.
  const hues = entry !== undefined && entries.length === 1 ? huesAmong(entry.people, counted.people) : undefined;
  return [...asOne(counted, sum)].flatMap(([id, { messages, answers }]) => {
    const person = counted.people.get(id);
    if (person === undefined || entry === undefined) return [];
    const { name, hue } = personView(person, entry, overlays, hues);
    const isOwner = owners.has(id) || (isSomewhereAsSaid && isOwnerAnywhere(person, overlays));
    return [{ id, name, hue, isOwner, messages, answers: answerTimes(answers) }];
  });
}

const byMessages = (a: { readonly messages: number; readonly id: string }, b: { readonly messages: number; readonly id: string }): number =>
  b.messages - a.messages || (a.id < b.id ? -1 : 1);

/** Counts messages by day, hour, kind, person and conversation. Throws what reading and `checkWanted` throw. */
export async function countStatistics(
  counted: Counted,
  kept: Cache<SegmentId, SegmentCounts>,
  { zone, year }: StatisticsQuery,
): Promise<StatisticsView> {
  const range = year === undefined ? null : yearDays(year);
  const sum = emptyCounts();
  const inConversation = new Map<string, number>();
  let last: { readonly of: ConversationEntry; readonly turn: Turn | null } | null = null;
  const read = reading(counted, kept, ['times', 'people', 'kinds'], range, (columns, days) => countSegment(columns, zone, days));
  const take = (part: SegmentCounts, entry: ConversationEntry): void => {
    const before: Turn | null = last?.of === entry ? last.turn : null;
    addCounts(sum, part, before);
    last = { of: entry, turn: part.last ?? before };
    const messages = part.kinds.reduce((all, count) => all + count, 0);
    inConversation.set(entry.id, (inConversation.get(entry.id) ?? 0) + messages);
  };
  const unreadMessages = await overSegments(counted, read, take, range);
  const people = personStatistics(counted, sum).sort(byMessages);
  const conversations = counted.entries
    .filter(({ id }) => range === null || (inConversation.get(id) ?? 0) > 0)
    .map((entry) => ({
      id: entry.id,
      name: conversationName(entry, counted.overlays, counted.people),
      messages: inConversation.get(entry.id) ?? 0,
    }))
    .sort(byMessages);
  return {
    messages: [...inConversation.values()].reduce((all, count) => all + count, 0),
    days: [...sum.days].sort(([a], [b]) => a - b).map(([day, count]) => [dayLabel(day), count] as const),
    hours: [...sum.hours],
    kinds: messageKinds.map((kind, at) => [kind, sum.kinds[at] ?? 0] as const).filter(([, count]) => count > 0),
    people: people.slice(0, peopleLimit),
    peopleCount: people.length,
    conversations: conversations.slice(0, peopleLimit),
    conversationCount: conversations.length,
    unreadMessages,
  };
}

function topOf(counts: ReadonlyMap<string, number>): WordsView['words'] {
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return sorted.slice(0, wordLimit).map(([word, count]) => ({ word, count }));
}

/** The words and emoji written most. Rare ones are counted where they are among the most frequent of their segment. */
export async function countAllWords(
  counted: Counted,
  kept: Cache<SegmentId, SegmentWords>,
  { zone, year }: StatisticsQuery,
): Promise<WordsView> {
  const range = year === undefined ? null : yearDays(year);
  const words = new Map<string, number>();
  const emoji = new Map<string, number>();
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const read = reading(counted, kept, ['kinds', 'text'], range, (columns, days) =>
    countWords(columns, segmenter, days === null ? undefined : daysWithin(columns, zone, days)),
  );
  const take = (part: SegmentWords): void => {
    addWords(words, part.words);
    addWords(emoji, part.emoji);
  };
  const unreadMessages = await overSegments(counted, read, take, range);
  return { words: topOf(words), emoji: topOf(emoji), unreadMessages };
}
