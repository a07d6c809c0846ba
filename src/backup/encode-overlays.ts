// overlays.jsonl: what the owner added, with portable ids in place of local ones.

import type { ConversationId, PersonId } from '../model/ids';
import type { Overlay } from '../model/overlay';
import { type PortableOverlay, namingOverlays, referringOverlays, searchSubjectPattern, travellingOverlays } from '../model/portable';
import { writeJson } from './canonical-json';
import type { RemovedConversation } from './import-notes';
import type { Naming } from './naming';
import { conversationKey, portableId } from './portable-id';

/** The portable form of `person:<id>` and its like; null for what the vault does not hold. */
function portableSubject(subject: string, naming: Naming): string | null {
  const [, type = '', rest = ''] = /^([a-z]+):([^]*)$/.exec(subject) ?? [];
  const named = (id: string | null): string | null => (id === null ? null : `${type}:${id}`);
  if (type === 'receipt') return subject;
  if (type === 'search') return searchSubjectPattern.test(subject) ? subject : null;
  if (type === 'conversation') return named(naming.conversation(rest as ConversationId));
  if (type === 'person') return named(naming.person(rest as PersonId));
  const [, id = '', seq = ''] = /^([^]*)\/(\d{1,15})$/.exec(rest) ?? [];
  if (type !== 'message' || seq === '') return null;
  const conversation = naming.conversation(id as ConversationId);
  const place = naming.places(id as ConversationId)?.placeOf(Number(seq)) ?? null;
  return conversation === null || place === null ? null : named(`${conversation}/${place}`);
}

function portableValue(value: string | null, naming: Naming): string | null {
  if (value === null) return null;
  return portableSubject(value, naming) ?? naming.person(value as PersonId) ?? naming.conversation(value as ConversationId) ?? value;
}

/** Of people who are not in the snapshot nothing is said. */
function portableNames(fields: Overlay['fields'], naming: Naming): PortableOverlay['fields'] {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const person = naming.person(name as PersonId);
      return person === null ? [] : [[person, field] as const];
    }),
  );
}

function portableFields({ kind, fields }: Overlay, naming: Naming): PortableOverlay['fields'] {
  if (namingOverlays.has(kind)) return portableNames(fields, naming);
  if (!referringOverlays.has(kind)) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, { value, stamp }]) => [name, { value: portableValue(value, naming), stamp }]),
  );
}

/** The id of a conversation that is no longer here: by its own id, else by what it is known again. */
function removedSubject({ source, sourceId, name, hashes }: RemovedConversation): string {
  const key = sourceId === null ? ['conversation', source, 'removed', ...hashes] : conversationKey({ source, sourceId, name }, null);
  return `conversation:${portableId(key)}`;
}

function encodeOverlay(overlay: Overlay, naming: Naming, removed: ReadonlyMap<string, RemovedConversation>): PortableOverlay | null {
  const { kind } = overlay;
  if (!travellingOverlays.has(kind)) return null;
  const fields = portableFields(overlay, naming);
  const gone = kind === 'removed' ? removed.get(overlay.subject) : undefined;
  if (gone !== undefined) {
    const { source, sourceId, name, hashes } = gone;
    const known = { source, ...(sourceId !== null && { sourceId }), ...(name !== null && { name }), hashes };
    return { kind, subject: removedSubject(gone), fields, removed: known };
  }
  const subject = portableSubject(overlay.subject, naming);
  return subject === null || Object.keys(fields).length === 0 ? null : { kind, subject, fields };
}

/** Those that travel and speak of something that is here, sorted by kind and subject. */
export function encodeOverlays(overlays: readonly Overlay[], naming: Naming, removed: readonly RemovedConversation[]): PortableOverlay[] {
  const bySubject = new Map(removed.map((each) => [`conversation:${each.conversation}`, each]));
  const encoded = overlays.flatMap((overlay) => encodeOverlay(overlay, naming, bySubject) ?? []);
  const keyed = encoded.map((overlay) => ({ overlay, key: `${overlay.kind}\n${overlay.subject}\n${writeJson(overlay)}` }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ overlay }) => overlay);
}
