// One message of Skype to a record. Its content is half HTML, half XML.

import { attributeOf, findElement, findElements, shownTextOf, textOf } from '../../bytes/html-query';
import type { HtmlElement, HtmlNode } from '../../bytes/html-elements';
import { parseHtml } from '../../bytes/html-tree';
import type { Json, JsonObject } from '../../model/json';
import {
  noAttachments,
  type MessageFacts,
  type MessageKind,
  type MessageRecord,
  type NeutralRecord,
  type Reaction,
  type Span,
} from '../../model/record';
import { messageKindOf } from '../file-kind';
import { markOf, readMarkedHtml, type Mark } from '../html-text';
import { parseInstant } from '../instant';
import { membersBeyond, objectOf, objectsOf, parseJson, words } from '../json-fields';
import type { People } from '../people';
import { readFile, type MediaIndex } from './media';
import { emojiOf, fileTypes, serviceActions } from './message-types';

export interface MessagePlace {
  readonly conversation: number;
  readonly conversationId: string | null;
  readonly conversationName: string | null;
  readonly people: People;
  readonly media: MediaIndex;
  readonly span: Span;
}

const knownKeys = new Set([
  'id',
  'displayName',
  'originalarrivaltime',
  'messagetype',
  'version',
  'content',
  'conversationid',
  'from',
  'properties',
  'amsreferences',
]);
const knownProperties = new Set(['emotions', 'edittime', 'deletetime']);

/** The record; null where the message has no time. Appends its sender to `out` where they are new. */
export function toMessage(message: JsonObject, raw: string, place: MessagePlace, out: NeutralRecord[]): MessageRecord | null {
  const sentAtMs = timeOf(message);
  if (sentAtMs === null) return null;
  const type = words(message['messagetype']) ?? '';
  const nodes = parseHtml(typeof message['content'] === 'string' ? message['content'] : '', { selfCloses: true });
  const from = words(message['from']);
  const content = readContent(type, nodes, message, place);
  // Service messages of a thread are from the thread itself.
  const isPerson = from !== null && !from.startsWith('19:');
  const name = words(message['displayName']) ?? (from === place.conversationId ? place.conversationName : null);
  const sender = isPerson ? place.people.withId(from, name, out) : -1;
  const properties = objectOf(message['properties']) ?? {};
  const rest = membersBeyond(properties, knownProperties);
  const extra = {
    ...membersBeyond(message, knownKeys),
    ...(rest === null ? {} : { properties: rest }),
    ...(content.isPlain ? {} : { raw: message['content'] ?? raw, messagetype: type }),
  };
  const facts: MessageFacts = {
    ...content.facts,
    ...readEdit(nodes, properties),
    ...(properties['deletetime'] === undefined || properties['deletetime'] === null ? {} : { deleted: { by: 'sender' } as const }),
    ...readReactions(properties['emotions'], place.people),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  return {
    type: 'message',
    conversation: place.conversation,
    sender,
    sourceId: words(message['id']),
    sentAtMs,
    clock: 'absolute',
    kind: content.kind,
    text: content.text,
    attachments: content.attachments ?? noAttachments,
    facts: Object.keys(facts).length === 0 ? null : facts,
    ...place.span,
  };
}

/** When the server got it; else its id, which is that time in ms. */
function timeOf(message: JsonObject): number | null {
  const arrived = words(message['originalarrivaltime']);
  const instant = arrived === null ? null : parseInstant(arrived, 'utc');
  if (instant !== null) return instant;
  const id = words(message['id']);
  return id !== null && /^1\d{12}$/.test(id) ? Number(id) : null;
}

interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly facts: MessageFacts;
  readonly attachments?: MessageRecord['attachments'];
  /** False where the content says more than the record does; then it is kept whole. */
  readonly isPlain: boolean;
}

function readContent(type: string, nodes: readonly HtmlNode[], message: JsonObject, place: MessagePlace): Content {
  const root = { children: nodes };
  if (type === 'Text' || type === 'RichText' || type === '') return readRichText(nodes);
  const fileType = fileTypes.get(type);
  const file = fileType === undefined ? null : readFile(nodes, message['amsreferences'], fileType, place.media);
  if (file !== null) return { kind: messageKindOf(file.kind), text: '', facts: {}, attachments: [file], isPlain: false };
  if (type === 'Event/Call') return { kind: 'call', text: '', facts: { call: readCall(root) }, isPlain: false };
  if (type === 'RichText/Location') return { kind: 'location', text: '', facts: readPlace(root), isPlain: false };
  if (type === 'RichText/Contacts') return { kind: 'contact', text: '', facts: readContact(root), isPlain: false };
  const action = serviceActions.get(type.toLowerCase());
  if (action === undefined) return { kind: 'unknown', text: shownTextOf(nodes), facts: {}, isPlain: false };
  const members = findElements(root, 'target')
    .map((target) => shownTextOf(target))
    .filter((id) => id !== '');
  const names = members.map((id) => place.people.nameOf(id) ?? id);
  return { kind: 'system', text: '', facts: { service: { action, ...(names.length === 0 ? {} : { members: names }) } }, isPlain: false };
}

