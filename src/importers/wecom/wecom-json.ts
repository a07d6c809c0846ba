// Messages of WeCom's archive of conversations (会话内容存档), as an enterprise decrypted and saved them. See README.md.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import type { NeutralRecord } from '../../model/record';
import { candidates, detectBytes, entryOf } from '../archive-files';
import type { Detection, Importer } from '../importer';
import { idOf, words } from '../json-fields';
import { readHeadObjects, readObjectRecords } from '../json-objects';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { createRooms } from './rooms';
import { toMessage } from './message';

const format = 'wecom-json';
const paths = ['[*]', 'chatdata[*]', 'data[*]'];
const askBytes = 1 << 20;
const optionsLimit = 1000;

/** Importer of WeCom's archived messages, as JSON lines or as an array. */
export const wecomJson: Importer = {
  format,
  source: 'wecom',
  detect,
  async ask(files, detection) {
    const head = await readHeadObjects(entryOf(files, detection).open(), paths, askBytes);
    const ids = [...new Set((head?.objects ?? []).flatMap((message) => idOf(message['from']) ?? []))].slice(0, optionsLimit);
    if (ids.length === 0) return [];
    return [{ id: 'owner', options: ids.map((id) => ({ value: id, label: id })), guess: null, certain: false }];
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
  for (const [index, entry] of candidates(files, /\.(?:jsonl?|ndjson|txt)$/i)) {
    const head = await readHeadObjects(entry.open(), paths, detectBytes);
    if (head === null || !head.objects.slice(0, 100).some(isArchived)) continue;
    found.push({ format, formatVersion: head.form, source: 'wecom', entries: [index], title: null });
  }
  return found;
}

/** True for a message of the archive. */
function isArchived(message: JsonObject): boolean {
  const { msgid, action, msgtype, msgtime } = message;
  if (words(msgid) === null || (action !== 'send' && action !== 'recall')) return false;
  return words(msgtype) !== null && msgtime !== undefined && Array.isArray(message['tolist']);
}

function createTaker(files: FileSet, entry: number, owner: string | null): JsonTaker {
  const people = createPeople((id) => id === owner);
  const rooms = createRooms(owner);
  return {
    takeItem(element, { span, text }, out: NeutralRecord[]) {
      // That a member changed to another enterprise is said to nobody.
      if (element['action'] === 'switch') return void out.push(structureOf('switch', span));
      const message = toMessage(element, { files, path: files.entries[entry]?.path ?? '', people, rooms }, span, out);
      out.push(message ?? problemOf('not-understood', text, span));
    },
  };
}
