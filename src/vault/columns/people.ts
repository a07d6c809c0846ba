// The columns `people` and `kinds`: who, and what sort of message.
//
// people: the ids that occur, each once, in order of appearance; then for each message its id's place plus one, 0 for none.
// kinds: one byte a message, the place in `messageKinds` (which only grows at its end).

import { CamphorError } from '../../model/error';
import type { PersonId } from '../../model/ids';
import type { Message } from '../../model/message';
import { messageKinds } from '../../model/record';
import type { SegmentColumns } from '../archive';
import { utf8Bytes, utf8Text } from '../utf8';
import { byteReader, byteWriter } from '../varint';

export type PeopleColumn = NonNullable<SegmentColumns['people']>;

export function encodePeople(messages: readonly Message[]): Uint8Array<ArrayBuffer> {
  const places = new Map<PersonId, number>();
  const indexes = messages.map(({ sender }) => {
    if (sender === null) return 0;
    const place = places.get(sender) ?? places.size + 1;
    places.set(sender, place);
    return place;
  });
  const writer = byteWriter(messages.length + 64);
  writer.varint(places.size);
  for (const id of places.keys()) {
    const bytes = utf8Bytes(id);
    writer.varint(bytes.length);
    writer.bytes(bytes);
  }
  writer.varint(indexes.length);
  for (const index of indexes) writer.varint(index);
  return writer.finish();
}

/** Throws CamphorError `damaged` for bytes that `encodePeople` does not make. */
export function decodePeople(bytes: Uint8Array): PeopleColumn {
  const reader = byteReader(bytes);
  const count = reader.varint();
  if (count > bytes.length) throw new CamphorError('damaged');
  const ids = Array.from({ length: count }, () => utf8Text(reader.bytes(reader.varint())) as PersonId);
  const length = reader.varint();
  if (length > reader.left()) throw new CamphorError('damaged');
  const index = new Int32Array(length);
  for (let at = 0; at < length; at += 1) {
    const place = reader.varint();
    if (place > ids.length) throw new CamphorError('damaged');
    index[at] = place - 1;
  }
  return { ids, index };
}

export function encodeKinds(messages: readonly Message[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(messages, ({ kind }) => messageKinds.indexOf(kind));
}
