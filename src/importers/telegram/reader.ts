// The records of one export, piece by piece: each piece of the JSON is one record, problem or named structure.

import type { JsonPiece } from '../../bytes/json-elements';
import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import type { ProblemCode } from '../../model/problem';
import type { MessageRecord, NeutralRecord } from '../../model/record';
import { folderOf } from '../archive-files';
import { holdsUnsafeInteger } from '../exact-json';
import { isObject } from '../json-fields';
import { problemOf, structureOf } from '../problem-record';
import type { PieceReader } from '../record-batches';
import { createChats } from './chats';
import type { Chat, Chats } from './chats';
import { fullName } from './facts';
import type { Head } from './head';
import type { MediaPlace } from './media';
import { toMessage } from './message';
import { parseExactPiece, parsePiece } from './parse';
import { isOwnSide, senderPeerId } from './peers';
import { addPerson, createPeople, personIndex, setOwner } from './people';
import type { TelegramPeople } from './people';

export interface ReaderOptions {
  readonly files: FileSet;
  /** Number of the result.json in the set. */
  readonly entry: number;
  readonly head: Head;
  /** The answer to the question `owner`, or null. */
  readonly owner: string | null;
}

interface ReaderState {
  readonly entry: number;
  readonly isAccount: boolean;
  readonly place: MediaPlace;
  readonly people: TelegramPeople;
  readonly chats: Chats;
  /** Whoever writes in a direct chat without being its other side is the owner; not where the head showed two of them. */
  readonly followsSides: boolean;
  integerIds: boolean;
  out: NeutralRecord[];
}

/** Root members that are named in the receipt; what else there may be is `other`. */
const accountParts = new Set([
  'about',
  'personal_information',
  'profile_pictures',
  'stories',
  'frequent_contacts',
  'sessions',
  'web_sessions',
  'other_data',
  'chats',
  'left_chats',
  'contacts',
]);

export function createReader({ files, entry, head, owner }: ReaderOptions): PieceReader<JsonPiece> {
  const certainOwner = head.owners.size === 1 ? ([...head.owners][0] ?? null) : null;
  const emit = (record: NeutralRecord) => void state.out.push(record);
  const state: ReaderState = {
    entry,
    isAccount: head.root === 'account',
    place: { files, folder: folderOf(files.entries[entry]?.path ?? '') },
    people: createPeople(owner ?? certainOwner, emit),
    chats: createChats(emit),
    followsSides: head.owners.size < 2,
    integerIds: head.ids === 'integers',
    out: [],
  };
  return {
    take(piece, out) {
      state.out = out;
      takePiece(piece, state);
      if (piece.isDamaged && piece.kind !== 'problem') pushProblem(piece, state, 'bad-encoding', 0);
    },
    end(out) {
      state.out = out;
      state.chats.end();
    },
  };
}

function takePiece(piece: JsonPiece, state: ReaderState): void {
  const { kind, parent } = piece;
  if (kind === 'structure') pushStructure(piece, state, 'brackets');
  else if (kind === 'problem') pushProblem(piece, state, piece.code ?? 'not-understood');
  else if (kind === 'item' && parent.at(-1) === 'messages') takeMessage(piece, state);
  else if (kind === 'item') takeContact(piece, state);
  else if (parent.length === 0 ? !state.isAccount : parent.length === 3 && parent[1] === 'list') takeChatField(piece, state);
  else takeAccountPart(piece, state);
}

function takeMessage(piece: JsonPiece, state: ReaderState): void {
  const chat = state.chats.enter(piece.parent);
  const element = parsePiece(piece.text);
  if (!isObject(element)) return pushProblem(piece, state, element === undefined ? 'bad-json' : 'not-understood');
  const id = element['from_id'] ?? element['actor_id'];
  if (id !== undefined) state.integerIds = typeof id === 'number';
  state.chats.announce(chat, state.integerIds);
  let message = readMessage(element, piece, chat, state);
  if (message !== null && holdsRounded(element, message)) {
    const exact = parseExactPiece(piece.text);
    if (isObject(exact)) message = readMessage(exact, piece, chat, state);
  }
  if (message === null) return pushProblem(piece, state, 'bad-time');
  chat.lastMessage = message;
  state.out.push(message);
}

