// What a message has beyond the neutral fields is kept under the source's own names.

import type { Json, JsonObject } from '../../model/json';
import { isNeverEdited } from './clock';
import { areRichReactions } from './facts';
import { isPlainMediaType } from './media';
import { isObject } from '../json-fields';

/** Keys whose whole meaning the neutral fields hold, thumbnails apart, which nobody needs. */
const neutralKeys = new Set([
  'id',
  'type',
  'date',
  'date_unixtime',
  'from',
  'from_id',
  'actor',
  'actor_id',
  'action',
  'text',
  'text_entities',
  'edited_unixtime',
  'forwarded_from',
  'forwarded_from_id',
  'reply_to_message_id',
  'reply_to_peer_id',
  'photo',
  'photo_file_size',
  'file',
  'file_name',
  'file_size',
  'thumbnail',
  'thumbnail_file_size',
  'width',
  'height',
  'mime_type',
  'duration_seconds',
  'contact_information',
  'contact_vcard',
  'contact_vcard_file_size',
  'location_information',
  'place_name',
  'address',
]);

/** Keys that go with a text or a file but are none. */
const companionKeys = new Set([
  'edited',
  'author',
  'via_bot',
  'saved_from',
  'inline_bot_buttons',
  'reactions',
  'media_spoiler',
  'self_destruct_period_seconds',
  'media_type',
]);

/** True where a message has keys that may be its content, such as a to-do list, a giveaway or what newer versions invent. */
export function hasOtherContent(message: JsonObject): boolean {
  for (const key in message) if (!neutralKeys.has(key) && !companionKeys.has(key)) return true;
  return false;
}

/**
 * The message's other keys; null where there are none. `richText` keeps the parts of the text, where they hold more than
 * entities do; `raw` keeps the whole message, for what nobody here understands.
 */
export function readExtra(message: JsonObject, richText: boolean, raw: boolean): JsonObject | null {
  const kept: [string, Json][] = [];
  for (const key in message) {
    if (neutralKeys.has(key)) continue;
    const value = message[key];
    if (value !== undefined && !isSaidElsewhere(key, value, message)) kept.push([key, beyondFacts(key, value)]);
  }
  if (richText) kept.push(['text_entities', message['text_entities'] ?? message['text'] ?? null]);
  if (raw) kept.push(['raw', message]);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function isSaidElsewhere(key: string, value: Json, message: JsonObject): boolean {
  switch (key) {
    case 'edited':
      return message['edited_unixtime'] !== undefined || isNeverEdited(value);
    case 'reactions':
      return !areRichReactions(value);
    case 'members':
      return Array.isArray(value) && value.every((name) => typeof name === 'string');
    case 'media_type':
      return isPlainMediaType(value);
    default:
      return false;
  }
}

/** Invoices and lists of peers are strings that hold JSON; of a poll, only what is not in its facts. */
function beyondFacts(key: string, value: Json): Json {
  if (key === 'poll' && isObject(value)) return pollBeyondFacts(value);
  if ((key === 'invoice_information' || key === 'peers') && typeof value === 'string') {
    try {
      return JSON.parse(value) as Json;
    } catch {
      return value;
    }
  }
  return value;
}

function pollBeyondFacts(poll: JsonObject): JsonObject {
  const { question, closed: _closed, answers, ...rest } = poll;
  const chosen = Array.isArray(answers) ? answers.flatMap((answer, at) => (isObject(answer) && answer['chosen'] === true ? [at] : [])) : [];
  return { ...rest, ...(typeof question === 'string' ? {} : { question: question ?? null }), chosen };
}
