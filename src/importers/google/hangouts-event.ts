// One event of Hangouts to a neutral message.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { MessageFacts, MessageKind, MessageRecord, NeutralRecord, Span } from '../../model/record';
import { messageKindOf } from '../file-kind';
import { idOf, membersBeyond, objectOf, objectsOf, words } from '../json-fields';
import type { People } from '../people';
import { personId } from './hangouts-chat';
import { readEmbeds } from './hangouts-embeds';
import type { Embeds } from './hangouts-embeds';
import { readSegments } from './hangouts-segments';

export interface EventContext {
  readonly files: FileSet;
  /** Where the file lies: '' or ending in `/`. */
  readonly folder: string;
  readonly people: People;
  readonly conversation: number;
}

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

const neutralKeys = new Set([
  'conversation_id',
  'sender_id',
  'timestamp',
  'event_id',
  'event_type',
  'chat_message',
  'conversation_rename',
  'membership_change',
  'hangout_event',
  // How the device of the export stood to it: nothing of the message.
  'self_event_state',
  'advances_sort_timestamp',
  'event_otr',
  'delivery_medium',
  'event_version',
]);

const services = new Map([
  ['ADD_USER', 'invite_members'],
  ['REMOVE_USER', 'remove_members'],
  ['RENAME_CONVERSATION', 'edit_group_title'],
  ['OTR_MODIFICATION', 'otr_modification'],
]);

/** Appends the sender where new; the message, or null where it has no time. */
export function toMessage(element: JsonObject, context: EventContext, span: Span, out: NeutralRecord[]): MessageRecord | null {
  const sentAtMs = timeOf(element['timestamp']);
  if (sentAtMs === null) return null;
  const type = words(element['event_type']) ?? '';
  const content = objectOf(objectOf(element['chat_message'])?.['message_content']);
  const { text, entities } = readSegments(content?.['segment']);
  const embeds = readEmbeds(content?.['attachment'], context.files, context.folder);
  const sender = personId(element['sender_id']);
  const kind = kindOf(type, content, text, embeds);
  return {
    type: 'message',
    conversation: context.conversation,
    sender: sender === null ? -1 : context.people.withId(sender, null, out),
    sourceId: idOf(element['event_id']),
    sentAtMs,
    clock: 'absolute',
    kind,
    text: type === 'RENAME_CONVERSATION' ? (words(objectOf(element['conversation_rename'])?.['new_name']) ?? '') : text,
    attachments: embeds.attachments.length === 0 ? noAttachments : embeds.attachments,
    facts: readFacts(element, type, kind, entities, embeds, context.people),
    ...span,
  };
}

/** ms since 1970 of microseconds, or of milliseconds, which have 13 digits; as text, since they may be beyond 2^53. Null for others. */
export function timeOf(value: Json | undefined): number | null {
  const text = idOf(value) ?? '';
  if (/^\d{13}$/.test(text)) return Number(text);
  return /^\d{15,17}$/.test(text) ? Math.floor(Number(text) / 1000) : null;
}

function kindOf(type: string, content: JsonObject | null, text: string, { attachments, location }: Embeds): MessageKind {
  if (type === 'HANGOUT_EVENT') return 'call';
  if (services.has(type)) return 'system';
  const [first] = attachments;
  if (location !== null) return 'location';
  if (first !== undefined) return messageKindOf(first.kind);
  return content !== null && (text !== '' || type === 'REGULAR_CHAT_MESSAGE') ? 'text' : 'unknown';
}

function readFacts(
  element: JsonObject,
  type: string,
  kind: MessageKind,
  entities: MessageFacts['entities'] | null,
  embeds: Embeds,
  people: People,
): MessageFacts | null {
  const facts: MutableFacts = {};
  if (entities) facts.entities = entities;
  if (embeds.location !== null) facts.location = embeds.location;
  if (kind === 'call') facts.call = readCall(objectOf(element['hangout_event']));
  const action = services.get(type);
  if (action !== undefined) facts.service = { action, ...membersOf(objectOf(element['membership_change']), people) };
  const extra = {
    ...membersBeyond(element, neutralKeys),
    ...membersBeyond(objectOf(element['chat_message']) ?? {}, new Set(['message_content'])),
    ...(embeds.cards.length === 0 ? {} : { attachment: embeds.cards }),
    ...detailOf(element, ['hangout_event', 'membership_change', 'conversation_rename']),
    ...(kind === 'unknown' ? { raw: element } : {}),
  };
  if (Object.keys(extra).length > 0) facts.extra = extra;
  return Object.keys(facts).length === 0 ? null : facts;
}

function detailOf(element: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (objectOf(element[key]) === null ? [] : [[key, element[key]!]])));
}

function membersOf(change: JsonObject | null, people: People): { readonly members?: readonly string[] } {
  const members = objectsOf(change?.['participant_id']).flatMap((member) => {
    const id = personId(member);
    return id === null ? [] : [people.nameOf(id) ?? id];
  });
  return members.length === 0 ? {} : { members };
}

function readCall(event: JsonObject | null): NonNullable<MessageFacts['call']> {
  const seconds = Number(event?.['hangout_duration_secs'] ?? Number.NaN);
  const durationMs = seconds >= 0 && seconds < 1e7 ? seconds * 1000 : null;
  return { durationMs, outcome: durationMs === null ? 'unknown' : 'answered', video: event?.['media_type'] === 'AUDIO_VIDEO' };
}
