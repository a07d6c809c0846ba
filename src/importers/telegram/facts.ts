// What only some messages have, each from its own keys.

import type { Json, JsonObject } from '../../model/json';
import type { MessageFacts, Reaction } from '../../model/record';
import { isNeverEdited, parseUnixTime } from './clock';
import { senderPeerId } from './peers';
import { isObject } from '../json-fields';
import { plainText } from './text';

type Facts<Name extends keyof MessageFacts> = NonNullable<MessageFacts[Name]>;

/** Stand-ins for reactions that are no character: one that costs stars, and one drawn by somebody. */
const paidReaction = '⭐';
const customReaction = '❔';

export function readReply(message: JsonObject): Facts<'replyTo'> | null {
  const id = message['reply_to_message_id'];
  if (id === undefined) return null;
  const peer = message['reply_to_peer_id'];
  const sourceId = typeof id === 'number' || typeof id === 'string' ? String(id) : null;
  return typeof peer === 'string' ? { sourceId, conversationSourceId: peer } : { sourceId };
}

export function readForward(message: JsonObject): Facts<'forward'> | null {
  const name = message['forwarded_from'];
  const id = senderPeerId(message['forwarded_from_id'], null);
  if (name === undefined && id === null) return null;
  const fromName = typeof name === 'string' && name !== '' ? name : null;
  return id === null ? { fromName } : { fromName, fromSourceId: id };
}

/** Null where it was never edited. A wall clock without `edited_unixtime` is no instant: then `editedAtMs` is null. */
export function readEdited(message: JsonObject): Facts<'edited'> | null {
  const edited = message['edited'];
  const unixTime = message['edited_unixtime'];
  if ((edited === undefined && unixTime === undefined) || isNeverEdited(edited)) return null;
  return { editedAtMs: parseUnixTime(unixTime) };
}

export function readReactions(value: Json | undefined): readonly Reaction[] | null {
  if (!Array.isArray(value)) return null;
  const reactions: Reaction[] = [];
  for (const item of value) {
    if (!isObject(item)) continue;
    const emoji = item['emoji'];
    reactions.push({
      emoji: typeof emoji === 'string' && emoji !== '' ? emoji : item['type'] === 'paid' ? paidReaction : customReaction,
      count: typeof item['count'] === 'number' ? item['count'] : 1,
      by: recentNames(item['recent']),
    });
  }
  return reactions.length === 0 ? null : reactions;
}

/** True where reactions hold more than characters and counts: who and when, or pictures. */
export function areRichReactions(value: Json | undefined): boolean {
  if (!Array.isArray(value)) return value !== undefined;
  return value.some((item) => !isObject(item) || item['type'] !== 'emoji' || item['recent'] !== undefined);
}

function recentNames(recent: Json | undefined): readonly string[] {
  if (!Array.isArray(recent)) return [];
  return recent.flatMap((one) => (isObject(one) && typeof one['from'] === 'string' ? [one['from']] : []));
}

export function readPoll(value: Json | undefined): Facts<'poll'> | null {
  if (!isObject(value)) return null;
  const answers = Array.isArray(value['answers']) ? value['answers'] : [];
  const options = answers.filter(isObject).map((answer) => ({
    text: plainText(answer['text']),
    votes: typeof answer['voters'] === 'number' ? answer['voters'] : 0,
  }));
  const question = plainText(value['question']);
  return typeof value['closed'] === 'boolean' ? { question, closed: value['closed'], options } : { question, options };
}

export function readContact(value: Json | undefined): Facts<'contact'> | null {
  if (!isObject(value)) return null;
  const name = fullName(value) ?? '';
  const phone = value['phone_number'];
  return typeof phone === 'string' && phone !== '' ? { name, phone } : { name };
}

/** First and last name of a contact or of the account's owner; null where both are empty. */
export function fullName(value: JsonObject): string | null {
  const parts = [value['first_name'], value['last_name']].filter((part): part is string => typeof part === 'string' && part !== '');
  return parts.length === 0 ? null : parts.join(' ');
}

/** Null where the place is not known, as in a location that was not shared any more. */
export function readLocation(message: JsonObject): Facts<'location'> | null {
  const point = message['location_information'];
  if (!isObject(point)) return null;
  const latitude = Number(point['latitude']);
  const longitude = Number(point['longitude']);
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return null;
  const name = message['place_name'];
  const address = message['address'];
  return {
    latitude,
    longitude,
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...(typeof address === 'string' && address !== '' ? { address } : {}),
  };
}

/** A phone call's length and end. The export does not say whether it had a picture. */
export function readCall(message: JsonObject): Facts<'call'> {
  const seconds = message['duration_seconds'];
  const durationMs = typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : null;
  return { durationMs, outcome: callOutcome(message['discard_reason'], durationMs), video: false };
}

function callOutcome(reason: Json | undefined, durationMs: number | null): Facts<'call'>['outcome'] {
  if (reason === 'missed' || reason === 'busy') return reason;
  if (reason === 'hangup' || durationMs !== null) return 'answered';
  return 'unknown';
}

/** Who was invited, removed or called, by name; deleted accounts have none and are left out. */
export function readMembers(value: Json | undefined): readonly string[] | null {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : null;
}
