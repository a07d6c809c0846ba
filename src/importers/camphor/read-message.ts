// A line of a month, or an image in a receipt: a portable message.

import type { Json } from '../../model/json';
import type { PortableAttachment, PortableMessage } from '../../model/portable';
import { messageKinds } from '../../model/record';
import { clampTime } from '../../model/time';
import { countLimit, openFields } from './fields';
import type { Fields } from './fields';
import { given, readFacts } from './read-facts';

const attachmentKinds = ['image', 'voice', 'audio', 'video', 'animation', 'sticker', 'file', 'contact'] as const;
const missingReasons = ['omitted', 'not-in-archive', 'not-exported', 'too-large', 'expired', 'unavailable'] as const;
/** What a column of the vault can hold. */
const zoneOffsetLimitMin = 32_767;
const sizeLimitPx = 1_000_000;

export const portableIdPattern = /^[0-9a-f]{32}$/;
const hashPattern = /^[0-9a-f]{64}$/;
const instantPattern = /^([+-]\d\d)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/** The message as far as it is understood, or null where it has no time: then it is no message. Adds what is wrong to `faults`. */
export function readMessage(value: Json | undefined, faults: string[]): PortableMessage | null {
  const fields = openFields(value, 'message', faults);
  if (fields === null) return null;
  const at = fields.text('at');
  if (at === null || readInstant(at) === null) {
    faults.push('message.at');
    return null;
  }
  const text = fields.text('text') ?? '';
  const facts = fields.object('facts');
  const attachments = fields.list('attachments').flatMap((each) => readAttachment(each, faults) ?? []);
  const message: PortableMessage = {
    at,
    ...given('clock', fields.oneOf('clock', ['second', 'minute'] as const)),
    ...given('zoneOffsetMin', fields.whole('zoneOffsetMin', zoneOffsetLimitMin, -zoneOffsetLimitMin)),
    ...given('from', readId(fields, 'from', faults)),
    ...given('sourceId', fields.text('sourceId')),
    ...readKind(fields, faults),
    ...(text === '' ? {} : { text }),
    ...(attachments.length === 0 ? {} : { attachments }),
    ...given('facts', facts === null ? null : readFacts(facts, text.length, faults)),
  };
  fields.close();
  return message;
}

/** A kind that is not known here is shown as unknown. */
function readKind(fields: Fields, faults: string[]): Pick<PortableMessage, 'kind'> {
  const kind = fields.text('kind') ?? 'text';
  const known = messageKinds.find((each) => each === kind);
  if (known === undefined) faults.push('message.kind');
  return known === 'text' ? {} : { kind: known ?? 'unknown' };
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
