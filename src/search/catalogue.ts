// What a search needs to know of the vault before it opens a segment: the conversations that are not removed, and names.

import { throughContacts } from '../model/contacts';
import { conversationSubject, indexOverlays } from '../model/overlay-index';
import type { Overlay } from '../model/overlay';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import { shownConversations } from '../vault/shown-conversations';
import type { LooseSearch } from '../model/view';
import type { Marked } from './marked';
import { createNames } from './names';
import type { LooseWords } from './query';
import type { Names, PinyinOf } from './names';

export interface SearchAccess {
  /** The newest state; asked for at the start of every search, and held by the caller for as long as a search may run. */
  reader(): Promise<ArchiveReader>;
  /** The same array for as long as nothing changed: names are looked up again when it is another. */
  overlays(): Promise<readonly Overlay[]>;
  /** Loads what names need to be found by pinyin; called once, by the first query with Latin letters. */
  loadPinyin?: () => Promise<PinyinOf>;
  /** Loads what a search needs that looks for words in looser ways; without it words are found as they are written. */
  loadLooseWords?: (loose: LooseSearch) => Promise<LooseWords>;
}

export interface SearchCatalogue {
  /** What the owner keeps; null where that is nothing. */
  readonly marked: Marked | null;
  readonly conversations: readonly ConversationEntry[];
  readonly names: Names;
}

interface Known extends SearchCatalogue {
  readonly rootNumber: number;
  readonly overlays: readonly Overlay[];
  readonly pinyinOf: PinyinOf | null;
}

/** `look` reads the catalogue anew where the state, the overlays or the pinyin are others than before. */
export function createSearchCatalogue(access: SearchAccess): {
  look(reader: ArchiveReader, query: string): Promise<SearchCatalogue>;
  clear(): void;
} {
  let known: Known | null = null;
  let pinyin: Promise<PinyinOf | null> | null = null;

  const pinyinFor = (query: string): Promise<PinyinOf | null> => {
    if (pinyin === null && access.loadPinyin !== undefined && /[a-z]/i.test(query)) {
      // Without its dictionary names are still found as they are written; the next query tries again.
      pinyin = access.loadPinyin().catch(() => {
        pinyin = null;
        return null;
      });
    }
    return pinyin ?? Promise.resolve(null);
  };
  const look = async (reader: ArchiveReader, query: string): Promise<SearchCatalogue> => {
    const [overlays, pinyinOf] = await Promise.all([access.overlays(), pinyinFor(query)]);
    if (known?.rootNumber === reader.rootNumber && known.overlays === overlays && known.pinyinOf === pinyinOf) return known;
    const index = indexOverlays(overlays);
    const [all, everyone] = await Promise.all([shownConversations(reader, overlays), reader.people()]);
    const { people: contacted, conversation } = await throughContacts(everyone);
    const conversations = all.map((entry) => conversation(entry)).filter(({ id }) => !index.has('removed', conversationSubject(id)));
    const said =
      overlays.length === 0 ? null : await import('./said').then(({ applySaid }) => applySaid(reader, conversations, contacted, overlays));
    const { people, marked } = said ?? { people: contacted, marked: null };
    const names = createNames(conversations, people, index, pinyinOf);
    known = { rootNumber: reader.rootNumber, overlays, pinyinOf, conversations, names, marked };
    return known;
  };
  return {
    look,
    clear: () => {
      known = null;
    },
  };
}
