// One element of a `messages` array to a neutral message.

import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { Clock, MessageFacts, MessageKind, MessageRecord, Span } from '../../model/record';
import { messageTime } from './clock';
import { hasOtherContent, readExtra } from './extra';
import { readCall, readContact, readEdited, readForward, readLocation, readMembers, readPoll, readReactions, readReply } from './facts';
import { mediaKind, readAttachments } from './media';
import type { MediaPlace } from './media';
import { serviceActions } from './service-actions';
import { collectRichText, readText } from './text';

/** What a message needs to know of its conversation. */
export interface MessageContext {
  /** Number of the conversation in the archive. */
  readonly conversation: number;
  readonly place: MediaPlace;
  /** Index of the person with this `from_id` and `from`, or -1. */
  senderOf(id: Json | undefined, name: Json | undefined): number;
  /** The time of the message before, for `unsupported` ones, which have none. */
  readonly timeBefore: { readonly sentAtMs: number; readonly clock: Clock } | null;
}

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

/** The keys of a message that is text and nothing else: the most frequent by far. */
const plainKeys = new Set(['id', 'type', 'date', 'date_unixtime', 'from', 'from_id', 'text', 'text_entities']);

/** The element as a message; null where it has no time that can be read. */
export function toMessage(element: JsonObject, context: MessageContext, span: Span): MessageRecord | null {
  const type = element['type'];
  const time = messageTime(element['date_unixtime'], element['date']) ?? (type === 'unsupported' ? context.timeBefore : null);
  if (time === null) return null;
  const isService = type === 'service';
  const marked = readText(element['text'], element['text_entities']);
  const plain = type === 'message' && hasOnlyPlainKeys(element);
  const text = marked.text === '' && !plain ? textElsewhere(element) : marked.text;
  let facts: MutableFacts | null = plain ? null : readFacts(element, isService);
  if (marked.entities !== null) (facts ??= {}).entities = marked.entities;
  const kind = plain ? 'text' : kindOf(element, type, text !== '');
  const isForeign = kind === 'unknown' || (isService && !isKnownAction(element));
  const extra = plain && !marked.richer ? null : readExtra(element, marked.richer, isForeign);
  if (extra !== null) (facts ??= {}).extra = extra;
  const id = element['id'];
  return {
    type: 'message',
    conversation: context.conversation,
    sender: senderIndex(element, context),
    sourceId: typeof id === 'number' || typeof id === 'string' ? String(id) : null,
    sentAtMs: time.sentAtMs,
    clock: time.clock,
    kind,
    text,
    attachments: plain ? noAttachments : readAttachments(element, context.place),
    facts,
    entry: span.entry,
    offsetBytes: span.offsetBytes,
    lengthBytes: span.lengthBytes,
  };
}

function hasOnlyPlainKeys(element: JsonObject): boolean {
  for (const key in element) if (!plainKeys.has(key)) return false;
  return true;
}

/** A service message is by its actor; only the oldest and the oddest (`proximity_reached`) name a `from` instead. */
function senderIndex(element: JsonObject, context: MessageContext): number {
  const hasActor = element['actor_id'] !== undefined || element['actor'] !== undefined;
  return hasActor ? context.senderOf(element['actor_id'], element['actor']) : context.senderOf(element['from_id'], element['from']);
}

function kindOf(element: JsonObject, type: Json | undefined, hasText: boolean): MessageKind {
  if (type === 'service') return isCall(element) ? 'call' : 'system';
  if (type !== 'message') return 'unknown';
  const media = mediaKind(element);
  if (media !== null) return media;
  if (element['contact_information'] !== undefined) return 'contact';
  if (element['location_information'] !== undefined || element['place_name'] !== undefined) return 'location';
  if (element['poll'] !== undefined) return 'poll';
  if (element['invoice_information'] !== undefined) return 'transfer';
  if (element['game_title'] !== undefined || element['game_link'] !== undefined) return 'link';
  return !hasText && hasOtherContent(element) ? 'unknown' : 'text';
}

function isCall(element: JsonObject): boolean {
  return element['action'] === 'phone_call' || element['action'] === 'conference_call';
}

/** True for actions that are listed, and for a service message whose own words stand for one. */
function isKnownAction(element: JsonObject): boolean {
  const action = element['action'];
  return typeof action === 'string' ? serviceActions.has(action) : typeof element['information_text'] === 'string';
}

/** The text of messages that do not have it under `text`. */
function textElsewhere(element: JsonObject): string {
  if (typeof element['information_text'] === 'string') return element['information_text'];
  return element['rich_message'] === undefined ? '' : collectRichText(element['rich_message']);
}

function readFacts(element: JsonObject, isService: boolean): MutableFacts | null {
  const facts: MutableFacts = {};
  const reply = readReply(element);
  if (reply !== null) facts.replyTo = reply;
  const forward = readForward(element);
  if (forward !== null) facts.forward = forward;
  const edited = readEdited(element);
  if (edited !== null) facts.edited = edited;
  const reactions = readReactions(element['reactions']);
  if (reactions !== null) facts.reactions = reactions;
  const location = readLocation(element);
  if (location !== null) facts.location = location;
  const contact = readContact(element['contact_information']);
  if (contact !== null) facts.contact = contact;
  const poll = readPoll(element['poll']);
  if (poll !== null) facts.poll = poll;
  if (isService) addService(element, facts);
  return Object.keys(facts).length === 0 ? null : facts;
}

function addService(element: JsonObject, facts: MutableFacts): void {
  if (isCall(element)) {
    facts.call = readCall(element);
    return;
  }
  const action = element['action'];
  const members = readMembers(element['members']);
  const word = typeof action === 'string' && action !== '' ? action : 'information_text';
  facts.service = members === null ? { action: word } : { action: word, members };
}
