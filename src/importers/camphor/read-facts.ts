// The facts of a portable message. docs/format.md names the fields.

import type { MessageFacts, OlderText, Reaction, TextEntity } from '../../model/record';
import { isObject } from '../json-fields';
import type { Fields } from './fields';
import { countLimit, openFields } from './fields';

const entityTypes: readonly TextEntity['type'][] = [
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'code',
  'pre',
  'blockquote',
  'spoiler',
  'link',
  'mention',
  'hashtag',
  'email',
  'phone',
  'other',
];
const outcomes = ['answered', 'missed', 'declined', 'busy', 'unknown'] as const;

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

/** The facts that are understood; faults for the others. Entities lie inside a text of `textLength` UTF-16 units. */
export function readFacts(fields: Fields, textLength: number, faults: string[]): MessageFacts | null {
  const facts: MutableFacts = {};
  readReferences(fields, facts);
  readHistory(fields, facts, faults);
  readContent(fields, facts, faults);
  const entities = readAll(fields, 'entities', faults, (entity) => readEntity(entity, textLength));
  if (entities !== null) facts.entities = entities;
  const extra = fields.json('extra');
  if (isObject(extra)) facts.extra = extra;
  else if (extra !== undefined) faults.push('facts.extra');
  fields.close();
  return Object.keys(facts).length === 0 ? null : facts;
}

/** The key with its value, unless it is null: for fields that are left out rather than null. */
export function given<Name extends string, Value>(name: Name, value: Value | null): { readonly [Key in Name]?: Value } {
  return value === null ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}

/** Items that could be read; null where there is no such list. */
function readAll<Item>(fields: Fields, name: string, faults: string[], read: (item: Fields) => Item | null): Item[] | null {
  if (!fields.has(name)) return null;
  const items: Item[] = [];
  for (const each of fields.list(name)) {
    const item = openFields(each, name, faults);
    const value = item === null ? null : read(item);
    if (value !== null) items.push(value);
    else if (item !== null) faults.push(name);
    item?.close();
  }
  return items;
}

function readReferences(fields: Fields, facts: MutableFacts): void {
  const reply = fields.object('replyTo');
  if (reply !== null) {
    facts.replyTo = {
      sourceId: reply.text('sourceId'),
      ...given('conversationSourceId', reply.text('conversationSourceId')),
      ...given('excerpt', reply.text('excerpt')),
    };
    reply.close();
  }
  const forward = fields.object('forward');
  if (forward !== null) {
    facts.forward = {
      fromName: forward.text('fromName'),
      ...given('fromSourceId', forward.text('fromSourceId')),
      ...given('sentAtMs', forward.number('sentAtMs', -countLimit, countLimit)),
    };
    forward.close();
  }
}

function readHistory(fields: Fields, facts: MutableFacts, faults: string[]): void {
  const edited = fields.object('edited');
  if (edited !== null) facts.edited = { editedAtMs: edited.number('editedAtMs', -countLimit, countLimit) };
  edited?.close();
  const olderTexts = readAll(fields, 'olderTexts', faults, readOlderText);
  if (olderTexts !== null) facts.olderTexts = olderTexts;
  const deleted = fields.object('deleted');
  if (deleted !== null) facts.deleted = { by: deleted.oneOf('by', ['sender', 'admin', 'unknown'] as const) ?? 'unknown' };
  deleted?.close();
  const reactions = readAll(fields, 'reactions', faults, readReaction);
  if (reactions !== null) facts.reactions = reactions;
}

function readOlderText(fields: Fields): OlderText | null {
  const text = fields.text('text');
  const editedAtMs = fields.number('editedAtMs', -countLimit, countLimit);
  return text === null ? null : { text, editedAtMs };
}

function readReaction(fields: Fields): Reaction | null {
  const emoji = fields.text('emoji');
  const count = fields.whole('count', countLimit);
  const by = fields.texts('by');
  return emoji === null || count === null ? null : { emoji, count, by };
}

function readEntity(fields: Fields, textLength: number): TextEntity | null {
  const type = fields.oneOf('type', entityTypes);
  const offset = fields.whole('offset', textLength);
  const length = fields.whole('length', textLength);
  const href = fields.text('href');
  if (type === null || offset === null || length === null || offset + length > textLength) return null;
  return { type, offset, length, ...given('href', href) };
}

function readContent(fields: Fields, facts: MutableFacts, faults: string[]): void {
  readPlaceAndContact(fields, facts);
  const call = fields.object('call');
  if (call !== null) {
    const durationMs = call.number('durationMs', 0, countLimit);
    facts.call = { durationMs, outcome: call.oneOf('outcome', outcomes) ?? 'unknown', video: call.flag('video') };
    call.close();
  }
  const poll = fields.object('poll');
  if (poll !== null) {
    const options = readAll(poll, 'options', faults, readOption) ?? [];
    const closed = poll.has('closed') ? { closed: poll.flag('closed') } : {};
    facts.poll = { question: poll.text('question') ?? '', ...closed, options };
    poll.close();
  }
  const service = fields.object('service');
  if (service === null) return;
  const members = service.has('members') ? { members: service.texts('members') } : {};
  facts.service = { action: service.text('action') ?? '', ...members };
  service.close();
}

function readPlaceAndContact(fields: Fields, facts: MutableFacts): void {
  const location = fields.object('location');
  const latitude = location?.number('latitude', -countLimit, countLimit) ?? null;
  const longitude = location?.number('longitude', -countLimit, countLimit) ?? null;
  if (location !== null && latitude !== null && longitude !== null)
    facts.location = { latitude, longitude, ...given('name', location.text('name')), ...given('address', location.text('address')) };
  location?.close();
  const contact = fields.object('contact');
  if (contact !== null) facts.contact = { name: contact.text('name') ?? '', ...given('phone', contact.text('phone')) };
  contact?.close();
}

function readOption(fields: Fields): { text: string; votes: number } | null {
  const text = fields.text('text');
  const votes = fields.whole('votes', countLimit);
  return text === null || votes === null ? null : { text, votes };
}
