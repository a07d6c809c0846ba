// The search under way and its hits. It outlives the pane, so that hits can be stepped through while reading.

import { type Accessor, batch, createSignal } from 'solid-js';
import type { SearchRun, Session } from '../../session/session';
import type { ConversationId } from '../../model/ids';
import type { SearchHit, SearchUpdate } from '../../model/view';
import { createLatest } from '../latest';
import type { Toasts } from '../primitives/toast-state';
import type { Router } from '../router';
import type { Language } from '../strings/text';

export interface SearchState {
  readonly query: Accessor<string>;
  readonly scope: Accessor<ConversationId | null>;
  readonly order: Accessor<'newest' | 'oldest'>;
  readonly hits: Accessor<readonly SearchHit[]>;
  readonly names: Accessor<SearchUpdate['names']>;
  readonly count: Accessor<number>;
  readonly running: Accessor<boolean>;
  readonly done: Accessor<boolean>;
  /** Index of the hit that is open, or -1. */
  readonly at: Accessor<number>;
  setQuery(query: string): void;
  setScope(scope: ConversationId | null): void;
  setOrder(order: 'newest' | 'oldest'): void;
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

export function createSearchState(needs: {
  readonly session: Session;
  readonly toasts: Toasts;
  readonly go: Router['go'];
  readonly language: Accessor<Language>;
}): SearchState {
  const { session, toasts, go } = needs;
  const [query, setQuery] = createSignal('');
  const [scope, setScope] = createSignal<ConversationId | null>(null);
  const [order, setOrder] = createSignal<'newest' | 'oldest'>('newest');
  const [hits, setHits] = createSignal<readonly SearchHit[]>([]);
  const [names, setNames] = createSignal<SearchUpdate['names']>([]);
  const [count, setCount] = createSignal(0);
  const [running, setRunning] = createSignal(false);
  const [done, setDone] = createSignal(false);
  const [at, setAt] = createSignal(-1);
  let limit = hitPage;
  let run: SearchRun | null = null;
  const takeTurn = createLatest();
  let rest: ReturnType<typeof setTimeout> | undefined;

  const stop = (): void => {
    clearTimeout(rest);
    takeTurn();
    run?.cancel();
    run = null;
  };
  const reset = (): void => {
    stop();
    batch(() => {
      setHits([]);
      setNames([]);
      setCount(0);
      setRunning(false);
      setDone(false);
      setAt(-1);
    });
  };
  const begin = (): void => {
    const wanted = query().trim();
    stop();
    if (wanted === '') return reset();
    const turn = takeTurn();
    let first = true;
    setRunning(true);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    run = session.search({ query: wanted, conversation: scope(), order: order(), hitLimit: limit, zone }, (update) => {
      if (!turn.isLatest()) return;
      batch(() => {
        setHits((had) => (first ? update.hits : [...had, ...update.hits]));
        first = false;
        setCount(update.count);
        setNames(update.names);
        setDone(update.done);
        if (update.done) setRunning(false);
      });
    });
    run.finished.catch((cause: unknown) => {
      if (!turn.isLatest()) return;
      reset();
      toasts.fail(cause);
    });
  };
  const restart = (): void => {
    limit = hitPage;
    setAt(-1);
    setDone(false);
    stop();
    rest = setTimeout(begin, restMs);
  };
  const open = (index: number): void => {
    const hit = hits()[index];
    if (hit === undefined) return;
    const stepping = at() >= 0;
    setAt(index);
    go({ screen: 'conversation', id: hit.conversation, seq: hit.seq }, stepping);
  };
  return {
    query,
    scope,
    order,
    hits,
    names,
    count,
    running,
    done,
    at,
    open,
    setQuery: (next) => (setQuery(next), restart()),
    setScope: (next) => (setScope(next), restart()),
    setOrder: (next) => (setOrder(next), restart()),
    again: restart,
    leave: () => void setAt(-1),
    more() {
      limit += hitPage * 4;
      begin();
    },
    step: (by) => open(Math.min(hits().length - 1, Math.max(0, at() + by))),
    clear() {
      reset();
      setQuery('');
      setScope(null);
    },
  };
}
