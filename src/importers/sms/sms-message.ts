// One `sms` element to a message.

import type { JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { MessageRecord, NeutralRecord, Span } from '../../model/record';
import type { SmsChats } from './chats';
import { contactOf, fieldOf, instantOf, restOf, textOf, type Attributes } from './fields';

/** Where the phone kept it; `received` and `sent` are the rest. */
export const boxes: ReadonlyMap<string, string> = new Map([
  ['3', 'draft'],
  ['4', 'outbox'],
  ['5', 'failed'],
  ['6', 'queued'],
]);
export const receivedBox = '1';

const known = new Set(['address', 'date', 'type', 'body', 'contact_name', 'readable_date', 'backup_set', 'backup_date']);
const usual = new Map([
  ['protocol', '0'],
  ['status', '-1'],
  ['locked', '0'],
  ['read', '1'],
  ['date_sent', '0'],
  ['sub_id', '-1'],
]);

/** The message; null where it has no time. New conversations and people go to `out` first. */
export function toSmsMessage(attributes: Attributes, span: Span, chats: SmsChats, out: NeutralRecord[]): MessageRecord | null {
  const sentAtMs = instantOf(attributes, 'date');
  if (sentAtMs === null) return null;
  const address = fieldOf(attributes, 'address') ?? '';
  const contact = contactOf(attributes);
  const conversation = chats.conversationOf([address], contact, out);
  const box = fieldOf(attributes, 'type') ?? receivedBox;
  const sender = box === receivedBox ? chats.personOf(address, contact, out) : chats.ownerOf(out);
  const extra = withBox(restOf(attributes, known, usual), box);
  return {
    type: 'message',
    conversation,
    sender,
    sourceId: null,
    sentAtMs,
    clock: 'absolute',
    kind: 'text',
    text: textOf(attributes, 'body'),
    attachments: noAttachments,
    facts: extra === null ? null : { extra },
    ...span,
  };
}

/** The extra with the word of its box; null where there is nothing. */
export function withBox(extra: JsonObject, box: string): JsonObject | null {
  const word = boxes.get(box);
  const whole = word === undefined ? extra : { box: word, ...extra };
  return Object.keys(whole).length === 0 ? null : whole;
}
