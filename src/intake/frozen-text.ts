// Text as message keys see it. Frozen: a change here would make old and new imports of one message differ.

import type { Message } from '../model/message';

const plain = /^(?:[!-~]+(?: [!-~]+)*)?$/;
const marks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const blanks = /[\s\u00a0\u202f\u2009\u3000]+/g;

/** Marks of formats/international.md §0.3 dropped, white space collapsed to single blanks, trimmed, NFC. */
export function freezeText(text: string): string {
  if (text.length < 200 && plain.test(text)) return text;
  return text.replace(marks, '').replace(blanks, ' ').trim().normalize('NFC');
}

export type MessageClass = 'text' | 'media' | 'system' | 'deleted' | 'call' | 'location' | 'contact' | 'poll';

const classByKind: Partial<Record<Message['kind'], MessageClass>> = {
  system: 'system',
  call: 'call',
  location: 'location',
  contact: 'contact',
  poll: 'poll',
  image: 'media',
  voice: 'media',
  video: 'media',
  file: 'media',
  sticker: 'media',
};

/** The class of a message's key. A deleted message is of its own class, since its text is the app's, not the sender's. */
export function classOf(message: Pick<Message, 'kind' | 'facts' | 'attachments'>): MessageClass {
  if (message.facts?.deleted !== undefined) return 'deleted';
  return classByKind[message.kind] ?? (message.attachments.length > 0 ? 'media' : 'text');
}

/** True where the wording is the app's own and follows the phone's language. */
export function isWordedByApp(messageClass: MessageClass): boolean {
  return messageClass !== 'text' && messageClass !== 'media' && messageClass !== 'deleted';
}
