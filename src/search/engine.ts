// Search in one worker: SearchVerbs without the thread around it.

import type { CacheBudget } from '../model/cache-budget';
import type { SearchShare } from '../model/verbs';
import type { SearchRequest, SearchSuggestion, SearchUpdate } from '../model/view';
import type { ConversationEntry } from '../vault/archive';
import { createSearchCatalogue } from './catalogue';
import type { SearchAccess, SearchCatalogue } from './catalogue';
import { planQuery } from './plan';
import { parseQuery } from './query';
import type { ParsedQuery } from './query';
import { shareOf } from './parts';
import { createPreparation } from './prepare';
import { createRecentTime } from './recent';
import { runSearch } from './run';
import { createSegmentCache } from './segment-cache';
import { wantedTexts } from './snippet';
import { suggest } from './suggest';

export interface SearchEngineOptions {
  readonly access: SearchAccess;
  /** For decoded text and signatures (4 bytes a message). */
  readonly caches: CacheBudget;
  /** Wall clock: for "today", and for how often updates go out. */
  readonly nowMs: () => number;
  /** Lets waiting events in, so that a newer search can end this one. */
  readonly yieldToEvents?: () => Promise<void>;
  /** False: every segment is scanned; the hits are the same. */
  readonly useSignatures?: boolean;
}

export interface SearchEngine {
  /** Reads what searches in this zone look at first, until one begins. Throws what the reader throws for the catalogue. */
  prepare(share: SearchShare, zone: string): Promise<void>;
  /**
   * Calls back with updates until one is `done`. A newer search ends this one silently. Throws CamphorError `query-invalid`
   * or `query-too-slow` for a regular expression, and what the reader threw for a segment, after all others were searched.
   */
  search(request: SearchRequest, share: SearchShare, update: (update: SearchUpdate) => void): Promise<void>;
  suggest(text: string, cursor: number, language: string): Promise<readonly SearchSuggestion[]>;
  /** Drops all decrypted text and ends the search that runs. */
  forgetCaches(): void;
}

const nameLimit = 20;
const hitLimit = 10_000;
const nothingFound: Omit<SearchUpdate, 'done'> = {
  hits: [],
  count: 0,
  months: new Map(),
  conversations: new Map(),
  segmentsScanned: 0,
  segmentsTotal: 0,
  names: [],
};

export function createSearchEngine(options: SearchEngineOptions): SearchEngine {
  const { access, nowMs, yieldToEvents = nextEvent, useSignatures = true } = options;
  const cache = createSegmentCache(options.caches);
  const catalogue = createSearchCatalogue(access);
  const recentTime = createRecentTime(options.caches.limitBytes);
  let latest = 0;
  const currentSince = (mine: number) => (): boolean => mine === latest;
  const prepare = createPreparation({ access, cache, catalogue, recentTime });

  const search: SearchEngine['search'] = async (request, share, update) => {
    const isCurrent = currentSince(++latest);
    const { node, plainWords } = await readQuery(options, request);
    const reader = await access.reader();
    const looked = await catalogue.look(reader, request.query);
    if (!isCurrent()) return;
    if (node === null) return update({ ...nothingFound, done: true });
    options.caches.beginPass();
    const segments = shareOf(searchedIn(looked, request), request.order, share);
    // One share of a pool speaks for the names.
    if (plainWords !== null && share.index === 0 && request.conversation === null) {
      update({ ...nothingFound, done: false, segmentsTotal: segments.length, names: looked.names.matches(plainWords, nameLimit) });
    }
    const { names, marked } = looked;
    const what = { plan: planQuery(node, names, marked), wanted: wantedTexts(node), segments, request: limited(request) };
    const kept = { cache, names, marked, recentFromMs: recentTime(looked.conversations, share.of) };
    await runSearch({ reader, ...kept, ...what, useSignatures, update, isCurrent, nowMs, yieldToEvents });
  };
  return {
    prepare: (share, zone) => prepare(share, zone, currentSince(latest)),
    search,
    suggest: async (text, cursor, language) => {
      const { names, marked } = await catalogue.look(await access.reader(), text);
      return suggest(text, cursor, language, names, nowMs(), marked?.tags);
    },
    forgetCaches: () => {
      latest++;
      catalogue.clear();
      cache.clear();
    },
  };
}

async function readQuery({ access, nowMs }: SearchEngineOptions, { query, zone, loose }: SearchRequest): Promise<ParsedQuery> {
  const looseWords = loose && (loose.spelling || loose.pinyin) ? await access.loadLooseWords?.(loose) : undefined;
  return parseQuery(query, { zone, nowMs: nowMs(), looseWords });
}

const searchedIn = ({ conversations }: SearchCatalogue, { conversation }: SearchRequest): readonly ConversationEntry[] =>
  conversation === null ? conversations : conversations.filter(({ id }) => id === conversation);

const limited = (request: SearchRequest): SearchRequest => ({ ...request, hitLimit: Math.max(0, Math.min(request.hitLimit, hitLimit)) });

/** A message to oneself comes after those that wait already, and is not delayed as timers are. */
function nextEvent(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
