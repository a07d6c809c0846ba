// Every message that the owner keeps something on, over all conversations or in one: where it stands, and when it was sent.

import type { Cache, CacheBudget } from '../../model/cache-budget';
import type { MessageAddress } from '../../model/ids';
import type { KeptMessage, KeptView } from '../../model/keeping';
import { foldTag, type Mark, marksOf } from '../../model/marks';
import type { MessageView } from '../../model/view';
import type { ConversationEntry } from '../../vault/archive';
import { marksIn } from '../../vault/marks-in';
import { type PageContext, viewsAt } from '../pages';
import { firstPositions } from '../segments';

/** Messages of one answer. */
const keptStep = 200;

export interface KeptMessages {
  view(context: PageContext, entries: readonly ConversationEntry[]): Promise<KeptView>;
  /** In the order asked for; those that are not there (any more) are left out. */
  messages(context: PageContext, entries: readonly ConversationEntry[], wanted: readonly MessageAddress[]): Promise<readonly MessageView[]>;
}

export function createKeptMessages(caches: CacheBudget): KeptMessages {
  const cache = caches.cache<string, readonly KeptMessage[]>((list) => list.length * 200);
  return {
    view: async (context, entries) => {
      const lists: (readonly KeptMessage[])[] = [];
      for (const entry of entries) lists.push(await keptIn(context, entry, cache));
      const messages = lists.flat().sort((a, b) => b.sentAtMs - a.sentAtMs || b.position - a.position);
      return { messages, tags: countTags(messages) };
    },
    messages: async (context, entries, wanted) => {
      const asked = wanted.slice(0, keptStep);
      const found = new Map<string, MessageView>();
      for (const entry of entries) {
        const seqs = new Set(asked.flatMap(({ conversation, seq }) => (conversation === entry.id ? [seq] : [])));
        if (seqs.size === 0) continue;
        const kept = (await keptIn(context, entry, cache)).filter(({ seq }) => seqs.has(seq));
        const positions = Uint32Array.from(kept, ({ position }) => position).sort();
        for (const view of await viewsAt(context, entry, positions)) found.set(`${entry.id} ${view.seq}`, view);
      }
      return asked.flatMap(({ conversation, seq }) => found.get(`${conversation} ${seq}`) ?? []);
    },
  };
}

async function keptIn(
  context: PageContext,
  entry: ConversationEntry,
  cache: Cache<string, readonly KeptMessage[]>,
): Promise<readonly KeptMessage[]> {
  const marks = await marksIn(context.reader, entry, marksOf(context.given));
  if (marks.size === 0) return [];
  const stamp = [...marks].map(([seq, mark]) => [seq, mark.bookmarked, mark.note, mark.tags]);
  return cache.get(`${context.reader.contentNumber} ${entry.id} ${JSON.stringify(stamp)}`, () => locate(context, entry, marks));
}

/** Segments are looked through from where their numbers are likeliest, until every mark has been found. */
async function locate({ reader, open }: PageContext, entry: ConversationEntry, marks: ReadonlyMap<number, Mark>): Promise<KeptMessage[]> {
  const first = firstPositions(entry.segments);
  const missing = new Set(marks.keys());
  const kept: KeptMessage[] = [];
  const wanted = [...missing];
  const distance = (place: number): number => {
    const [from, to] = [first[place] ?? 0, first[place + 1] ?? 0];
    return wanted.reduce((least, seq) => Math.min(least, seq < from ? from - seq : seq >= to ? seq - to + 1 : 0), Infinity);
  };
  const order = entry.segments.map((segment, place) => ({ segment, place, far: distance(place) })).sort((a, b) => a.far - b.far);
  for (const { segment, place } of order) {
    if (missing.size === 0) break;
    const { seq: numbers, sentAtMs } = await open.times(reader, segment.id);
    for (const [index, seq] of numbers.entries()) {
      const mark = missing.delete(seq) ? marks.get(seq) : undefined;
      if (mark !== undefined)
        kept.push({ conversation: entry.id, seq, position: (first[place] ?? 0) + index, sentAtMs: sentAtMs[index] ?? 0, ...mark });
    }
  }
  return kept;
}

function countTags(messages: readonly KeptMessage[]): KeptView['tags'] {
  const counts = new Map<string, [string, number]>();
  for (const name of messages.flatMap(({ tags }) => tags)) {
    const count = counts.get(foldTag(name));
    if (count === undefined) counts.set(foldTag(name), [name, 1]);
    else count[1] += 1;
  }
  return [...counts.values()].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}
