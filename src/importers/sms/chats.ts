// Conversations and people by their numbers. The app knows no conversations: a message's addresses are its conversation.

import type { NeutralRecord } from '../../model/record';
import { createPeople } from '../people';

export interface SmsChats {
  /** Number of the conversation with these addresses; its record goes to `out` when it is new or gets its first name. */
  conversationOf(addresses: readonly string[], name: string | null, out: NeutralRecord[]): number;
  personOf(address: string, name: string | null, out: NeutralRecord[]): number;
  /** Whose phone it is: the app does not write their number. */
  ownerOf(out: NeutralRecord[]): number;
}

const ownerId = 'me';
const unknownAddress = 'unknown';
const addressesLimit = 200;

/** Chats of one file. */
export function createSmsChats(): SmsChats {
  const people = createPeople((id) => id === ownerId);
  const conversations = new Map<string, { readonly index: number; name: string | null }>();
  return {
    conversationOf(addresses, name, out) {
      const ids = [...new Set(addresses.map(addressId))].sort();
      const sourceId = ids.join('~');
      const known = conversations.get(sourceId);
      if (known !== undefined && (known.name !== null || name === null)) return known.index;
      const index = known?.index ?? conversations.size;
      conversations.set(sourceId, { index, name });
      const shape = ids.length > 1 ? 'group' : 'direct';
      out.push({ type: 'conversation', index, sourceId, name: name ?? (addresses.join(', ') || null), shape });
      return index;
    },
    personOf: (address, name, out) => people.withId(addressId(address), name ?? (address === '' ? null : address), out),
    ownerOf: (out) => people.withId(ownerId, 'Me', out),
  };
}

/** The addresses of an `address` attribute: `~` divides those of a group. */
export function splitAddresses(text: string | null): readonly string[] {
  return (text ?? '')
    .split('~', addressesLimit)
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

/** A number without what people write between its digits; senders that are words stay as they are. */
function addressId(address: string): string {
  const number = address.replace(/[\s().-]/g, '');
  if (/^\+?\d{2,20}$/.test(number)) return number;
  return address === '' || /^-\d$/.test(address) ? unknownAddress : address;
}
