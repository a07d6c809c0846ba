// Recipients and chats of Signal's plaintext export: frames that come before the messages that refer to them by number.

import { createBase64Decoder } from '../../bytes/base64';
import { toHex } from '../../crypto/hashes';
import type { JsonObject } from '../../model/json';
import type { ConversationShape, NeutralRecord } from '../../model/record';
import { isObject, idOf, words } from '../json-fields';
import { createPeople } from '../people';

interface Recipient {
  /** The same in every export: account id, number, key of a group. */
  readonly sourceId: string;
  readonly name: string | null;
  readonly shape: ConversationShape;
}

export interface SignalRecipients {
  addRecipient(frame: JsonObject): void;
  /** Emits the conversation. */
  addChat(frame: JsonObject, out: NeutralRecord[]): void;
  /** Index of the chat with this number; null where no chat frame named it. */
  conversationOf(chatId: string | null): number | null;
  /** Index of the person; -1 where there is none. */
  personOf(recipientId: string | null, out: NeutralRecord[]): number;
  /** What a person's messages are keyed by. */
  sourceIdOf(recipientId: string | null): string;
  nameOf(recipientId: string | null): string | null;
  /** Name of the account with this id, which mentions use. */
  nameOfAccount(aci: string): string | null;
}

const selfId = 'self';

export function createRecipients(): SignalRecipients {
  const people = createPeople((id) => id === selfId);
  const recipients = new Map<string, Recipient>();
  const chats = new Map<string, number>();
  const byAccount = new Map<string, string | null>();
  const find = (id: string | null): Recipient | null => (id === null ? null : (recipients.get(id) ?? null));
  const sourceIdOf = (id: string | null): string => find(id)?.sourceId ?? `recipient-${id ?? ''}`;
  return {
    sourceIdOf,
    addRecipient(frame) {
      const id = idOf(frame['id']);
      if (id === null) return;
      const recipient = readRecipient(frame, id);
      recipients.set(id, recipient);
      byAccount.set(recipient.sourceId, recipient.name);
    },
    addChat(frame, out) {
      const id = idOf(frame['id']);
      if (id === null || chats.has(id)) return;
      const recipient = find(idOf(frame['recipientId']));
      const index = chats.size;
      chats.set(id, index);
      const { sourceId = `chat-${id}`, name = null, shape = 'unknown' } = recipient ?? {};
      out.push({ type: 'conversation', index, sourceId, name, shape });
    },
    conversationOf: (id) => (id === null ? null : (chats.get(id) ?? null)),
    personOf(id, out) {
      if (id === null) return -1;
      return people.withId(sourceIdOf(id), find(id)?.name ?? null, out);
    },
    nameOf: (id) => find(id)?.name ?? null,
    nameOfAccount: (aci) => byAccount.get(accountId(aci)) ?? null,
  };
}

function readRecipient(frame: JsonObject, id: string): Recipient {
  const { contact, group, self, releaseNotes, distributionList, callLink } = frame;
  if (self !== undefined) return { sourceId: selfId, name: 'Me', shape: 'self' };
  if (releaseNotes !== undefined) return { sourceId: 'release-notes', name: 'Signal', shape: 'channel' };
  if (isObject(contact)) return { sourceId: contactId(contact) ?? `recipient-${id}`, name: contactName(contact), shape: 'direct' };
  if (isObject(group)) {
    const title = objectAt(group, 'snapshot', 'title');
    return { sourceId: words(group['masterKey']) ?? `recipient-${id}`, name: words(title['title']), shape: 'group' };
  }
  const list = isObject(distributionList) ? objectAt(distributionList, 'distributionList') : {};
  const name = words(list['name']) ?? (isObject(callLink) ? words(callLink['name']) : null);
  return { sourceId: `recipient-${id}`, name, shape: 'unknown' };
}

function contactId(contact: JsonObject): string | null {
  const aci = words(contact['aci']);
  const number = idOf(contact['e164']);
  return aci !== null ? accountId(aci) : number === null ? null : `+${number}`;
}

/** An account's id as people know it, out of its sixteen bytes in base64; anything else as it is. */
function accountId(aci: string): string {
  const bytes = createBase64Decoder().push(new TextEncoder().encode(aci));
  return bytes.length === 16 ? toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : aci;
}

function contactName(contact: JsonObject): string | null {
  const nickname = objectAt(contact, 'nickname');
  const number = idOf(contact['e164']);
  return (
    joinName(nickname['given'], nickname['family']) ??
    joinName(contact['systemGivenName'], contact['systemFamilyName']) ??
    joinName(contact['profileGivenName'], contact['profileFamilyName']) ??
    words(contact['username']) ??
    (number === null ? null : `+${number}`)
  );
}

function joinName(...parts: readonly (JsonObject[string] | undefined)[]): string | null {
  return words(parts.flatMap((part) => words(part) ?? []).join(' '));
}

/** The object at a path of members; an empty one where there is none. */
export function objectAt(object: JsonObject, ...path: readonly string[]): JsonObject {
  let at: JsonObject = object;
  for (const key of path) {
    const next = at[key];
    if (!isObject(next)) return {};
    at = next;
  }
  return at;
}
