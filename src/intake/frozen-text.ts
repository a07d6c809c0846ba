// Text as message keys see it. Frozen: a change here would make old and new imports of one message differ.

import type { Message } from '../model/message';

const marks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const blanks = /[\s\u00a0\u202f\u2009\u3000]+/g;

/** Marks of formats/international.md §0.3 dropped, white space collapsed to single blanks, trimmed, NFC. */
export function freezeText(text: string): string {
  return isFrozen(text) ? text : text.replace(marks, '').replace(blanks, ' ').trim().normalize('NFC');
}

/** True where it is plain to see that freezing changes nothing; false for what is rare or has to be looked at closely. */
function isFrozen(text: string): boolean {
  let previous = 32;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 32 ? previous === 32 : !isStable(unit)) return false;
    previous = unit;
  }
  return previous !== 32 || text === '';
}

/** Letters and signs that are no white space and that NFC leaves alone, whatever follows among their like. */
function isStable(unit: number): boolean {
  if (unit < 0x300) return unit > 32 && unit !== 0x7f && (unit < 0x80 || unit > 0xa0);
  if (unit < 0x3099) return unit > 0x3000;
  return (unit >= 0x30a0 && unit < 0x3100) || (unit >= 0x4e00 && unit <= 0x9fff) || (unit > 0xff00 && unit < 0xfff0);
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
