// What is attached to a Hangouts message: pictures and videos by their addresses, places, and other cards.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import type { AttachmentRecord, MessageFacts } from '../../model/record';
import { attach } from '../file-kind';
import { objectOf, objectsOf, words } from '../json-fields';

export interface Embeds {
  readonly attachments: readonly AttachmentRecord[];
  readonly location: NonNullable<MessageFacts['location']> | null;
  /** All of them as they stand, with their addresses. */
  readonly cards: readonly JsonObject[];
}

const mediaKinds = new Map<string, AttachmentRecord['kind']>([
  ['PHOTO', 'image'],
  ['ANIMATED_PHOTO', 'animation'],
  ['VIDEO', 'video'],
]);

/** Files lie beside Hangouts.json under the last part of their address, where they are there. */
export function readEmbeds(value: Json | undefined, files: FileSet, folder: string): Embeds {
  const cards = objectsOf(value);
  const attachments: AttachmentRecord[] = [];
  let location: Embeds['location'] = null;
  for (const card of cards) {
    const item = objectOf(card['embed_item']);
    const photo = memberOf(item, 'plus_photo');
    const audio = memberOf(item, 'plus_audio_v2');
    location ??= readPlace(memberOf(item, 'place_v2'));
    const address = words(photo?.['original_content_url']) ?? words(photo?.['url']) ?? words(objectOf(photo?.['thumbnail'])?.['image_url']);
    if (photo !== null) attachments.push(attachAt(files, folder, mediaKinds.get(words(photo['media_type']) ?? '') ?? 'image', address));
    if (audio !== null) attachments.push(attachAt(files, folder, 'voice', words(audio['url'])));
  }
  return { attachments, location, cards };
}

/** A member by its name, or by its name behind that of its kind: `embeds.PlusPhoto.plus_photo`. */
function memberOf(item: JsonObject | null, name: string): JsonObject | null {
  if (item === null) return null;
  const key = Object.keys(item).find((known) => known === name || known.endsWith(`.${name}`));
  return key === undefined ? null : objectOf(item[key]);
}

function attachAt(files: FileSet, folder: string, kind: AttachmentRecord['kind'], address: string | null): AttachmentRecord {
  const last = address?.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
  return attach(files, folder, { kind, path: last === '' ? null : decode(last) });
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function readPlace(place: JsonObject | null): Embeds['location'] {
  const key = Object.keys(place ?? {}).find((name) => name === 'geo' || name.startsWith('geo_coordinates'));
  const geo = key === undefined ? null : objectOf(place?.[key]);
  const point = memberOf(geo, 'geo_coordinates_v2') ?? geo;
  const [latitude, longitude] = [point?.['latitude'], point?.['longitude']];
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null;
  const name = words(place?.['name']);
  return { latitude, longitude, ...(name === null ? {} : { name }) };
}
