// The records of one ChatLab file; both forms bring their objects here, one at a time, with the bytes they lie in.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import { problemRawLimitBytes } from '../../model/problem';
import type { ProblemCode } from '../../model/problem';
import type { NeutralRecord, Span } from '../../model/record';
import type { Head } from './head';
import { toMessage } from './message';
import { personPrefix, toConversation } from './meta';
import { addMember, createPeople } from './people';

export interface ChatLabReader {
  /** Emits the conversation; once, before anything else. */
  begin(out: NeutralRecord[]): void;
  takeMember(member: JsonObject, raw: string, span: Span, out: NeutralRecord[]): void;
  takeMessage(message: JsonObject, raw: string, span: Span, out: NeutralRecord[]): void;
}

/** `owner` is the answer to the question of that name, or null. */
export function createReader(files: FileSet, entry: number, head: Head, owner: string | null): ChatLabReader {
  const { meta } = head;
  const ownerId = meta.ownerId ?? owner;
  const path = files.entries[entry]?.path ?? '';
  const place = { conversation: 0, files, folder: path.slice(0, path.lastIndexOf('/') + 1) };
  let out: NeutralRecord[] = [];
  const people = createPeople(ownerId, personPrefix(meta), (person) => out.push(person));
  return {
    begin(target) {
      target.push(toConversation(meta, ownerId, new Set(head.people.keys())));
    },
    takeMember(member, raw, span, target) {
      out = target;
      if (addMember(people, member)) out.push({ type: 'structure', name: 'member', ...span });
      else out.push(problemOf('not-understood', raw, span));
    },
    takeMessage(element, raw, span, target) {
      out = target;
      const message = toMessage(element, place, people, span);
      out.push(message ?? problemOf('bad-time', raw, span));
    },
  };
}

/** A problem with as much of the piece as may be kept. */
export function problemOf(code: ProblemCode, raw: string, span: Span): NeutralRecord {
  const { entry, offsetBytes, lengthBytes } = span;
  return { type: 'problem', problem: { code, raw: rawOf(raw) }, entry, offsetBytes, lengthBytes };
}

function rawOf(text: string): string {
  if (text.length * 3 <= problemRawLimitBytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(problemRawLimitBytes));
  return text.slice(0, read);
}
