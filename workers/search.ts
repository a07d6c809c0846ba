// One worker of the search pool: its share of each search, over the newest state of the vault.

import { lazily } from '../src/model/lazily';
import type { SearchVerbs } from '../src/model/verbs';
import { createSearchEngine } from '../src/search/engine';
import { connectVault } from './connect-vault';
import { followVault } from './follow-vault';
import { serve } from './serve';
import { searchCaches } from './thread-caches';

const caches = searchCaches();
const { verbs, vault } = connectVault(caches);
const followed = lazily(() => followVault(vault()));
const search = lazily(() =>
  createSearchEngine({
    access: {
      ...followed(),
      loadPinyin: async () => (await import('../src/search/pinyin')).pinyinOf,
      loadLooseWords: async ({ spelling, pinyin }) => {
        const { createLooseWords } = await import('../src/search/loose-words');
        return createLooseWords(spelling, pinyin ? (await import('../src/search/pinyin')).allReadings() : null);
      },
    },
    caches,
    nowMs: () => Date.now(),
  }),
);

serve({
  ...verbs,
  prepare: (share, zone) => search().prepare(share, zone),
  search: (request, share, update) => search().search(request, share, update),
  showHidden: async () => followed().showHidden(true),
  suggest: (text, cursor, language) => search().suggest(text, cursor, language),
  forgetCaches: async () => {
    search().forgetCaches();
    caches.clear();
  },
} satisfies SearchVerbs);
