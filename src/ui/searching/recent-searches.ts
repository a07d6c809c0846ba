// Searches done lately: a setting of this vault, sealed with the others, on this device only.

import type { ConversationId } from '../../model/ids';
import type { LooseSearch } from '../../model/view';
import type { Ui } from '../ui';
import { readQueries } from './kept-json';

export interface RecentSearch {
  readonly query: string;
  readonly scope: ConversationId | null;
  readonly loose: LooseSearch;
}

export const recentSetting = 'recent-searches';
/** `off`: none are kept. */
export const keepsRecentSetting = 'recent-searches-kept';
const recentLimit = 20;
const queryLimit = 500;

/** The newest first. */
export function readRecent(text: string | undefined): readonly RecentSearch[] {
  return readQueries(text)
    .slice(0, recentLimit)
    .map(({ query, loose, fields }) => {
      const scope = fields.get('scope');
      return { query, loose, scope: typeof scope === 'string' ? (scope as ConversationId) : null };
    });
}

export function writeRecent(searches: readonly RecentSearch[]): string {
  return JSON.stringify(
    searches.slice(0, recentLimit).map(({ query, scope, loose }) => ({
      query,
      ...(scope !== null && { scope }),
      ...(loose.spelling && { spelling: true }),
      ...(loose.pinyin && { pinyin: true }),
    })),
  );
}

const isSame = (a: RecentSearch, b: RecentSearch): boolean => a.query === b.query && a.scope === b.scope;

/** With this one in front, and once. */
export function withRecent(searches: readonly RecentSearch[], newest: RecentSearch): readonly RecentSearch[] {
  return [newest, ...withoutRecent(searches, newest)].slice(0, recentLimit);
}

export function withoutRecent(searches: readonly RecentSearch[], gone: RecentSearch): readonly RecentSearch[] {
  return searches.filter((search) => !isSame(search, gone));
}

/**
 * Keeps the search of the pane, where it has found something and the owner lets it. Writes nothing once the vault is locked, nor
 * while hidden conversations are shown: what is looked for then may tell of them.
 */
export function rememberSearch({ search, settings, status, conversations, changeSetting }: Ui): void {
  const query = search.query().trim();
  const isOpen = status()?.state === 'open' && status()?.readOnly !== true && conversations() !== undefined;
  if (!isOpen || query === '' || query.length > queryLimit || !search.done() || search.count() === 0) return;
  if (settings()[keepsRecentSetting] === 'off' || conversations()?.some(({ hidden }) => hidden)) return;
  const known = settings()[recentSetting];
  const next = writeRecent(withRecent(readRecent(known), { query, scope: search.scope(), loose: search.loose() }));
  if (next !== known) changeSetting(recentSetting, next);
}
