// Conversations of WeCom's archive: a group has an id, a chat of two is known by who takes part.

import type { JsonObject } from '../../model/json';
import type { NeutralRecord } from '../../model/record';
import { idOf, words } from '../json-fields';

export interface Rooms {
  /** Number of the conversation of a message, made known where new. */
  indexOf(message: JsonObject, out: NeutralRecord[]): number;
}

/** `owner` is an id, or null. */
export function createRooms(owner: string | null): Rooms {
  const indexes = new Map<string, number>();
  return {
    indexOf(message, out) {
      const room = words(message['roomid']);
      const parties = [...new Set([message['from'], ...listOf(message['tolist'])].flatMap((id) => idOf(id) ?? []))].sort();
      const sourceId = room === null ? `direct:${parties.join(',')}` : `room:${room}`;
      const known = indexes.get(sourceId);
      if (known !== undefined) return known;
      const index = indexes.size;
      indexes.set(sourceId, index);
      const others = parties.filter((id) => id !== owner);
      const name = room === null ? others.join(', ') || null : null;
      out.push({ type: 'conversation', index, sourceId, name, shape: room === null ? 'direct' : 'group' });
      return index;
    },
  };
}

function listOf(value: JsonObject[string] | undefined): readonly JsonObject[string][] {
  return Array.isArray(value) ? value : [];
}
