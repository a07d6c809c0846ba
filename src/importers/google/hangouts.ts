// Hangouts.json of Takeout, to 2022, of hundreds of megabytes where somebody talked much. See README.md.

import { readJsonPieces } from '../../bytes/json-elements';
import type { JsonPiece } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import type { ConversationRecord } from '../../model/record';
import { candidates, detectBytes, entryOf, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import { parseExactJson } from '../exact-json';
import type { Detection, Importer, Question } from '../importer';
import { objectOf } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { countMembers } from '../member-count';
import { createPeople } from '../people';
import type { People } from '../people';
import { problemOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { readChat } from './hangouts-chat';
import type { HangoutsChat } from './hangouts-chat';
import { timeOf, toMessage } from './hangouts-event';

/** Events of the newer form, and of the older one. */
const eventPaths: readonly string[] = ['conversations[*].events[*]', 'conversation_state[*].conversation_state.event[*]'];

/** Importer of `Hangouts.json`: an account is one archive. */
export const hangouts: Importer = {
  format: 'google-chat-hangouts',
  source: 'google-chat',
  detect,
  ask,
  async *read(files, detection, { answers, onBytes }) {
    const chats = await readChats(entryOf(files, detection).open());
    const owner = ownerOf(chats) ?? answers['owner'] ?? questionOf(chats)?.guess ?? null;
    const folder = folderOf(entryOf(files, detection).path);
    const owners = new Set(owner === null ? [] : [owner]);
    const archive = { files, folder, people: createPeople((id) => owners.has(id)), owners };
    yield* readInTurn(files, detection.entries, onBytes, (place) =>
      readJsonRecords(place, { paths: eventPaths }, createJsonReader(place.entry, createTaker(archive))),
    );
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [entry, file] of candidates(files, /hangouts[^/]{0,40}\.json$/i)) {
    const { chats, isHangouts, form } = await readHead(file.open());
    if (!isHangouts) continue;
    const owner = ownerOf(chats);
    const title = chats.flatMap(({ members }) => members).find(({ id }) => id === owner)?.name ?? null;
    found.push({ format: 'google-chat-hangouts', formatVersion: form, source: 'google-chat', entries: [entry], title });
  }
  return found;
}

interface Head {
  readonly chats: readonly HangoutsChat[];
  /** True where an event or a conversation of Hangouts is in it. */
  readonly isHangouts: boolean;
  readonly form: 'conversations' | 'conversation_state';
}

const beginning =
  /^(?:\ufeff)?\s*\{(?:\s*"continuation_end_timestamp"\s*:\s*"?\d{1,20}"?\s*,)?\s*"(conversations|conversation_state)"\s*:\s*\[/;

/** What the first bytes hold. Never throws for foreign bytes. */
async function readHead(source: ByteSource): Promise<Head> {
  const root = beginning.exec(new TextDecoder().decode(await source.read(0, 1024)));
  const form = root?.[1] === 'conversation_state' ? 'conversation_state' : 'conversations';
  const chats: HangoutsChat[] = [];
  let isHangouts = false;
  if (root === null) return { chats, isHangouts, form };
  for await (const pieces of readJsonPieces(sourceOfBytes(await source.read(0, detectBytes)), { paths: eventPaths })) {
    for (const piece of pieces) {
      const chat = chatOf(piece);
      if (chat !== null) chats.push(chat);
      isHangouts ||= isEvent(piece) || (chat !== null && chat.id !== null && chat.members.length > 0);
    }
  }
  return { chats, isHangouts, form };
}

function isEvent({ kind, text }: JsonPiece): boolean {
  const event = kind === 'item' ? objectOf(parseExactJson(text)) : null;
  return typeof event?.['event_type'] === 'string' && event['sender_id'] !== undefined && timeOf(event['timestamp']) !== null;
}

function chatOf({ kind, key, parent, text }: JsonPiece): HangoutsChat | null {
  const value = kind === 'member' && key === 'conversation' && parent.length > 1 ? objectOf(parseExactJson(text)) : null;
  return value === null ? null : readChat(value);
}

const chatLimit = 10_000;

/** The conversations up to the first that names the owner, all of them where none does. */
async function readChats(source: ByteSource): Promise<readonly HangoutsChat[]> {
  const chats: HangoutsChat[] = [];
  for await (const pieces of readJsonPieces(source, { paths: eventPaths })) {
    for (const piece of pieces) {
      const chat = chatOf(piece);
      if (chat !== null && (chats.length < chatLimit || chat.owner !== null)) chats.push(chat);
    }
    if (ownerOf(chats) !== null) break;
  }
  return chats;
}

function ownerOf(chats: readonly HangoutsChat[]): string | null {
  return chats.find(({ owner }) => owner !== null)?.owner ?? null;
}

/** Asked only where no conversation says who read it; who is in every one of them may be the owner. */
async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const chats = await readChats(entryOf(files, detection).open());
  const question = ownerOf(chats) === null ? questionOf(chats) : null;
  return question === null ? [] : [question];
}

function questionOf(chats: readonly HangoutsChat[]): Question | null {
  const count = countMembers();
  for (const { members } of chats) count.take(members.flatMap(({ id, name }) => (id === null ? [] : [[id, name] as const])));
  return count.question();
}

const unnamed = { type: 'conversation', sourceId: null, name: null, shape: 'unknown' } as const;

/** Where nobody named it, it is named after those who are not the owner. */
function toConversation(chat: HangoutsChat, index: number, owners: ReadonlySet<string>): ConversationRecord {
  const others = chat.members.filter(({ id }) => id === null || !owners.has(id));
  const joined = others.map(({ id, name }) => name ?? id ?? '').join(', ');
  const name = chat.name ?? (joined === '' ? null : joined);
  const extra = chat.nameless.length === 0 ? {} : { extra: { members: chat.nameless } };
  return { type: 'conversation', index, sourceId: chat.id, name, shape: chat.shape, ...extra };
}

interface Archive {
  readonly files: FileSet;
  readonly folder: string;
  readonly people: People;
  readonly owners: Set<string>;
}

/** Conversations are numbered by their place in the list; they are emitted again should they come behind their events. */
function createTaker({ files, folder, people, owners }: Archive): JsonTaker {
  const numbers = new Map<number, number>();
  const open = (place: number, chat: HangoutsChat | null, out: Parameters<JsonTaker['takeItem']>[2]): number => {
    const known = numbers.get(place);
    if (known !== undefined && chat === null) return known;
    const index = known ?? numbers.size;
    numbers.set(place, index);
    if (chat?.owner !== null && chat !== null) owners.add(chat.owner);
    out.push(chat === null ? { ...unnamed, index } : toConversation(chat, index, owners));
    for (const { id, name } of chat?.members ?? []) {
      if (id === null) people.named(name, index, out);
      else people.withId(id, name, out);
    }
    return index;
  };
  const placeOf = (parent: readonly (string | number)[]) => (typeof parent[1] === 'number' ? parent[1] : -1);
  return {
    takeItem(element: JsonObject, { parent, span, text }, out) {
      const conversation = open(placeOf(parent), null, out);
      out.push(toMessage(element, { files, folder, people, conversation }, span, out) ?? problemOf('bad-time', text, span));
    },
    takeMember(value: Json, { parent, key }, out) {
      const chat = key === 'conversation' && parent.length > 1 ? objectOf(value) : null;
      if (chat === null) return 'other';
      open(placeOf(parent), readChat(chat), out);
      return 'conversation';
    },
  };
}
