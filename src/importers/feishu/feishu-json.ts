// Messages of Feishu's (Lark's) open API, as tools save its answers. See README.md.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import type { ConversationRecord, NeutralRecord } from '../../model/record';
import { candidates, detectBytes, entryOf, folderOf } from '../archive-files';
import type { Detection, Importer } from '../importer';
import { isObject, objectsOf, words } from '../json-fields';
import { readHeadObjects, readObjectRecords } from '../json-objects';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import { problemOf } from '../problem-record';
import { toMessage } from './message';

const format = 'feishu-json';
const paths = ['data.items[*]', 'items[*]', '[*]'];
const askBytes = 1 << 20;
const optionsLimit = 1000;

/** Importer of the API's lists of messages: a whole answer, an array of messages, or one a line. */
export const feishuJson: Importer = {
  format,
  source: 'feishu',
  detect,
  async ask(files, detection) {
    const head = await readHeadObjects(entryOf(files, detection).open(), paths, askBytes);
    const names = new Map<string, string>();
    for (const message of head?.objects ?? []) {
      const id = isObject(message['sender']) ? words(message['sender']['id']) : null;
      if (id !== null && names.size < optionsLimit) names.set(id, names.get(id) ?? id);
      for (const mention of objectsOf(message['mentions'])) {
        const mentioned = words(mention['id']);
        if (mentioned !== null && names.has(mentioned)) names.set(mentioned, words(mention['name']) ?? mentioned);
      }
    }
    if (names.size === 0) return [];
    return [{ id: 'owner', options: [...names].map(([value, label]) => ({ value, label })), guess: null, certain: false }];
  },
  async *read(files, detection, { answers, onBytes }) {
    const entry = detection.entries[0] ?? -1;
    const source = entryOf(files, detection).open();
    const form = detection.formatVersion === 'lines' ? 'lines' : 'json';
    yield* readObjectRecords({ source, entry, onBytes }, form, paths, createTaker(files, entry, answers['owner'] ?? null));
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [index, entry] of candidates(files, /\.(?:jsonl?|ndjson)$/i)) {
    const head = await readHeadObjects(entry.open(), paths, detectBytes);
    if (head === null || !head.objects.slice(0, 100).some(isOfApi)) continue;
    found.push({ format, formatVersion: head.form, source: 'feishu', entries: [index], title: null });
  }
  return found;
}

/** True for a message of the API: their ids begin with `om_`. */
function isOfApi(message: JsonObject): boolean {
  return words(message['message_id'])?.startsWith('om_') === true && words(message['msg_type']) !== null && isObject(message['body']);
}

function createTaker(files: FileSet, entry: number, owner: string | null): JsonTaker {
  const people = createPeople((id) => id === owner);
  const indexes = new Map<string, number>();
  const folder = folderOf(files.entries[entry]?.path ?? '');
  const conversationOf = (chatId: string, out: NeutralRecord[]): number => {
    const index = indexes.get(chatId) ?? indexes.size;
    const record: ConversationRecord = { type: 'conversation', index, sourceId: chatId, name: null, shape: 'unknown' };
    if (!indexes.has(chatId)) out.push(record);
    indexes.set(chatId, index);
    return index;
  };
  return {
    takeItem(element, { span, text }, out) {
      const message = toMessage(element, { files, folder, people, conversationOf }, span, out);
      out.push(message ?? problemOf('not-understood', text, span));
    },
    takeMember: (_value, { key, parent }) => (parent.length === 0 || parent[0] === 'data' ? memberName(key) : 'other'),
  };
}

const knownMembers = new Set<string | number>(['code', 'msg', 'has_more', 'page_token']);

function memberName(key: string | number): string {
  return knownMembers.has(key) ? String(key) : 'other';
}
