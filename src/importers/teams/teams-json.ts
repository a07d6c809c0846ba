// Microsoft Teams of work and school as tools save it from Microsoft Graph: chats with their messages. See README.md.

import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import type { ConversationRecord, ConversationShape, NeutralRecord } from '../../model/record';
import { candidates } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { idOf, isObject, objectOf, objectsOf, parseJson, words } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker, PlacedJson } from '../json-pieces';
import { createPeople } from '../people';
import type { People } from '../people';
import { problemOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { toMessage } from './message';

/** Chats with messages; a list of messages as Graph answers, or alone. */
const wantedPaths: readonly string[] = ['chats[*].messages[*]', 'messages[*]', 'value[*]', '[*]'];
const headBytes = 128 * 1024;
const optionLimit = 200;

/** Importer of `chatMessage` objects; all files of a set are one archive. */
export const teamsJson: Importer = {
  format: 'teams-json',
  source: 'teams',
  detect,
  ask: (files, { entries }) => ask(files, entries),
  async *read(files, { entries }, { answers, onBytes }) {
    const owner = answers['owner'] ?? null;
    const people = createPeople((id) => id === owner);
    const conversations = new Map<string, number>();
    yield* readInTurn(files, entries, onBytes, (place) =>
      readJsonRecords(place, { paths: wantedPaths }, createJsonReader(place.entry, createTaker(place.entry, people, conversations))),
    );
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const entries: number[] = [];
  for (const [entry, file] of candidates(files, /\.json$/i)) if ((await readSenders(file.open())) !== null) entries.push(entry);
  if (entries.length === 0) return [];
  return [{ format: 'teams-json', formatVersion: 'graph', source: 'teams', entries, title: null }];
}

/** Names by ids of those who wrote the first messages; null where no message of Graph's is there. Never throws for foreign bytes. */
async function readSenders(source: ByteSource): Promise<ReadonlyMap<string, string> | null> {
  const beginning = new TextDecoder().decode(await source.read(0, 64));
  if (!/^(?:\ufeff)?\s*[[{]/.test(beginning)) return null;
  const senders = new Map<string, string>();
  let isTeams = false;
  for await (const pieces of readJsonPieces(sourceOfBytes(await source.read(0, headBytes)), { paths: wantedPaths })) {
    for (const { kind, text } of pieces) {
      const message = kind === 'item' ? parseJson(text) : undefined;
      if (!isObject(message) || !isChatMessage(message)) continue;
      isTeams = true;
      const user = objectOf(objectOf(message['from'])?.['user']);
      const id = idOf(user?.['id']);
      if (id !== null) senders.set(id, words(user?.['displayName']) ?? id);
    }
  }
  return isTeams ? senders : null;
}

function isChatMessage(message: JsonObject): boolean {
  const body = objectOf(message['body']);
  const hasBody = typeof body?.['contentType'] === 'string' && body['content'] !== undefined;
  return hasBody && typeof message['createdDateTime'] === 'string' && idOf(message['id']) !== null && message['from'] !== undefined;
}

async function ask(files: FileSet, entries: readonly number[]): Promise<readonly Question[]> {
  const people = new Map<string, string>();
  for (const entry of entries.slice(0, 50)) {
    const source = files.entries[entry]?.open();
    const senders = source === undefined ? null : await readSenders(source);
    for (const [id, name] of senders ?? []) if (people.size < optionLimit) people.set(id, name);
  }
  if (people.size === 0) return [];
  return [{ id: 'owner', options: [...people].map(([value, label]) => ({ value, label })), guess: null, certain: false }];
}

interface ChatState {
  key: string;
  record: Omit<ConversationRecord, 'index'>;
}

const chatMembers = new Set<string | number>(['id', 'chatType', 'topic', 'members']);
const shapes: ReadonlyMap<string, ConversationShape> = new Map([
  ['oneOnOne', 'direct'],
  ['group', 'group'],
  ['meeting', 'group'],
]);

function startChat(key: string): ChatState {
  return { key, record: { type: 'conversation', sourceId: null, name: null, shape: 'unknown' } };
}

/** A chat's fields stand before its messages; a message alone may name its chat itself. */
function createTaker(entry: number, people: People, conversations: Map<string, number>): JsonTaker {
  let chat = startChat('');
  const enter = ({ parent }: PlacedJson) => {
    const key = parent[0] === 'chats' ? `entry ${entry} ${String(parent[1])}` : `entry ${entry}`;
    if (chat.key !== key) chat = startChat(key);
  };
  const indexOf = (message: JsonObject, out: NeutralRecord[]): number => {
    const sourceId = chat.record.sourceId ?? idOf(message['chatId']);
    const key = sourceId ?? chat.key;
    const known = conversations.get(key);
    if (known !== undefined) return known;
    const index = conversations.size;
    conversations.set(key, index);
    out.push({ ...chat.record, sourceId, index });
    return index;
  };
  return {
    takeItem(element, place, out) {
      enter(place);
      const { span, text } = place;
      const isMessage = element['createdDateTime'] !== undefined;
      const index = isMessage ? indexOf(element, out) : -1;
      const message = isMessage ? toMessage(element, index, people, span, out) : null;
      out.push(message ?? problemOf(isMessage ? 'bad-time' : 'not-understood', text, span));
    },
    takeMember(value, place) {
      if (place.parent[0] !== 'chats' || !chatMembers.has(place.key)) return 'other';
      enter(place);
      chat.record = withMember(chat.record, String(place.key), value);
      return 'conversation';
    },
  };
}

function withMember(record: ChatState['record'], key: string, value: Json): ChatState['record'] {
  if (key === 'id') return { ...record, sourceId: idOf(value) };
  if (key === 'topic') return { ...record, name: words(value) ?? record.name };
  if (key === 'chatType') return { ...record, shape: shapes.get(words(value) ?? '') ?? 'unknown' };
  const names = objectsOf(value).flatMap(({ displayName }) => words(displayName) ?? []);
  return { ...record, name: record.name ?? (names.length === 0 ? null : names.slice(0, 6).join(', ')), extra: { members: value } };
}
