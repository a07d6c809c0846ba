// The elements of qq-chat-exporter's JSON to records.

import type { FileSet } from '../../../bytes/source';
import type { JsonObject } from '../../../model/json';
import type { NeutralRecord } from '../../../model/record';
import { folderOf } from '../../archive-files';
import type { JsonTaker } from '../../json-pieces';
import { problemOf } from '../../problem-record';
import { toMessage } from './message';
import { createSenders } from './senders';

const knownMembers = new Set<string | number>(['metadata', 'chatInfo', 'statistics', 'avatars', 'exportOptions', 'chunkInfo', 'chunked']);

/** The name of the structure that a member beside the messages is. */
export function memberName(key: string | number): string {
  return knownMembers.has(key) ? String(key) : 'other';
}

/** Of the file `entry`; files of messages lie beside it, or beside its folder. `owner` answers the question of that name. */
export function createTaker(files: FileSet, entry: number, chat: JsonObject, owner: string | null): JsonTaker {
  const folder = folderOf(files.entries[entry]?.path ?? '');
  let out: NeutralRecord[] = [];
  const senders = createSenders(chat, owner, (person) => void out.push(person));
  const place = { files, folders: [folder, folderOf(folder.slice(0, -1))] };
  return {
    takeItem(element, { span, text }, target) {
      out = target;
      const message = toMessage(element, { place, senders }, span);
      target.push(message ?? problemOf('bad-time', text, span));
    },
    takeMember: (_value, { key }) => memberName(key),
  };
}
