// The search under way and its hits. It outlives the pane, so that hits can be stepped through while reading.

import { type Accessor, batch, createSignal } from 'solid-js';
import type { SearchRun, Session } from '../../session/session';
import type { ConversationId } from '../../model/ids';
import type { CamphorError } from '../../model/error';
import type { LooseSearch, SearchHit, SearchRequest, SearchUpdate } from '../../model/view';
import { createLatest } from '../latest';
import { type Toasts, errorOf } from '../primitives/toast-state';
import type { Router } from '../router';

/** How what was found is listed. */
export type SearchView = 'messages' | 'conversations' | 'months';

export interface SearchState {
  readonly query: Accessor<string>;
  readonly scope: Accessor<ConversationId | null>;
  readonly order: Accessor<'newest' | 'oldest'>;
  readonly loose: Accessor<LooseSearch>;
  readonly hits: Accessor<readonly SearchHit[]>;
  readonly names: Accessor<SearchUpdate['names']>;
  readonly count: Accessor<number>;
  readonly months: Accessor<SearchUpdate['months']>;
  readonly conversations: Accessor<SearchUpdate['conversations']>;
  readonly view: Accessor<SearchView>;
  readonly running: Accessor<boolean>;
  readonly done: Accessor<boolean>;
  /** Why the query cannot be looked for as it is written, or null. */
  readonly refused: Accessor<Pick<CamphorError, 'code' | 'facts'> | null>;
  /** Index of the hit that is open, or -1. */
  readonly at: Accessor<number>;
  setQuery(query: string): void;
  setScope(scope: ConversationId | null): void;
  setOrder(order: 'newest' | 'oldest'): void;
  setLoose(loose: LooseSearch): void;
  setView(view: SearchView): void;
  /** Sends back more hits of the same search. */
  more(): void;
  /** Opens a hit where it was said. */
  open(index: number): void;
  /** Opens the next (1) or the former (-1) hit; stays at the ends. */
  step(by: 1 | -1): void;
  /** Ends the stepping; the hits stay. */
  leave(): void;
  /** Searches again, after the vault changed. */
  again(): void;
  clear(): void;
}

export const hitPage = 100;
/** Typing is waited out this long before a search starts. */
const restMs = 80;

interface Needs {
  readonly session: Session;
  readonly toasts: Toasts;
  readonly go: Router['go'];
}

const nothing: Pick<SearchUpdate, 'hits' | 'names' | 'count' | 'months' | 'conversations'> = {
  hits: [],
  names: [],
  count: 0,
  months: new Map(),
  conversations: new Map(),
};

/** What a search has found so far. */
function createFindings() {
  const [hits, setHits] = createSignal<readonly SearchHit[]>([]);
  const [found, setFound] = createSignal<typeof nothing>(nothing);
  const [running, setRunning] = createSignal(false);
  const [done, setDone] = createSignal(false);
  const [refused, setRefused] = createSignal<ReturnType<SearchState['refused']>>(null);
  const [at, setAt] = createSignal(-1);
  return {
    hits,
    names: () => found().names,
    count: () => found().count,
    months: () => found().months,
    conversations: () => found().conversations,
    running,
    done,
    refused,
    at,
    setAt,
    setRunning,
    setDone,
    setRefused,
    /** Hits of the first update replace those of the search before, so that the list does not blink. */
    take(update: SearchUpdate, isFirst: boolean): void {
      batch(() => {
        setHits((had) => (isFirst ? update.hits : [...had, ...update.hits]));
        setFound(update);
        setDone(update.done);
        setRunning(!update.done);
      });
    },
    reset(): void {
      batch(() => {
        setHits([]);
        setFound(nothing);
        setRunning(false);
        setDone(false);
        setRefused(null);
        setAt(-1);
      });
    },
  };
}

/** One search at a time: a newer one, also for nothing, ends the older in its workers, and late answers are dropped. */
function createRunner(needs: Needs, findings: ReturnType<typeof createFindings>) {
  const takeTurn = createLatest();
  let run: SearchRun | null = null;
  const stop = (): void => {
    takeTurn();
    run?.cancel();
    run = null;
  };
  const begin = (request: SearchRequest): void => {
    stop();
    const turn = takeTurn();
    let isFirst = true;
    findings.setRunning(true);
    run = needs.session.search(request, (update) => {
      if (!turn.isLatest()) return;
      findings.take(update, isFirst);
      isFirst = false;
    });
    run.finished.catch((cause: unknown) => {
      if (!turn.isLatest()) return;
      const error = errorOf(cause);
      const isRefused = error.code.startsWith('query');
      // What was found before a segment could not be read stays.
      if (isFirst || isRefused) findings.reset();
      findings.setRunning(false);
      if (isRefused) findings.setRefused(error);
      else needs.toasts.fail(cause);
    });
  };
  return { begin, stop };
}

/** Opens hits, one after the other; while stepping the address is replaced, so that back leaves the search and not a hit. */
function createSteps(needs: Needs, findings: ReturnType<typeof createFindings>): Pick<SearchState, 'open' | 'step' | 'leave'> {
  const open = (index: number): void => {
    const hit = findings.hits()[index];
    if (hit === undefined) return;
    const stepping = findings.at() >= 0;
    findings.setAt(index);
    needs.go({ screen: 'conversation', id: hit.conversation, seq: hit.seq }, stepping);
  };
  return {
    open,
    step: (by) => open(Math.min(findings.hits().length - 1, Math.max(0, findings.at() + by))),
    leave: () => void findings.setAt(-1),
  };
}

export function createSearchState(needs: Needs): SearchState {
  const [query, setQuery] = createSignal('');
  const [scope, setScope] = createSignal<ConversationId | null>(null);
  const [order, setOrder] = createSignal<'newest' | 'oldest'>('newest');
  const [view, setView] = createSignal<SearchView>('messages');
  const [loose, setLoose] = createSignal<LooseSearch>({ spelling: false, pinyin: false });
  const findings = createFindings();
  const runner = createRunner(needs, findings);
  let hitLimit = hitPage;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const begin = (): void =>
    runner.begin({
      query: query().trim(),
      conversation: scope(),
      order: order(),
      hitLimit,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      loose: loose(),
    });
  const restart = (): void => {
    hitLimit = hitPage;
    findings.setAt(-1);
    findings.setDone(false);
    findings.setRefused(null);
    runner.stop();
    clearTimeout(rest);
    rest = setTimeout(begin, restMs);
  };
  return {
    query,
    scope,
    order,
    loose,
    view,
    setView,
    ...findings,
    ...createSteps(needs, findings),
    setQuery: (next) => (setQuery(next), restart()),
    setScope: (next) => (setScope(next), restart()),
    setOrder: (next) => (setOrder(next), restart()),
    setLoose: (next) => (setLoose(next), restart()),
    again: restart,
    more() {
      hitLimit += hitPage * 4;
      begin();
    },
    clear() {
      clearTimeout(rest);
      runner.stop();
      findings.reset();
      setQuery('');
      setScope(null);
      setView('messages');
    },
  };
}
