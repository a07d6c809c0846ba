// This calendar day in earlier years, and one message by chance. Years and conversations are chosen by what the catalogue says of
// segments, and few of these are opened, however many there are: over ten million messages no more than over ten thousand.

import { CamphorError } from '../../model/error';
import type { MemoryYear } from '../../model/keeping';
import { wallClockToInstant, zoneOffsetMin } from '../../model/time';
import type { MessageView } from '../../model/view';
import type { ConversationEntry } from '../../vault/archive';
import { type PageContext, viewsAt } from '../pages';
import { positionOfTime } from '../segments';

const yearsLimit = 30;
/** Conversations that are looked into for one year: those that say most in the time around it. */
const lookedInto = 6;
const conversationsShown = 3;
const messagesShown = 3;
/** So far from the first message of a day one that says something is looked for. */
const reach = 12;
const tries = 12;
const leastLength = 12;
const dayMs = 86_400_000;

interface Day {
  readonly year: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The day of `nowMs` in earlier years, the latest first; a leap day in leap years only. */
export function earlierDays(zone: string, nowMs: number, firstAtMs: number): readonly Day[] {
  const wall = (atMs: number): Date => new Date(atMs + zoneOffsetMin(zone, atMs) * 60_000);
  const today = wall(nowMs);
  const firstYear = Math.max(wall(firstAtMs).getUTCFullYear(), today.getUTCFullYear() - 100);
  const days: Day[] = [];
  for (let year = today.getUTCFullYear() - 1; year >= firstYear; year--) {
    const start = new Date(0).setUTCFullYear(year, today.getUTCMonth(), today.getUTCDate());
    if (new Date(start).getUTCMonth() !== today.getUTCMonth()) continue;
    days.push({ year, fromMs: wallClockToInstant(zone, start), toMs: wallClockToInstant(zone, start + dayMs) });
  }
  return days;
}

/** Years with messages on this day, the latest first. `name` is how a conversation is shown. */
export async function onThisDay(
  context: PageContext,
  entries: readonly ConversationEntry[],
  name: (entry: ConversationEntry) => string,
  zone: string,
  nowMs: number, // prettier-ignore
): Promise<readonly MemoryYear[]> {
  const firstAtMs = entries.reduce((least, entry) => Math.min(least, entry.firstAtMs ?? Infinity), Infinity);
  if (firstAtMs === Infinity) return [];
  const years: MemoryYear[] = [];
  for (const day of earlierDays(zone, nowMs, firstAtMs)) {
    const likely = entries
      .map((entry) => ({ entry, expected: expectedIn(entry, day) }))
      .filter(({ expected }) => expected > 0)
      .sort((a, b) => b.expected - a.expected)
      .slice(0, lookedInto);
    const conversations: MemoryYear['conversations'][number][] = [];
    for (const { entry } of likely) {
      const { messageCount, messages } = (await unlessHarmed(ofDay(context, entry, day))) ?? nothing;
      if (messages.length > 0) conversations.push({ id: entry.id, name: name(entry), messageCount, messages });
      if (conversations.length === conversationsShown) break;
    }
    if (conversations.length > 0) years.push({ year: day.year, conversations });
    if (years.length === yearsLimit) break;
  }
  return years;
}

const nothing = { messageCount: 0, messages: [] };

/** A segment that cannot be read is no reason to show no memory. */
async function unlessHarmed<Value>(read: Promise<Value>): Promise<Value | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof CamphorError && (error.code === 'damaged' || error.code === 'tampered')) return null;
    throw error;
  }
}

/** Messages that a day would have if those of each segment were spread evenly over it; 0 where the segments tell that there are none. */
function expectedIn({ segments }: ConversationEntry, { fromMs, toMs }: Day): number {
  let expected = 0;
  for (const { firstAtMs, lastAtMs, messageCount } of segments) {
    if (lastAtMs < fromMs || firstAtMs >= toMs) continue;
    expected += messageCount / Math.max(1, (lastAtMs - firstAtMs) / dayMs);
  }
  return expected;
}

async function ofDay(
  context: PageContext,
  entry: ConversationEntry,
  { fromMs, toMs }: Day,
): Promise<{ readonly messageCount: number; readonly messages: readonly MessageView[] }> {
  const { reader, open } = context;
  const from = await positionOfTime(reader, open, entry, fromMs);
  const to = await positionOfTime(reader, open, entry, toMs);
  const messages = to > from ? await viewsOf(context, entry, from, Math.min(to, from + reach)) : [];
  return { messageCount: to - from, messages: messages.filter(saysSomething).slice(0, messagesShown) };
}

function viewsOf(context: PageContext, entry: ConversationEntry, from: number, to: number): Promise<readonly MessageView[]> {
  return viewsAt(
    context,
    entry,
    Uint32Array.from({ length: to - from }, (_, index) => from + index),
  );
}

const saysSomething = ({ kind, text, facts, attachments }: MessageView): boolean =>
  kind !== 'system' && facts?.deleted === undefined && (text !== '' || attachments.some(({ sha256 }) => sha256 !== null));

/** A message of some words by chance and what follows it; null where nothing of the kind was found. `random` is in [0, 1). */
export async function randomMemory(
  context: PageContext,
  entries: readonly ConversationEntry[],
  random: number,
): Promise<readonly MessageView[] | null> {
  const total = entries.reduce((sum, { messageCount }) => sum + messageCount, 0);
  let share = random;
  for (let attempt = 0; attempt < tries && total > 0; attempt++) {
    let at = Math.min(total - 1, Math.floor(share * total));
    const entry = entries.find(({ messageCount }) => (at -= messageCount) < 0);
    if (entry === undefined) return null;
    const position = at + entry.messageCount;
    const views =
      (await unlessHarmed(viewsOf(context, entry, position, Math.min(entry.messageCount, position + reach + messagesShown)))) ?? [];
    const found = views.slice(0, reach).findIndex((view) => saysSomething(view) && [...view.text].length >= leastLength);
    if (found >= 0) return views.slice(found).filter(saysSomething).slice(0, messagesShown);
    // The golden ratio leads far from where nothing was.
    share = (share + 0.618_033_988_75) % 1;
  }
  return null;
}
