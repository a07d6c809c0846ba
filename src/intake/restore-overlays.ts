// What the owner added where a snapshot was made, by this vault's ids.

import type { ReceiptId } from '../model/ids';
import type { Overlay, OverlayKind } from '../model/overlay';
import { conversationSubject, messageSubject, personSubject } from '../model/overlay-index';
import {
  type Place,
  type PortableId,
  type PortableOverlay,
  namingOverlays,
  referringOverlays,
  searchSubjectPattern,
  travellingOverlays,
} from '../model/portable';
import { portableIdPattern } from '../importers/camphor/read-message';
import { findRemovedHere } from './find-removed';
import type { RemovedConversation } from './removed';
import { keepRemoved, loadRemoved } from './removed';
import type { Restore } from './restore-state';

interface PlaceSubject {
  readonly conversation: PortableId;
  readonly place: Place;
}

function readPlaceSubject(subject: string): PlaceSubject | null {
  const [, conversation = '', place = ''] = /^message:([0-9a-f]{32})\/(\d{1,10})$/.exec(subject) ?? [];
  return conversation === '' ? null : { conversation, place: Number(place) };
}

/** Places that overlays speak of, by conversation. */
export function collectPlaces(overlays: readonly PortableOverlay[]): Map<PortableId, Set<Place>> {
  const places = new Map<PortableId, Set<Place>>();
  for (const { subject } of overlays) {
    const spoken = readPlaceSubject(subject);
    if (spoken !== null) places.set(spoken.conversation, (places.get(spoken.conversation) ?? new Set()).add(spoken.place));
  }
  return places;
}

/** Those that speak of what is here. What was taken back or removed elsewhere counts where the owner's repository says so. */
export function translateOverlays(restore: Restore): Overlay[] {
  return restore.snapshot.loaded.overlays.flatMap((overlay): Overlay[] => {
    const { kind } = overlay;
    const subject = travellingOverlays.has(kind) && isMeant(restore, overlay) ? translateSubject(restore, overlay) : null;
    if (subject === null) return [];
    const fields = fieldsHere(restore, overlay);
    return Object.keys(fields).length === 0 ? [] : [{ kind: kind as OverlayKind, subject, fields }];
  });
}

function fieldsHere(restore: Restore, { kind, fields }: PortableOverlay): Overlay['fields'] {
  if (namingOverlays.has(kind)) return translateNames(restore, fields);
  return referringOverlays.has(kind) ? translateFields(restore, fields) : fields;
}

/** A file that anyone may have written takes nothing away from what is here. */
function isMeant({ snapshot, receipts, state }: Restore, { kind, subject }: PortableOverlay): boolean {
  if (snapshot.job.servedFrom !== null) return true;
  if (kind === 'undone') return receipts.get(subject.slice('receipt:'.length) as ReceiptId)?.undoneAtMs !== null;
  if (kind !== 'removed') return true;
  const id = state.ids.get(subject.slice('conversation:'.length));
  return id === undefined || state.conversations.get(id)?.entry === null;
}

function translateSubject({ state, receipts, snapshot, tombstones }: Restore, { subject, kind }: PortableOverlay): string | null {
  const [, type = '', id = ''] = /^([a-z]+):([^]*)$/.exec(subject) ?? [];
  if (type === 'receipt')
    return receipts.has(id as ReceiptId) || snapshot.loaded.receipts.heads.some((head) => head.id === id) ? subject : null;
  if (type === 'search') return searchSubjectPattern.test(subject) ? subject : null;
  if (type === 'person') {
    const person = state.people.get(id);
    return person === undefined ? null : personSubject(person);
  }
  if (type === 'conversation') {
    const conversation = state.ids.get(id) ?? (kind === 'removed' ? tombstones.get(id) : undefined);
    return conversation === undefined ? null : conversationSubject(conversation);
  }
  const spoken = readPlaceSubject(subject);
  if (spoken === null) return null;
  const conversation = state.ids.get(spoken.conversation);
  const seq = state.seqs.get(spoken.conversation)?.get(spoken.place);
  return conversation === undefined || seq === undefined ? null : messageSubject({ conversation, seq });
}

/** A field that is named after someone who is not here is left out. */
function translateNames({ state }: Restore, fields: PortableOverlay['fields']): Overlay['fields'] {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const person = state.people.get(name);
      return person === undefined ? [] : [[person, field] as const];
    }),
  );
}

/** A value that names someone or something that is not here is left out. */
function translateFields({ state }: Restore, fields: PortableOverlay['fields']): Overlay['fields'] {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { value, stamp }]) => {
      const [, type = '', id = ''] = /^(person:|conversation:)?([0-9a-f]{32})$/.exec(value ?? '') ?? [];
      if (value === null || !portableIdPattern.test(id)) return [[name, { value, stamp }] as const];
      const local = type === 'conversation:' ? state.ids.get(id) : (state.people.get(id) ?? state.ids.get(id));
      return local === undefined ? [] : [[name, { value: `${type}${local}`, stamp }] as const];
    }),
  );
}

/**
 * Conversations that were removed there are known again here when an archive brings them. One that is still here is spoken of
 * as removed where the owner's own repository says so. Gives how many are new.
 */
export async function keepTombstones({ snapshot, writer, tombstones }: Restore): Promise<number> {
  const known = await loadRemoved(writer.next);
  const removed: RemovedConversation[] = [...known];
  for (const { kind, subject, removed: by, fields } of snapshot.loaded.overlays) {
    if (kind !== 'removed' || by === undefined || Object.values(fields).every(({ value }) => value === null)) continue;
    const { source, sourceId = null, name = null, hashes } = by;
    const gone = { source, sourceId, name, hashes };
    const here = snapshot.job.servedFrom === null ? null : await findRemovedHere(writer.base, gone);
    const conversation = here ?? removed.find((each) => isSameRemoval(each, gone))?.conversation ?? writer.newConversationId();
    tombstones.set(subject.slice('conversation:'.length), conversation);
    if (here === null && !removed.some((each) => each.conversation === conversation)) removed.push({ conversation, nextSeq: 0, ...gone });
  }
  if (removed.length > known.length) await keepRemoved(writer, removed);
  return removed.length - known.length;
}

function isSameRemoval(one: RemovedConversation, other: Omit<RemovedConversation, 'conversation' | 'nextSeq'>): boolean {
  if (one.source !== other.source || one.sourceId !== other.sourceId) return false;
  return one.sourceId !== null || one.hashes.join() === other.hashes.join();
}
