// Who and where: jids, chats and contacts, numbered as records want them. A jid is WhatsApp's address: `4915…@s.whatsapp.net`,
// `…@g.us` (group), `…@lid` (a person whose number is hidden), `…@broadcast`, `…@newsletter`.

import type { ConversationRecord, ConversationShape, NeutralRecord, PersonRecord } from '../../model/record';

/** The owner has no jid in the database. */
export const ownerSourceId = 'me';

export interface Directory {
  /** Number of the conversation with this jid, or (null) of chat number `chat` whose jid is not known; emits it before its first use. */
  conversation(jid: string | null, chat: number, out: NeutralRecord[]): number;
  /** Number of the person with this jid (null: the owner); emits them before their first use. */
  person(jid: string | null, out: NeutralRecord[]): number;
  /** The name of whoever has this jid, else the number that it holds. */
  nameOf(jid: string | null): string | null;
}

export interface DirectoryFacts {
  /** Names of groups by jid. */
  readonly subjects: ReadonlyMap<string, string>;
  /** Names of people by jid, of the address book before those that they gave themselves. */
  readonly names: ReadonlyMap<string, string>;
  readonly ownerName: string | null;
}

const shapes: readonly (readonly [ending: string, shape: ConversationShape])[] = [
  ['@g.us', 'group'],
  ['@s.whatsapp.net', 'direct'],
  ['@lid', 'direct'],
  ['@broadcast', 'channel'],
  ['@newsletter', 'channel'],
];

export function openDirectory({ subjects, names, ownerName }: DirectoryFacts): Directory {
  const conversations = new Map<string, number>();
  const people = new Map<string, number>();
  const nameOf = (jid: string | null): string | null => (jid === null ? ownerName : (names.get(jid) ?? numberOf(jid)));
  return {
    nameOf,
    conversation(jid, chat, out) {
      const key = jid ?? `chat ${chat}`;
      const known = conversations.get(key);
      if (known !== undefined) return known;
      const index = conversations.size;
      const shape = shapes.find(([ending]) => jid?.endsWith(ending))?.[1] ?? 'unknown';
      const name = jid === null ? null : (subjects.get(jid) ?? nameOf(jid));
      conversations.set(key, index);
      out.push({ type: 'conversation', index, sourceId: jid, name, shape } satisfies ConversationRecord);
      return index;
    },
    person(jid, out) {
      const sourceId = jid ?? ownerSourceId;
      const known = people.get(sourceId);
      if (known !== undefined) return known;
      const index = people.size;
      people.set(sourceId, index);
      out.push({ type: 'person', index, sourceId, name: nameOf(jid), conversation: null, isOwner: jid === null } satisfies PersonRecord);
      return index;
    },
  };
}

/** `+4915…` for a jid of a person that holds their number. */
function numberOf(jid: string): string | null {
  const [user, server] = jid.split('@');
  return server === 's.whatsapp.net' && user !== undefined && /^\d{3,20}$/.test(user) ? `+${user}` : null;
}
