// For a writer that follows one that was killed or failed: what that one had sent need not be sent again.

import { readsBackAll, type RepositoryContext } from './context';
import { rebuild } from './load-index';
import { readPack } from './read-pack';

/**
 * Packs that no index names count from now on, as far as their own lists say what is in them; the next index names them. Where
 * all that is written is read back, these are read whole first.
 */
export function adoptPacks(context: RepositoryContext): Promise<void> {
  return rebuild(
    context,
    context.index,
    async (id, sizeBytes) => !readsBackAll(context) || (await readPack(context, id, sizeBytes)).isWhole,
  );
}
