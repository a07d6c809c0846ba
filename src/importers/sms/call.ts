// One `call` element to a message. Calls lie in the conversation of their number.

import { noAttachments } from '../../model/record';
import type { MessageFacts, MessageRecord, NeutralRecord, Span } from '../../model/record';
import type { SmsChats } from './chats';
import { contactOf, fieldOf, instantOf, restOf, type Attributes } from './fields';

const outgoing = '2';
const missed = new Set(['3', '4']);
const declined = new Set(['5', '6']);
/** Kept as words where they say more than the outcome. */
const types: ReadonlyMap<string, string> = new Map([
  ['4', 'voicemail'],
  ['6', 'refused-list'],
  ['7', 'answered-elsewhere'],
]);
const known = new Set(['number', 'duration', 'date', 'type', 'contact_name', 'readable_date']);
const usual = new Map([
  ['presentation', '1'],
  ['subscription_id', '-1'],
]);

/** The message; null where it has no time. New conversations and people go to `out` first. */
export function toCall(attributes: Attributes, span: Span, chats: SmsChats, out: NeutralRecord[]): MessageRecord | null {
  const sentAtMs = instantOf(attributes, 'date');
  if (sentAtMs === null) return null;
  const number = fieldOf(attributes, 'number') ?? '';
  const contact = contactOf(attributes);
  const conversation = chats.conversationOf([number], contact, out);
  const type = fieldOf(attributes, 'type') ?? '';
  const sender = type === outgoing ? chats.ownerOf(out) : chats.personOf(number, contact, out);
  const word = types.get(type);
  const extra = { ...(word === undefined ? {} : { callType: word }), ...restOf(attributes, known, usual) };
  return {
    type: 'message',
    conversation,
    sender,
    sourceId: null,
    sentAtMs,
    clock: 'absolute',
    kind: 'call',
    text: '',
    attachments: noAttachments,
    facts: { call: readCall(attributes, type), ...(Object.keys(extra).length === 0 ? {} : { extra }) },
    ...span,
  };
}

function readCall(attributes: Attributes, type: string): NonNullable<MessageFacts['call']> {
  const text = fieldOf(attributes, 'duration') ?? '';
  const seconds = /^\d{1,7}$/.test(text) ? Number(text) : null;
  const spoke = seconds !== null && seconds > 0;
  const outcome = missed.has(type) ? 'missed' : declined.has(type) ? 'declined' : spoke ? 'answered' : 'unknown';
  return { durationMs: seconds === null ? null : seconds * 1000, outcome, video: false };
}
