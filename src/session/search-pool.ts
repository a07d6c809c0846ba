// The search workers: started together, each given its share of every search, their updates merged.

import { proxy } from 'comlink';
import { CamphorError } from '../model/error';
import type { SearchVerbs } from '../model/verbs';
import type { SearchRequest, SearchSuggestion, SearchUpdate } from '../model/view';
import type { ConfinedWorker } from './worker-calls';
import type { SearchRun } from './session';

export interface SearchPool {
  /** Starts the workers where they are not running, and lets them read what the first search needs. */
  prepare(zone: string): Promise<void>;
  search(request: SearchRequest, onUpdate: (update: SearchUpdate) => void): SearchRun;
  suggest(text: string, cursor: number, language: string): Promise<readonly SearchSuggestion[]>;
  end(reason: CamphorError): void;
}

/** `startWorker` gives a worker that has the key. */
export function createSearchPool(size: number, startWorker: (number: number) => Promise<ConfinedWorker<SearchVerbs>>): SearchPool {
  let starting: Promise<readonly ConfinedWorker<SearchVerbs>[]> | null = null;
  /** Resolves the search under way; a newer one, a cancel and the end call it. */
  let stop: () => void = () => {};
  const workers = (): Promise<readonly ConfinedWorker<SearchVerbs>[]> => {
    const started = (starting ??= Promise.all(Array.from({ length: size }, (_, number) => startWorker(number))));
    started.catch(() => {
      if (starting === started) starting = null;
    });
    return started;
  };
  const run = async (isCurrent: () => boolean, request: SearchRequest, onUpdate: (update: SearchUpdate) => void): Promise<void> => {
    // Nothing is searched before the list has painted: what merges comes later.
    const [pool, { mergeHits }] = await Promise.all([workers(), import('./merge-hits')]);
    if (!isCurrent()) return;
    const merger = mergeHits(request, pool.length);
    // The last update may come after the call's own answer, since each callback has a port of its own.
    const runShare = (worker: ConfinedWorker<SearchVerbs>, index: number): Promise<void> =>
      new Promise((resolve, reject) => {
        const take = (update: SearchUpdate): void => {
          if (!isCurrent()) return;
          onUpdate(merger.add(index, update));
          if (update.done) resolve();
        };
        worker
          .call((verbs) => verbs.search(request, { index, of: pool.length }, proxy(take)))
          .catch((cause: unknown) => {
            reject(cause);
            if (isCurrent()) onUpdate(merger.drop(index));
          });
      });
    // A share that fails (a damaged segment, say) fails the search after the others have brought what they have.
    const ends = await Promise.allSettled(pool.map(runShare));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  };
  return {
    prepare: async (zone) => {
      const pool = await workers();
      // What cannot be read is told by the search.
      await Promise.allSettled(pool.map((worker, index) => worker.call((verbs) => verbs.prepare({ index, of: pool.length }, zone))));
    },
    search: (request, onUpdate) => {
      stop();
      let current = true;
      let cancel: () => void = () => {};
      const stopped = new Promise<void>((resolve) => {
        cancel = () => {
          current = false;
          resolve();
        };
      });
      stop = cancel;
      return { finished: Promise.race([run(() => current, request, onUpdate), stopped]), cancel };
    },
    suggest: async (text, cursor, language) => {
      const [first] = await workers();
      if (first === undefined) throw new CamphorError('unexpected', { worker: 'search' });
      return first.call((verbs) => verbs.suggest(text, cursor, language));
    },
    end: (reason) => {
      stop();
      starting?.then(
        (pool) => pool.forEach((worker) => worker.end(reason)),
        () => {},
      );
      starting = null;
    },
  };
}
