// Bodies that are more than text: places, files, calls, polls. What they hold is only partly documented, so both readings are taken.

import type { Json } from '../../model/json';
import type { MessageFacts } from '../../model/record';
import { countOf, objectsOf, parseJson, words } from '../json-fields';

const bodyLimit = 1 << 16;

/** A body that is JSON; null where it is none. */
const jsonOf = (body: string): Json => (body.length > bodyLimit ? null : (parseJson(body) ?? null));

export interface FileFacts {
  readonly mime: string | null;
  readonly sizeBytes: number | null;
  readonly name: string | null;
  readonly caption: string | null;
}

const mimePattern = /^[\w.+-]{1,64}\/[\w.+-]{1,128}$/;

/** An array has the media type, size and name in this order, behind keys; an object has them by name. */
export function fileOf(body: string): FileFacts {
  const json = jsonOf(body);
  if (Array.isArray(json)) {
    const at = json.findIndex((value) => typeof value === 'string' && mimePattern.test(value));
    const [mime, sizeBytes, name] = at === -1 ? [] : json.slice(at);
    return { mime: words(mime), sizeBytes: countOf(sizeBytes), name: words(name), caption: null };
  }
  if (json === null || typeof json !== 'object') return { mime: null, sizeBytes: null, name: null, caption: null };
  const fields = new Map(Object.entries(json));
  const pick = (...names: readonly string[]): Json => names.map((name) => fields.get(name)).find((value) => value !== undefined) ?? null;
  return {
    mime: words(pick('mimeType', 'm')),
    sizeBytes: countOf(pick('fileSize', 's')),
    name: words(pick('fileName', 'n')),
    caption: words(pick('caption', 'd')),
  };
}

/** `latitude,longitude,accuracy`, then on lines of their own a name and an address, or the address alone. */
export function locationOf(body: string): NonNullable<MessageFacts['location']> | null {
  const [first = '', ...lines] = body.split('\n');
  const [latitude = NaN, longitude = NaN] = first
    .split(',')
    .map((part) => (/^-?\d{1,3}(\.\d{1,20})?$/.test(part.trim()) ? Number(part) : NaN));
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  const [address = '', name = ''] = lines
    .filter((line) => line !== '')
    .slice(0, 2)
    .reverse();
  return { latitude, longitude, ...(name !== '' && { name }), ...(address !== '' && { address }) };
}

type Call = NonNullable<MessageFacts['call']>;

const outcomes = new Map<Json, Call['outcome']>([
  [1, 'missed'],
  [2, 'answered'],
  [3, 'declined'],
]);

/** An object with `status` and `duration` in seconds, by itself or in an array. */
export function callOf(body: string): Call {
  const json = jsonOf(body);
  const [found = {}] = objectsOf(Array.isArray(json) ? json : [json]);
  const fields = new Map(Object.entries(found));
  const durationS = countOf(fields.get('duration'));
  return {
    durationMs: durationS === null ? null : durationS * 1000,
    outcome: outcomes.get(fields.get('status') ?? null) ?? 'unknown',
    video: fields.get('video') === true,
  };
}

/** What a poll's message says of its poll: numbers or words in an array. */
export function pollIdsOf(body: string): readonly string[] {
  const json = jsonOf(body);
  return Array.isArray(json)
    ? json.flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : [])).reverse()
    : [body];
}
