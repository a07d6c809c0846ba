// Manifest, people, conversations and overlays of a snapshot. docs/format.md names the fields.

import type { Json } from '../../model/json';
import { tagLimit } from '../../model/marks';
import type { Manifest, PortableConversation, PortableOverlay, PortablePerson } from '../../model/portable';
import { namingOverlays } from '../../model/portable';
import type { ConversationShape } from '../../model/record';
import type { SourceApp } from '../../model/source';
import { sourceApps } from '../../model/source';
import { countLimit, openFields } from './fields';
import type { Fields } from './fields';
import { isObject } from '../json-fields';
import { given } from './read-facts';
import { portableIdPattern, readId } from './read-message';

/** Messages of one conversation: the vault numbers them in 32 bits. */
export const messagesLimit = 2 ** 31 - 1;
export const shapes: readonly ConversationShape[] = ['direct', 'group', 'channel', 'self', 'unknown'];
export const monthPattern = /^([+-]\d\d)?\d{4}-\d\d$/;
const kindPattern = /^[a-z][a-z-]{0,39}$/;

/** Null for what is no manifest of ours; of a newer version no more is read than that. */
export function readManifest(value: Json | undefined): Manifest | null {
  const fields = openFields(value, 'manifest', []);
  if (fields === null || fields.text('format') !== 'camphor') return null;
  const version = fields.whole('version', countLimit);
  const readableBy = fields.whole('readableBy', countLimit) ?? version;
  if (version === null || readableBy === null) return null;
  const count = (name: string): number => fields.whole(name, countLimit) ?? 0;
  return {
    format: 'camphor',
    version,
    readableBy,
    conversations: count('conversations'),
    messages: count('messages'),
    people: count('people'),
    media: count('media'),
    mediaBytes: count('mediaBytes'),
    receipts: count('receipts'),
  };
}

export function readPerson(value: Json | undefined, faults: string[]): PortablePerson | null {
  const fields = openFields(value, 'person', faults);
  if (fields === null) return null;
  const id = readId(fields, 'id', faults);
  if (id === null) return null;
  const source = readSource(fields);
  const person: PortablePerson = {
    id,
    source,
    ...given('sourceId', fields.text('sourceId')),
    ...given('conversation', readId(fields, 'conversation', faults)),
    names: fields.texts('names'),
    ...(fields.flag('isOwner') ? { isOwner: true } : {}),
  };
  fields.close();
  return person;
}

export function readConversation(value: Json | undefined, faults: string[]): PortableConversation | null {
  const fields = openFields(value, 'conversation', faults);
  if (fields === null) return null;
  const id = readId(fields, 'id', faults);
  if (id === null) return null;
  const source = readSource(fields);
  const conversation: PortableConversation = {
    id,
    source,
    ...given('sourceId', fields.text('sourceId')),
    names: fields.texts('names'),
    shape: fields.oneOf('shape', shapes) ?? 'unknown',
    people: readIds(fields, 'people', faults),
    ownerPeople: readIds(fields, 'ownerPeople', faults),
    ...given('zone', fields.text('zone')),
    messages: fields.whole('messages', messagesLimit) ?? 0,
    months: readMonths(fields, faults),
  };
  fields.close();
  return conversation;
}

/** A source that this version does not know is another one. */
export function readSource(fields: Fields): SourceApp {
  return fields.oneOf('source', sourceApps) ?? 'other';
}

export function readIds(fields: Fields, name: string, faults: string[]): string[] {
  const ids = fields.texts(name);
  const right = ids.filter((id) => portableIdPattern.test(id));
  if (right.length < ids.length) faults.push(`${name}: no id`);
  return right;
}

function readMonths(fields: Fields, faults: string[]): PortableConversation['months'] {
  let all = 0;
  return fields.list('months').flatMap((each) => {
    const [month, messages] = Array.isArray(each) ? (each as readonly Json[]) : [];
    const isRight =
      typeof month === 'string' &&
      monthPattern.test(month) &&
      typeof messages === 'number' &&
      Number.isInteger(messages) &&
      messages >= 0 &&
      (all += messages) <= messagesLimit;
    if (!isRight) faults.push('conversation.months');
    return isRight ? [[month, messages] as const] : [];
  });
}

export function readOverlay(value: Json | undefined, faults: string[]): PortableOverlay | null {
  const fields = openFields(value, 'overlay', faults);
  const kind = fields?.text('kind') ?? null;
  const subject = fields?.text('subject') ?? null;
  const written = fields?.json('fields');
  if (fields === null || kind === null || !kindPattern.test(kind) || subject === null) return null;
  if (!isObject(written)) return null;
  const read = new Map<string, PortableOverlay['fields'][string]>();
  for (const [name, each] of Object.entries(written)) {
    const field = readOverlayField(each, faults);
    if (field !== null && (kindPattern.test(name) || isTagName(kind, name) || isPersonName(kind, name))) read.set(name, field);
  }
  const removed = fields.object('removed');
  const known = removed === null ? null : readRemoved(removed);
  fields.close();
  return read.size === 0 ? null : { kind, subject, fields: Object.fromEntries(read), ...given('removed', known) };
}

/** Tags of a message are fields under their own names. */
const isTagName = (kind: string, name: string): boolean => kind === 'tag' && name !== '' && name.length <= 4 * tagLimit;

/** Of a person those who are somebody else, each a field named after them. */
const isPersonName = (kind: string, name: string): boolean => namingOverlays.has(kind) && portableIdPattern.test(name);

const hashLimit = 2 ** 32 - 1;
const hashesLimit = 4096;

function readRemoved(fields: Fields): NonNullable<PortableOverlay['removed']> {
  const hashes = fields.list('hashes').filter((hash): hash is number => typeof hash === 'number' && hash >= 0 && hash <= hashLimit);
  const removed = {
    source: readSource(fields),
    ...given('sourceId', fields.text('sourceId')),
    ...given('name', fields.text('name')),
    hashes: hashes.slice(0, hashesLimit),
  };
  fields.close();
  return removed;
}

function readOverlayField(value: Json, faults: string[]): PortableOverlay['fields'][string] | null {
  const fields = openFields(value, 'overlay.field', faults);
  const stamp = fields?.object('stamp') ?? null;
  if (fields === null || stamp === null) return null;
  const wallMs = stamp.whole('wallMs', countLimit);
  const counter = stamp.whole('counter', countLimit);
  const device = stamp.text('device');
  stamp.close();
  const text = fields.text('value');
  fields.close();
  return wallMs === null || counter === null || device === null ? null : { value: text, stamp: { wallMs, counter, device } };
}
