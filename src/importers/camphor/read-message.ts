// A line of a month, or an image in a receipt: a portable message.

import type { Json } from '../../model/json';
import type { PortableAttachment, PortableMessage } from '../../model/portable';
import { messageKinds } from '../../model/record';
import { clampTime } from '../../model/time';
import { countLimit, openFields } from './fields';
import type { Fields } from './fields';
import { isObject } from '../json-fields';
import { given, readFacts } from './read-facts';

const attachmentKinds = ['image', 'voice', 'audio', 'video', 'animation', 'sticker', 'file', 'contact'] as const;
const missingReasons = ['omitted', 'not-in-archive', 'not-exported', 'too-large', 'expired', 'unavailable'] as const;
/** What a column of the vault can hold. */
const zoneOffsetLimitMin = 32_767;
const sizeLimitPx = 1_000_000;

export const portableIdPattern = /^[0-9a-f]{32}$/;
const hashPattern = /^[0-9a-f]{64}$/;
const instantPattern = /^([+-]\d\d)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

type Draft = { -readonly [Name in keyof PortableMessage]: PortableMessage[Name] };

/**
 * The message as far as it is understood, or null where it has no time: then it is no message. Adds what is wrong to `faults`.
 * Written out by hand, since a life has millions of lines.
 */
export function readMessage(value: Json | undefined, faults: string[]): PortableMessage | null {
  if (!isObject(value)) {
    faults.push('message: no object');
    return null;
  }
  const message: Draft = { at: '' };
  for (const name of Object.keys(value)) {
    const given = value[name];
    if (given !== undefined && given !== null && !takeField(message, name, given, faults))
      faults.push(knownFields.has(name) ? `message.${name}` : 'message: unknown field');
  }
  if (message.at === '') {
    if (!faults.includes('message.at')) faults.push('message.at');
    return null;
  }
  const facts = Object.hasOwn(value, 'facts') ? openFields(value['facts'], 'message.facts', faults) : null;
  const read = facts === null ? null : readFacts(facts, message.text?.length ?? 0, faults);
  if (read !== null) message.facts = read;
  return message;
}

const knownFields: ReadonlySet<string> = new Set([
  'at',
  'clock',
  'zoneOffsetMin',
  'from',
  'sourceId',
  'kind',
  'text',
  'attachments',
  'facts',
]);

/** False where the value is not of its field. */
function takeField(message: Draft, name: string, value: Json, faults: string[]): boolean {
  if (name === 'zoneOffsetMin') return takeOffset(message, value);
  if (name === 'attachments') return takeAttachments(message, value, faults);
  if (name === 'facts') return true;
  if (typeof value !== 'string') return false;
  if (name === 'at' && readInstant(value) !== null) message.at = value;
  else if (name === 'text') takeText(message, value);
  else if (name === 'from' && portableIdPattern.test(value)) message.from = value;
  else if (name === 'sourceId') message.sourceId = value;
  else if (name === 'clock' && (value === 'second' || value === 'minute')) message.clock = value;
  else if (name === 'kind') return takeKind(message, value);
  else return false;
  return true;
}

function takeText(message: Draft, text: string): void {
  if (text !== '') message.text = text;
}

/** A kind that is not known here is shown as unknown. */
function takeKind(message: Draft, kind: string): boolean {
  const known = messageKinds.find((each) => each === kind);
  if (known !== 'text') message.kind = known ?? 'unknown';
  return known !== undefined;
}

function takeOffset(message: Draft, value: Json): boolean {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > zoneOffsetLimitMin) return false;
  message.zoneOffsetMin = value;
  return true;
}

function takeAttachments(message: Draft, value: Json, faults: string[]): boolean {
  if (!Array.isArray(value)) return false;
  const attachments = (value as readonly Json[]).flatMap((each) => readAttachment(each, faults) ?? []);
  if (attachments.length > 0) message.attachments = attachments;
  return true;
}

/** Ms since 1970, within what a message's time is kept; null for what is no instant. */
export function readInstant(at: string): number | null {
  const atMs = instantPattern.test(at) ? Date.parse(at) : Number.NaN;
  return Number.isNaN(atMs) ? null : clampTime(atMs);
}

/** A portable id; null where it is absent, and a fault where it is none. */
export function readId(fields: Fields, name: string, faults: string[]): string | null {
  const id = fields.text(name);
  if (id === null || portableIdPattern.test(id)) return id;
  faults.push(`${name}: no id`);
  return null;
}

export function isHash(text: string): boolean {
  return hashPattern.test(text);
}

function readAttachment(value: Json, faults: string[]): PortableAttachment | null {
  const fields = openFields(value, 'attachment', faults);
  if (fields === null) return null;
  const sha256 = fields.text('sha256');
  if (sha256 !== null && !isHash(sha256)) faults.push('attachment.sha256');
  const attachment: PortableAttachment = {
    kind: fields.oneOf('kind', attachmentKinds) ?? 'file',
    ...given('name', fields.text('name')),
    ...given('missing', fields.oneOf('missing', missingReasons)),
    ...given('mime', fields.text('mime')),
    ...given('sizeBytes', fields.whole('sizeBytes', countLimit)),
    ...given('widthPx', fields.number('widthPx', 0, sizeLimitPx)),
    ...given('heightPx', fields.number('heightPx', 0, sizeLimitPx)),
    ...given('durationMs', fields.number('durationMs', 0, countLimit)),
    ...given('sha256', sha256 !== null && isHash(sha256) ? sha256 : null),
  };
  fields.close();
  return attachment;
}
