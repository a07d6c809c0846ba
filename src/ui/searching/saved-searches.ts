// Searches that the owner gave a name: overlays, so that they come back with a backup. What is no such record is passed over.

import type { Overlay } from '../../model/overlay';
import { searchSubject } from '../../model/overlay-index';
import type { LooseSearch } from '../../model/view';
import type { Session } from '../../session/session';
import { readQuery, readText } from './kept-json';

export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly order: 'newest' | 'oldest';
  readonly loose: LooseSearch;
}

const nameLimit = 200;

/** Those of the overlays, by name in the order of the language. */
export function readSaved(overlays: readonly Overlay[], locale: string): readonly SavedSearch[] {
  return overlays.flatMap((overlay) => readOne(overlay) ?? []).sort((a, b) => a.name.localeCompare(b.name, locale));
}

function readOne({ subject, fields }: Overlay): SavedSearch | null {
  const [, id] = /^search:([0-9a-f]{32})$/.exec(subject) ?? [];
  const kept = readQuery(fields['search']?.value ?? null);
  if (id === undefined || kept === null) return null;
  return {
    id,
    name: readText(kept.fields.get('name'), nameLimit) ?? kept.query,
    query: kept.query,
    order: kept.fields.get('oldestFirst') === true ? 'oldest' : 'newest',
    loose: kept.loose,
  };
}

/** Keeps a search under its id in place of what was there. */
export function keepSaved(session: Session, { id, name, query, order, loose }: SavedSearch): Promise<void> {
  const search = {
    name: name.trim().slice(0, nameLimit) || query,
    query,
    ...(order === 'oldest' && { oldestFirst: true }),
    ...(loose.spelling && { spelling: true }),
    ...(loose.pinyin && { pinyin: true }),
  };
  return session.vault.setOverlay('saved-search', searchSubject(id), { search: JSON.stringify(search) });
}

export function removeSaved(session: Session, id: string): Promise<void> {
  return session.vault.setOverlay('saved-search', searchSubject(id), { search: null });
}

/** 32 random hex digits. */
export function newSearchId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
