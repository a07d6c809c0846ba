// The verbs of statistics: what was counted is kept by segment, and a newer question ends an older one.

import type { Cache, CacheBudget } from '../../model/cache-budget';
import { CamphorError } from '../../model/error';
import type { ConversationId, SegmentId } from '../../model/ids';
import { conversationSubject } from '../../model/overlay-index';
import type { ReportShare, StatisticsQuery, StatisticsView, WordsView } from '../../model/statistics';
import type { ConversationEntry } from '../../vault/archive';
import type { SegmentCounts } from './segment-counts';
import type { SegmentWords } from './segment-words';
import { countAllWords, type Counted, countStatistics } from './statistics';

/** Counts of 24 hours a weekday, and of kinds; then by day and by sender. */
const countsBytes = ({ days, senders }: SegmentCounts): number => 900 + days.size * 40 + senders.size * 300;
/** Two bytes a letter, and two a count of four. */
const wordsBytes = ({ words, emoji }: SegmentWords): number =>
  2 * (words.joined.length + emoji.joined.length + 2 * (words.counts.length + emoji.counts.length)) + 300;

export type Countable = Omit<Counted, 'checkWanted' | 'report' | 'entries'> & {
  readonly entries: () => Promise<readonly ConversationEntry[]>;
};

export interface StatisticsCounter {
  /** Throws `cancelled` where a newer question came. */
  statistics(look: Countable, query: StatisticsQuery, report: ReportShare): Promise<StatisticsView>;
  words(look: Countable, query: StatisticsQuery, report: ReportShare): Promise<WordsView>;
}

/** Reports are told at most this often. */
const reportEveryMs = 100;

function sometimes(report: ReportShare): ReportShare {
  let lastAtMs = -Infinity;
  return (done, total) => {
    const nowMs = performance.now();
    if (nowMs - lastAtMs < reportEveryMs && done < total) return;
    lastAtMs = nowMs;
    report(done, total);
  };
}

async function wantedEntries({ entries, overlays }: Countable, ids: readonly ConversationId[] | null): Promise<ConversationEntry[]> {
  const wanted = ids === null ? null : new Set(ids);
  return (await entries()).filter(({ id }) => {
    const subject = conversationSubject(id);
    if (overlays.has('removed', subject)) return false;
    return wanted === null ? !overlays.has('hidden', subject) : wanted.has(id);
  });
}

export function createStatisticsCounter(caches: CacheBudget): StatisticsCounter {
  let counts: { readonly zone: string; readonly kept: Cache<SegmentId, SegmentCounts> } | null = null;
  const words = caches.cache<SegmentId, SegmentWords>(wordsBytes);
  const turns = { counts: 0, words: 0 };
  const prepare = async (what: keyof typeof turns, look: Countable, query: StatisticsQuery, report: ReportShare): Promise<Counted> => {
    const mine = (turns[what] += 1);
    // More segments than fit, in the same order each time.
    caches.beginPass();
    const checkWanted = (): void => {
      if (turns[what] !== mine) throw new CamphorError('cancelled');
    };
    return { ...look, entries: await wantedEntries(look, query.conversations), checkWanted, report: sometimes(report) };
  };
  return {
    statistics: async (look, query, report) => {
      const counted = await prepare('counts', look, query, report);
      if (counts?.zone !== query.zone) {
        counts?.kept.clear();
        counts = { zone: query.zone, kept: caches.cache(countsBytes) };
      }
      return countStatistics(counted, counts.kept, query);
    },
    words: async (look, query, report) => countAllWords(await prepare('words', look, query, report), words, query),
  };
}
