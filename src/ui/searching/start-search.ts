// A whole search put in place of the one under way: one that was kept, or a day.

import { batch } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { LooseSearch } from '../../model/view';
import type { SearchState } from './search-state';

export interface WholeSearch {
  readonly query: string;
  readonly scope: ConversationId | null;
  readonly order: 'newest' | 'oldest';
  readonly loose: LooseSearch;
}

/** Its parts are set together, and searched for once. */
export function startSearch(search: SearchState, { query, scope, order, loose }: WholeSearch): void {
  batch(() => {
    search.setQuery(query);
    search.setScope(scope);
    search.setOrder(order);
    search.setLoose(loose);
    search.setView('messages');
  });
}
