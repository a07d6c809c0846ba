// The people of a conversation, as the screen shows them: overlays applied.

import { personName } from '../model/display-names';
import type { PersonId } from '../model/ids';
import type { OverlayIndex } from '../model/overlay-index';
import { isOwnerIn } from '../model/owners';
import type { PersonView } from '../model/view';
import type { ConversationEntry, PersonEntry } from '../vault/archive';
import { hueOf, huesAmong } from './hues';

/** Those who are in a conversation, in the order of the catalogue. */
export function personViews(
  entry: ConversationEntry,
  people: ReadonlyMap<PersonId, PersonEntry>,
  overlays: OverlayIndex,
): readonly PersonView[] {
  const hues = huesAmong(entry.people, people);
  return entry.people.map((id) => people.get(id)).flatMap((person) => (person ? [personView(person, entry, overlays, hues)] : []));
}

/** A person as those of one conversation are shown; `hues` are theirs, where more than one of them is. */
export function personView(
  person: PersonEntry,
  entry: ConversationEntry,
  overlays: OverlayIndex,
  hues?: ReadonlyMap<PersonId, number>,
): PersonView {
  const name = personName(person, overlays);
  const head = person.one ?? person.id;
  return { id: person.id, name, names: person.names, isOwner: isOwnerIn(person, entry, overlays), hue: hues?.get(head) ?? hueOf(head) };
}
