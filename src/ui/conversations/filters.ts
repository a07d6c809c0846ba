// Which conversations a chip lets through.

import type { SourceApp } from '../../model/source';
import type { ConversationView } from '../../model/view';

export type Filter = 'all' | 'people' | 'groups' | 'pinned' | `source:${SourceApp}`;

/** True where the conversation belongs under the filter. */
export function passesFilter(conversation: ConversationView, filter: Filter): boolean {
  if (filter === 'all') return true;
  if (filter === 'pinned') return conversation.pinned;
  if (filter === 'groups') return conversation.shape === 'group' || conversation.shape === 'channel';
  if (filter === 'people') return conversation.shape === 'direct' || conversation.shape === 'self';
  return conversation.source === filter.slice('source:'.length);
}

/** The filters that would show something and leave something out; `all` is always there. */
export function usefulFilters(conversations: readonly ConversationView[]): readonly Filter[] {
  const sources = [...new Set(conversations.map(({ source }) => source))].sort();
  const filters: readonly Filter[] = ['people', 'groups', 'pinned', ...sources.map((source): Filter => `source:${source}`)];
  const useful = filters.filter((filter) => {
    const passing = conversations.filter((conversation) => passesFilter(conversation, filter)).length;
    return passing > 0 && passing < conversations.length;
  });
  return ['all', ...useful];
}
