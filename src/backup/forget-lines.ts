// People, overlays and receipts without what has left a snapshot.

import type { PortableId, PortableOverlay, PortablePerson, PortableReceipt } from '../model/portable';
import { names, type KnownConversation } from './find-conversation';
import { isOnlyOf } from './removal-survey';

export interface Forgotten {
  readonly known: KnownConversation;
  readonly conversations: ReadonlySet<PortableId>;
  readonly people: ReadonlySet<PortableId>;
  /** SHA-256 of media that went. */
  readonly media: ReadonlySet<string>;
  /** Receipts that went. */
  readonly receipts: ReadonlySet<string>;
}

type Named = Pick<PortablePerson, 'id' | 'conversation' | 'isOwner'>;

/** The owner stays, unless known by name only and in that conversation. */
export function isForgottenPerson({ id, conversation, isOwner }: Named, { conversations, people }: Omit<Forgotten, 'receipts'>): boolean {
  return conversation === undefined ? people.has(id) && isOwner !== true : conversations.has(conversation) || people.has(id);
}

/** True for `conversation:<id>`, `message:<id>/<place>`, `person:<id>`, `receipt:<id>` of what has left, and for a bare id. */
function speaksOf(text: string, { conversations, people, receipts }: Forgotten): boolean {
  const [, type = '', id = ''] = /^(?:([a-z]+):)?([^/]*)/.exec(text) ?? [];
  if (type === 'conversation' || type === 'message') return conversations.has(id);
  if (type === 'person') return people.has(id);
  if (type === 'receipt') return receipts.has(id);
  return type === '' && (conversations.has(id) || people.has(id));
}

/** The overlay as it stays; null where it goes. That of the removal itself stays, without the name. */
export function forgetInOverlay(overlay: PortableOverlay, forgotten: Forgotten): PortableOverlay | null {
  const { kind, subject, fields, removed } = overlay;
  if (kind === 'removed') return removed === undefined ? overlay : { ...overlay, removed: withoutName(removed, forgotten.known) };
  if (typeof subject === 'string' && speaksOf(subject, forgotten)) return null;
  const entries = Object.entries(fields);
  const kept = entries.filter(([, { value }]) => value === null || !speaksOf(value, forgotten));
  if (kept.length === entries.length) return overlay;
  return kept.length === 0 ? null : { ...overlay, fields: Object.fromEntries(kept) };
}

function withoutName(removed: NonNullable<PortableOverlay['removed']>, known: KnownConversation): typeof removed {
  const { name, ...rest } = removed;
  const isById = removed.sourceId !== undefined && removed.sourceId === known.sourceId;
  const isByName = name !== undefined && known.names.includes(name);
  return removed.source === known.source && (isById || isByName) ? rest : removed;
}

/**
 * The receipt without what it held of the conversation; null where it held nothing else. Raw texts of its problems go, since
 * they may quote it, and labels that are called after it.
 */
export function forgetInReceipt(receipt: PortableReceipt, forgotten: Forgotten): PortableReceipt | null {
  const { known, conversations } = forgotten;
  const held = receipt.conversations.map(({ conversation }) => conversation);
  if (isOnlyOf(known, receipt.id, held, conversations)) return null;
  const unnamed = <Item>(item: Item): Item => {
    const { path } = item as { readonly path?: unknown };
    return typeof path === 'string' && names(known, path) ? { ...item, path: '' } : item;
  };
  return {
    ...receipt,
    files: receipt.files.map(unnamed),
    answers: Object.fromEntries(Object.entries(receipt.answers).filter(([, answer]) => !names(known, answer))),
    conversations: receipt.conversations.filter(({ conversation }) => !conversations.has(conversation)),
    people: receipt.people.filter(({ person, ...said }) => !isForgottenPerson({ id: person, ...said }, forgotten)),
    media: receipt.media.filter((sha256) => !forgotten.media.has(sha256)),
    problems: [],
    accounting: receipt.accounting.map(unnamed),
  };
}
