// Search in one worker: SearchVerbs without the thread around it.

import { indexOverlays, conversationSubject } from '../model/overlay-index';
import type { Overlay } from '../model/overlay';
import type { SearchRequest, SearchSuggestion, SearchUpdate } from '../model/view';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import { createNames } from './names';
import type { Names, PinyinOf } from './names';
import { planQuery } from './plan';
import { parseQuery } from './query';
import { runSearch, shareOf } from './run';
import { createSegmentCache } from './segment-cache';
import { wantedTexts } from './snippet';
import { suggest } from './suggest';

export interface SearchAccess {
  /** The newest state; asked for at the start of every search, and held by the caller for as long as a search may run. */
  reader(): Promise<ArchiveReader>;
  /** The same array for as long as nothing changed: names are looked up again when it is another. */
  overlays(): Promise<readonly Overlay[]>;
  /** Loads what names need to be found by pinyin; called once, by the first query with Latin letters. */
  loadPinyin?: () => Promise<PinyinOf>;
}

export interface SearchEngineOptions {
  readonly access: SearchAccess;
  /** For decoded text; signatures (4 bytes a message) come on top. */
  readonly cacheBudgetBytes: number;
  /** Wall clock: for "today", and for how often updates go out. */
  readonly nowMs: () => number;
  /** Lets waiting events in, so that a newer search can end this one. */
  readonly yieldToEvents?: () => Promise<void>;
  /** False: every segment is scanned; the hits are the same. */
  readonly useSignatures?: boolean;
}

export interface SearchEngine {
  /**
   * Calls back with updates until one is `done`. A newer search ends this one silently. Throws CamphorError `query-invalid`
   * or `query-too-slow` for a regular expression, and what the reader threw for a segment, after all others were searched.
   */
  search(
    request: SearchRequest,
    share: { readonly index: number; readonly of: number },
    update: (update: SearchUpdate) => void,
  ): Promise<void>;
  suggest(text: string, cursor: number, language: string): Promise<readonly SearchSuggestion[]>;
  /** Drops all decrypted text and ends the search that runs. */
  forgetCaches(): void;
}

const nameLimit = 20;
const hitLimit = 10_000;

interface Known {
  readonly rootNumber: number;
  readonly overlays: readonly Overlay[];
  readonly pinyinOf: PinyinOf | null;
  readonly conversations: readonly ConversationEntry[];
  readonly names: Names;
}

export function createSearchEngine(options: SearchEngineOptions): SearchEngine {
  const { access, nowMs, yieldToEvents = nextEvent, useSignatures = true } = options;
  const cache = createSegmentCache(options.cacheBudgetBytes);
  let latest = 0;
  let known: Known | null = null;
  let pinyin: Promise<PinyinOf | null> | null = null;

  const pinyinFor = (text: string): Promise<PinyinOf | null> => {
    if (pinyin === null && access.loadPinyin !== undefined && /[a-z]/i.test(text)) {
      // Without its dictionary names are still found as they are written; the next query tries again.
      pinyin = access.loadPinyin().catch(() => {
        pinyin = null;
        return null;
      });
    }
    return pinyin ?? Promise.resolve(null);
  };
  const lookUp = async (reader: ArchiveReader, text: string): Promise<Known> => {
    const [overlays, pinyinOf] = await Promise.all([access.overlays(), pinyinFor(text)]);
    if (known?.rootNumber === reader.rootNumber && known.overlays === overlays && known.pinyinOf === pinyinOf) return known;
    const index = indexOverlays(overlays);
    const [all, people] = await Promise.all([reader.conversations(), reader.people()]);
    const conversations = all.filter(({ id }) => !index.has('removed', conversationSubject(id)));
    known = {
      rootNumber: reader.rootNumber,
      overlays,
      pinyinOf,
      conversations,
      names: createNames(conversations, people, index, pinyinOf),
    };
    return known;
  };

  const search: SearchEngine['search'] = async (request, share, update) => {
    const mine = ++latest;
    const isCurrent = (): boolean => mine === latest;
    const { node, plainWords } = parseQuery(request.query, { zone: request.zone, nowMs: nowMs() });
    const reader = await access.reader();
    const { conversations, names } = await lookUp(reader, request.query);
    if (!isCurrent()) return;
    const empty: SearchUpdate = { hits: [], count: 0, done: node === null, segmentsScanned: 0, segmentsTotal: 0, names: [] };
    if (node === null) return update(empty);
    const searched = request.conversation === null ? conversations : conversations.filter(({ id }) => id === request.conversation);
    const segments = shareOf(searched, request.order, share);
    // One share of a pool speaks for the names.
    if (plainWords !== null && share.index === 0 && request.conversation === null) {
      update({ ...empty, segmentsTotal: segments.length, names: names.matches(plainWords, nameLimit) });
    }
    const limited = { ...request, hitLimit: Math.max(0, Math.min(request.hitLimit, hitLimit)) };
    const plan = planQuery(node, names);
    const run = { reader, cache, names, plan, wanted: wantedTexts(node), segments, useSignatures, update, isCurrent, nowMs, yieldToEvents };
    await runSearch({ ...run, request: limited });
  };
  return {
    search,
    suggest: async (text, cursor, language) => suggest(text, cursor, language, (await lookUp(await access.reader(), text)).names, nowMs()),
    forgetCaches: () => {
      latest++;
      known = null;
      cache.clear();
    },
  };
}

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
