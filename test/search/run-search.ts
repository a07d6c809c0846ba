// Runs a search to its end and gathers its updates.

import { createCacheBudget } from '../../src/model/cache-budget';
import { createSearchEngine } from '../../src/search/engine';
import type { SearchEngine, SearchEngineOptions } from '../../src/search/engine';
import type { SearchHit, SearchRequest, SearchUpdate } from '../../src/model/view';
import type { ArchiveReader } from '../../src/vault/archive';

export interface Outcome {
  readonly updates: readonly SearchUpdate[];
  readonly hits: readonly SearchHit[];
  readonly count: number;
  readonly done: boolean;
}

const noOverlays: [] = [];

/** The clock stands still unless it is given, so that nothing depends on how fast the machine is. */
export function engineOver(
  reader: ArchiveReader,
  options: Partial<SearchEngineOptions> & Partial<SearchEngineOptions['access']> = {},
): SearchEngine {
  const { overlays = async () => noOverlays, loadPinyin, loadLooseWords, ...rest } = options;
  const access = {
    reader: async () => reader,
    overlays,
    ...(loadPinyin ? { loadPinyin } : {}),
    ...(loadLooseWords ? { loadLooseWords } : {}),
  };
  return createSearchEngine({ access, caches: createCacheBudget(10_000_000), nowMs: () => Date.UTC(2024, 4, 10), ...rest });
}

export async function runSearch(
  engine: SearchEngine,
  query: string,
  request: Partial<SearchRequest> = {},
  share: { readonly index: number; readonly of: number } = { index: 0, of: 1 },
): Promise<Outcome> {
  const updates: SearchUpdate[] = [];
  const whole: SearchRequest = { query, conversation: null, order: 'newest', hitLimit: 50, zone: 'UTC', ...request };
  await engine.search(whole, share, (update) => updates.push(update));
  const last = updates.at(-1);
  return { updates, hits: updates.flatMap(({ hits }) => hits), count: last?.count ?? 0, done: last?.done ?? false };
}