function readMessage(element: JsonObject, piece: JsonPiece, chat: Chat, state: ReaderState): MessageRecord | null {
  const { entry, place } = state;
  const context = {
    conversation: chat.index,
    place,
    timeBefore: chat.lastMessage,
    senderOf: (id: Json | undefined, name: Json | undefined) => senderOf(id, name, chat, state),
  };
  return toMessage(element, context, { entry, offsetBytes: piece.offsetBytes, lengthBytes: piece.lengthBytes });
}

function senderOf(id: Json | undefined, name: Json | undefined, chat: Chat, state: ReaderState): number {
  const { people } = state;
  if (state.followsSides && people.owner === null) {
    const sender = senderPeerId(id, chat.peer);
    if (sender !== null && isOwnSide(sender, chat.peer, chat.type)) setOwner(people, sender);
  }
  return personIndex(people, id, name, chat.index, chat.peer);
}

/** True where JSON.parse rounded the id, or a number among what is kept as it is. */
function holdsRounded(element: JsonObject, message: MessageRecord): boolean {
  const id = element['id'];
  if (typeof id === 'number' && !Number.isSafeInteger(id)) return true;
  const extra = message.facts?.extra;
  return extra !== undefined && holdsUnsafeInteger(extra);
}

function takeChatField(piece: JsonPiece, state: ReaderState): void {
  const chat = state.chats.enter(piece.parent);
  const value = parseExactPiece(piece.text);
  if (value === undefined) return pushProblem(piece, state, 'bad-json');
  if (piece.key === 'name') chat.name = typeof value === 'string' && value !== '' ? value : null;
  else if (piece.key === 'type') chat.type = typeof value === 'string' ? value : null;
  else if (piece.key === 'id') chat.id = value;
  else return pushStructure(piece, state, 'other');
  chat.isStale = true;
  pushStructure(piece, state, 'conversation');
}

function takeContact(piece: JsonPiece, state: ReaderState): void {
  const contact = parseExactPiece(piece.text);
  if (!isObject(contact)) return pushProblem(piece, state, contact === undefined ? 'bad-json' : 'not-understood');
  const id = userIdOf(contact);
  const phone = contact['phone_number'];
  if (id !== null)
    addPerson(state.people, id, fullName(contact), typeof phone === 'string' && phone !== '' ? { phone_number: phone } : null);
  pushStructure(piece, state, 'contacts');
}

function takeAccountPart(piece: JsonPiece, state: ReaderState): void {
  const { parent, key } = piece;
  if (parent[1] === 'list') return pushProblem(piece, state, 'not-understood');
  if (parent.length === 0 && key === 'personal_information') {
    const information = parseExactPiece(piece.text);
    const id = isObject(information) ? userIdOf(information) : null;
    if (id === null) return pushProblem(piece, state, 'not-understood');
    setOwner(state.people, id);
    addPerson(state.people, id, fullName(information as JsonObject), null);
  }
  const part = String(parent[0] ?? key);
  pushStructure(piece, state, accountParts.has(part) ? part : 'other');
}

/** The id of a contact or of the owner; contacts without an account have 0 or none. */
function userIdOf(fields: JsonObject): string | null {
  const id = fields['user_id'];
  if (typeof id === 'string' && id !== '') return `user${id}`;
  return id === 0 ? null : senderPeerId(id, null);
}

function pushStructure({ offsetBytes, lengthBytes }: JsonPiece, { entry, out }: ReaderState, name: string): void {
  out.push(structureOf(name, { entry, offsetBytes, lengthBytes }));
}

function pushProblem(
  { text, offsetBytes, ...piece }: JsonPiece,
  state: ReaderState,
  code: ProblemCode,
  lengthBytes = piece.lengthBytes,
): void {
  state.out.push(problemOf(code, text, { entry: state.entry, offsetBytes, lengthBytes }));
}
