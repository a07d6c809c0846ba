// What the owner keeps, and memories: over the conversations that are shown. Hidden ones are left out where all are asked for.

import type { CacheBudget } from '../../model/cache-budget';
import { conversationName } from '../../model/display-names';
import type { ConversationId } from '../../model/ids';
import { conversationSubject } from '../../model/overlay-index';
import type { VaultVerbs } from '../../model/verbs';
import type { ConversationEntry } from '../../vault/archive';
import type { PageContext } from '../pages';
import { everyoneIn } from '../people/everyone';
import { createKeptMessages } from './kept-messages';
import { onThisDay, randomMemory } from './memories';

export type KeepingVerbs = Pick<VaultVerbs, 'kept' | 'keptMessages' | 'onThisDay' | 'randomMemory' | 'everyone'>;

/** The state at a call. */
export interface Kept {
  readonly context: PageContext;
  readonly entries: readonly ConversationEntry[];
}

export function createKeeping(look: () => Promise<Kept>, caches: CacheBudget): KeepingVerbs {
  const messages = createKeptMessages(caches);
  const shown = async (only: ConversationId | null | 'any'): Promise<Kept> => {
    const { context, entries } = await look();
    const { overlays } = context;
    const here = entries.filter(({ id }) => !overlays.has('removed', conversationSubject(id)));
    if (only === 'any') return { context, entries: here };
    const isWanted = ({ id }: ConversationEntry): boolean =>
      only === null ? !overlays.has('hidden', conversationSubject(id)) : id === only;
    return { context, entries: here.filter(isWanted) };
  };
  return {
    kept: async (id) => {
      const { context, entries } = await shown(id);
      return messages.view(context, entries);
    },
    keptMessages: async (wanted) => {
      const { context, entries } = await shown('any');
      return messages.messages(context, entries, wanted);
    },
    onThisDay: async (zone, nowMs) => {
      const { context, entries } = await shown(null);
      const name = (entry: ConversationEntry): string => conversationName(entry, context.overlays, context.people);
      return onThisDay(context, entries, name, zone, nowMs);
    },
    everyone: async () => {
      const { context, entries } = await shown(null);
      return everyoneIn(context, entries);
    },
    randomMemory: async (random) => {
      const { context, entries } = await shown(null);
      return randomMemory(context, entries, random);
    },
  };
}
