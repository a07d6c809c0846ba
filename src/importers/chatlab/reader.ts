// The records of one ChatLab file; both forms bring their objects here, one at a time, with the bytes they lie in.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import type { NeutralRecord, Span } from '../../model/record';
import { folderOf } from '../archive-files';
import { problemOf, structureOf } from '../problem-record';
import type { Head } from './head';
import { toMessage } from './message';
import { personPrefix, toConversation } from './meta';
import { addMember, createPeople } from './people';

export interface ChatLabReader {
  /** The conversation; once, before anything else. */
  begin(): readonly NeutralRecord[];
  takeMember(member: JsonObject, raw: string, span: Span, out: NeutralRecord[]): void;
  takeMessage(message: JsonObject, raw: string, span: Span, out: NeutralRecord[]): void;
}

/** `owner` is the answer to the question of that name, or null. */
export function createReader(files: FileSet, entry: number, head: Head, owner: string | null): ChatLabReader {
  const { meta } = head;
  const ownerId = meta.ownerId ?? owner;
  const place = { conversation: 0, files, folder: folderOf(files.entries[entry]?.path ?? '') };
  let out: NeutralRecord[] = [];
  const people = createPeople(ownerId, personPrefix(meta), (person) => out.push(person));
  return {
    begin: () => [toConversation(meta, ownerId, new Set(head.people.keys()))],
    takeMember(member, raw, span, target) {
      out = target;
      if (addMember(people, member)) out.push(structureOf('member', span));
      else out.push(problemOf('not-understood', raw, span));
    },
    takeMessage(element, raw, span, target) {
      out = target;
      const message = toMessage(element, place, people, span);
      out.push(message ?? problemOf('bad-time', raw, span));
    },
  };
}
