// Messenger's "Download secure storage data": end-to-end encrypted chats, one JSON file a thread beside `media`. See README.md.

import type { FileSet } from '../../bytes/source';
import type { ConversationRecord, ConversationShape } from '../../model/record';
import { candidates, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { isObject, words } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import { problemOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { namesOf, readE2eeHead, withoutNumber } from './e2ee-head';
import { toE2eeMessage } from './e2ee-message';
import type { E2eeContext } from './e2ee-message';
import { repairAll } from './mojibake';
import { askOwner } from './owner';
import { wantedPaths } from './thread-head';

/** Importer of end-to-end encrypted chats; all threads of a set are one archive. */
export const messengerE2ee: Importer = {
  format: 'messenger-e2ee',
  source: 'messenger',
  detect,
  ask,
  async *read(files, detection, { answers, onBytes }) {
    const owner = answers['owner'] ?? (await ask(files, detection))[0]?.guess ?? null;
    const people = createPeople((name) => name === owner);
    let conversation = 0;
    yield* readInTurn(files, detection.entries, onBytes, async function* (place) {
      const folder = folderOf(files.entries[place.entry]?.path ?? '');
      const context = { files, folder, conversation: conversation++, people };
      const start = { type: 'conversation', index: context.conversation, sourceId: null, name: null, shape: 'unknown' } as const;
      yield [start];
      yield* readJsonRecords(place, { paths: wantedPaths }, createJsonReader(place.entry, createTaker(context, start)));
    });
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const entries: number[] = [];
  let title: string | null = null;
  for (const [entry, file] of candidates(files, /\.json$/i)) {
    const head = await readE2eeHead(file.open());
    if (head === null) continue;
    entries.push(entry);
    title = entries.length > 1 ? null : head.threadName === null ? head.participants.join(', ') : withoutNumber(head.threadName);
  }
  if (entries.length === 0) return [];
  const isSingle = entries.length === 1;
  return [{ format: 'messenger-e2ee', formatVersion: 'secure-storage', source: 'messenger', entries, title, isSingle }];
}

function ask(files: FileSet, { entries }: Detection): Promise<readonly Question[]> {
  return askOwner(files, -1, entries, async (entry) => {
    const file = files.entries[entry];
    return (file === undefined ? null : await readE2eeHead(file.open()))?.participants ?? [];
  });
}

function createTaker(context: E2eeContext, start: ConversationRecord): JsonTaker {
  let conversation = start;
  return {
    takeItem(element, { span, text }, out) {
      const repaired = repairAll(element);
      const message = isObject(repaired) ? toE2eeMessage(repaired, context, span, out) : null;
      out.push(message ?? problemOf('bad-time', text, span));
    },
    takeMember(value, { key }, out) {
      const before = conversation;
      const name = words(repairAll(value));
      if (key === 'threadName' && name !== null) conversation = { ...before, name: withoutNumber(name), extra: { threadName: name } };
      if (key === 'participants') {
        const names = namesOf(value);
        for (const participant of names) context.people.named(participant, context.conversation, out);
        conversation = { ...before, shape: shapeOf(names.length) };
      }
      if (conversation !== before) out.push(conversation);
      return key === 'threadName' || key === 'participants' ? key : 'other';
    },
  };
}

/** Both sides take part; the export does not say what is a group. */
function shapeOf(participants: number): ConversationShape {
  return participants > 2 ? 'group' : participants === 2 ? 'direct' : 'unknown';
}
