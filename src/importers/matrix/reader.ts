// Events of a room to records.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import type { NeutralRecord, Span } from '../../model/record';
import { objectOf, words } from '../json-fields';
import type { JsonTaker } from '../json-pieces';
import type { People } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { indexFiles } from './files';
import { toMessage } from './message';
import { relationOf, type Relations } from './relations';

/** A taker of the pieces of one export.json. */
export function createTaker(files: FileSet, entry: number, people: People, relations: Relations): JsonTaker {
  const index = indexFiles(files, files.entries[entry]?.path ?? '');
  const nameless = new Set<string>();
  /** Events with relations that were read: what changes others, which the file does not hold, is a message by itself. */
  const known = new Set<string>();
  const takeMember = (event: JsonObject, out: NeutralRecord[]) => {
    const id = words(event['state_key']);
    const name = words(objectOf(event['content'])?.['displayname']);
    if (event['type'] !== 'm.room.member' || id === null || name === null) return;
    people.withId(id, name, out);
    nameless.delete(id);
  };
  const personOf = (id: string | null, out: NeutralRecord[]): number => {
    if (id === null) return -1;
    if (people.nameOf(id) === null) nameless.add(id);
    return people.withId(id, null, out);
  };
  const takeEvent = (event: JsonObject, raw: string, span: Span, out: NeutralRecord[]) => {
    takeMember(event, out);
    const sourceId = words(event['event_id']);
    const relation = relationOf(event);
    if (relation !== null && known.has(relation.eventId)) return structureOf(relation.kind, span);
    if (sourceId !== null && relations.has(sourceId)) known.add(sourceId);
    const sender = personOf(words(event['sender']), out);
    const related = sourceId === null ? undefined : relations.get(sourceId);
    return toMessage(event, { sender, span, related, people, files: index, raw }) ?? problemOf('bad-time', raw, span);
  };
  return {
    takeItem: (event, { text, span }, out) => void out.push(takeEvent(event, text, span, out)),
    takeMember: (_, { parent }) => (parent.length === 0 ? 'room' : null),
    end: (out) => {
      for (const id of nameless) people.withId(id, localPart(id), out);
    },
  };
}

/** `bob` of `@bob:example.org`. */
function localPart(id: string): string {
  return /^@([^:]+):/.exec(id)?.[1] ?? id;
}