/** Text with its marks; a quotation at its start is what it answers. */
function readRichText(nodes: readonly HtmlNode[]): Content {
  const [first] = nodes;
  const quote = typeof first === 'object' && first.name === 'quote' ? first : null;
  const { text, entities } = readMarkedHtml(quote === null ? nodes : nodes.slice(1), markOfSkype);
  const replyTo = quote === null ? null : readQuote(quote);
  const facts: MessageFacts = { ...(replyTo === null ? {} : { replyTo }), ...(entities === null ? {} : { entities }) };
  return { kind: 'text', text, facts, isPlain: true };
}

function markOfSkype(element: HtmlElement): Mark {
  if (element.name === 'legacyquote' || element.name === 'e_m') return 'skip';
  if (element.name === 'quote') return { type: 'blockquote' };
  return element.name === 'at' ? { type: 'mention' } : markOf(element);
}

function readQuote(quote: HtmlElement): NonNullable<MessageFacts['replyTo']> {
  const conversation = attributeOf(quote, 'conversation');
  const excerpt = readMarkedHtml(quote.children, markOfSkype).text;
  return { sourceId: attributeOf(quote, 'messageid'), ...(conversation === null ? {} : { conversationSourceId: conversation }), excerpt };
}

function readEdit(nodes: readonly HtmlNode[], properties: JsonObject): MessageFacts {
  const mark = findElement({ children: nodes }, 'e_m');
  const editedAtMs = Number((mark && attributeOf(mark, 'ts_ms')) ?? properties['edittime'] ?? Number.NaN);
  if (mark === null && (properties['edittime'] ?? null) === null) return {};
  return { edited: { editedAtMs: Number.isSafeInteger(editedAtMs) && editedAtMs > 0 && editedAtMs < 8.64e15 ? editedAtMs : null } };
}

/** `emotions`: a list, or a text that holds one. */
function readReactions(value: Json | undefined, people: People): MessageFacts {
  const list = typeof value === 'string' ? parseJson(value) : value;
  const reactions = objectsOf(list).flatMap((emotion): Reaction[] => {
    const key = words(emotion['key']);
    const users = objectsOf(emotion['users']);
    if (key === null || users.length === 0) return [];
    return [
      {
        emoji: emojiOf(key),
        count: users.length,
        by: users.flatMap(({ mri }) => (typeof mri === 'string' ? [people.nameOf(mri) ?? mri] : [])),
      },
    ];
  });
  return reactions.length === 0 ? {} : { reactions };
}

function readCall(root: { readonly children: readonly HtmlNode[] }): NonNullable<MessageFacts['call']> {
  const list = findElement(root, 'partlist');
  const type = list && attributeOf(list, 'type');
  const seconds = Math.max(0, ...findElements(root, 'duration').map((duration) => Number(textOf(duration)) || 0));
  const outcome = type === 'missed' ? 'missed' : type === 'ended' && seconds > 0 ? 'answered' : 'unknown';
  return { durationMs: seconds > 0 ? Math.round(seconds * 1000) : null, outcome, video: false };
}

/** Degrees, or millionths of them. */
function readPlace(root: { readonly children: readonly HtmlNode[] }): MessageFacts {
  const element = findElement(root, 'location');
  const [latitude, longitude] = ['latitude', 'longitude'].map((name) => Number((element && attributeOf(element, name)) ?? Number.NaN));
  if (element === null || latitude === undefined || longitude === undefined || !Number.isFinite(latitude) || !Number.isFinite(longitude))
    return {};
  const scale = Math.abs(latitude) > 90 || Math.abs(longitude) > 180 ? 1e6 : 1;
  const address = attributeOf(element, 'address');
  return { location: { latitude: latitude / scale, longitude: longitude / scale, ...(address === null ? {} : { address }) } };
}

function readContact(root: { readonly children: readonly HtmlNode[] }): MessageFacts {
  const card = findElement(root, 'c');
  const name = card && (attributeOf(card, 'f') ?? attributeOf(card, 's'));
  return name === null ? {} : { contact: { name } };
}
