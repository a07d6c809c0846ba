// What has to be known of a conversation before anything of it is written: which months its segments hold, its first message,
// and the first message of everyone known by name only. Of segments that were looked at before, the cache knows it.

import type { PersonId, SegmentId } from '../model/ids';
import type { ArchiveReader, ConversationEntry, SegmentColumns } from '../vault/archive';
import type { BackupCache } from './backup-cache';
import { type FirstKey, firstKeyOf } from './portable-id';
import { monthOf, monthRange } from './utc-dates';

export interface PersonFirst {
  readonly person: PersonId;
  /** Number of the segment. */
  readonly segment: number;
  readonly key: FirstKey;
}

export interface ConversationSurvey {
  readonly segments: readonly { readonly id: SegmentId; readonly months: readonly string[] }[];
  readonly first: FirstKey | null;
  /** In the order in which they appear. */
  readonly people: readonly PersonFirst[];
}

export interface SurveyTools {
  readonly reader: ArchiveReader;
  readonly cache: BackupCache;
  /** People without an id of the source. */
  isNameOnly(person: PersonId): boolean;
  /** After each segment that was opened. */
  onStep(): Promise<void>;
}

const cacheKey = ({ id }: ConversationEntry): string => `conversation/${id}`;

export async function surveyConversation(entry: ConversationEntry, tools: SurveyTools): Promise<ConversationSurvey> {
  const kept = tools.cache.get(cacheKey(entry)) as ConversationSurvey | null;
  const known = kept ?? { segments: [], first: null, people: [] };
  if (kept !== null && commonLength(entry, known) === entry.segments.length && known.segments.length === entry.segments.length)
    return known;
  const survey = await surveyAnew(entry, known, tools);
  await tools.cache.set(cacheKey(entry), survey);
  return survey;
}

/** How many segments at the beginning are still the same. */
function commonLength({ segments }: ConversationEntry, known: ConversationSurvey): number {
  const differing = segments.findIndex(({ id }, index) => known.segments[index]?.id !== id);
  return differing < 0 ? segments.length : differing;
}

async function surveyAnew(entry: ConversationEntry, known: ConversationSurvey, tools: SurveyTools): Promise<ConversationSurvey> {
  const common = commonLength(entry, known);
  const knownMonths = new Map(known.segments.map(({ id, months }) => [id, months]));
  const people = known.people.filter(({ segment }) => segment < common);
  const seen = new Set(people.map(({ person }) => person));
  const segments: ConversationSurvey['segments'][number][] = [];
  let first = common > 0 ? known.first : null;
  for (const [index, { id }] of entry.segments.entries()) {
    const months = knownMonths.get(id);
    if (months !== undefined && index < common) {
      segments.push({ id, months });
      continue;
    }
    const columns = await tools.reader.readColumns(id, ['times', 'people']);
    segments.push({ id, months: months ?? monthsOf(columns) });
    const newcomers = findNewcomers(columns, (person) => tools.isNameOnly(person) && !seen.has(person));
    const wanted = index === 0 ? new Map([[0, null], ...newcomers]) : newcomers;
    const keys = await readKeys(tools.reader, id, columns, [...wanted.keys()]);
    if (index === 0) first = keys.get(0) ?? null;
    for (const [at, person] of newcomers) {
      seen.add(person);
      people.push({ person, segment: index, key: keys.get(at) as FirstKey });
    }
    await tools.onStep();
  }
  return { segments, first, people };
}

function monthsOf({ times }: SegmentColumns): string[] {
  const months: string[] = [];
  let [fromMs, toMs] = [Infinity, -Infinity];
  for (const atMs of times?.sentAtMs ?? []) {
    if (atMs >= fromMs && atMs < toMs) continue;
    const month = monthOf(atMs);
    months.push(month);
    [fromMs, toMs] = monthRange(month);
  }
  return months;
}

/** The first message of each, by its number in the segment, in order. */
function findNewcomers({ people }: SegmentColumns, isWanted: (person: PersonId) => boolean): Map<number, PersonId> {
  const wanted = new Map((people?.ids ?? []).flatMap((person, number) => (isWanted(person) ? [[number, person] as const] : [])));
  const found = new Map<number, PersonId>();
  for (const [at, number] of (people?.index ?? new Int32Array()).entries()) {
    const person = wanted.get(number);
    if (person === undefined) continue;
    found.set(at, person);
    wanted.delete(number);
    if (wanted.size === 0) break;
  }
  return found;
}

async function readKeys(
  reader: ArchiveReader,
  segment: SegmentId,
  { times, people }: SegmentColumns,
  wanted: readonly number[],
): Promise<Map<number, FirstKey>> {
  const keys = new Map<number, FirstKey>();
  if (wanted.length === 0) return keys;
  const { text } = await reader.readColumns(segment, ['text']);
  for (const at of wanted) {
    const sentAtMs = times?.sentAtMs[at];
    if (sentAtMs === undefined) continue;
    const sender = (people?.index[at] ?? -1) < 0 ? null : 'someone';
    const letters = text?.joined.slice(text.ends[at - 1] ?? 0, text.ends[at]) ?? '';
    keys.set(at, firstKeyOf({ sentAtMs, sender, text: letters }));
  }
  return keys;
}
