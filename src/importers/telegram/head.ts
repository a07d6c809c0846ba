// What the beginning of a file says: whether it is a Telegram export, of which years, whose, and what is left open.

import { sourceOfBytes } from '../../bytes/memory-source';
import { readJsonPieces } from '../../bytes/json-elements';
import type { JsonPiece } from '../../bytes/json-elements';
import type { ByteSource } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { fullName } from './facts';
import { parsePiece } from './parse';
import { conversationPeerId, isConversationType, isOwnSide, senderPeerId } from './peers';
import { nameAnswerPrefix } from './people';
import { isObject } from '../json-fields';

export interface Head {
  /** True where something speaks for a Telegram export. */
  readonly isTelegram: boolean;
  readonly root: 'account' | 'chat';
  /** The chat's name, or the account's owner. */
  readonly title: string | null;
  /** `integers` until 2020, `peers` from 2021 on; null where no message was seen. */
  readonly ids: 'integers' | 'peers' | null;
  /** True where a message has a wall clock only, as all have before 2022. */
  readonly hasWallClock: boolean;
  readonly hasInstant: boolean;
  /** Who may be the owner, by what answers the question `owner`, with the name to show; not the other side of direct chats. */
  readonly people: ReadonlyMap<string, string>;
  /** Who "me" may be: the account's owner, else whoever writes in direct chats without being the other side. */
  readonly owners: ReadonlySet<string>;
}

/** Elements of these arrays are pieces of their own. */
export const wantedPaths: readonly string[] = [
  'messages[*]',
  'chats.list[*].messages[*]',
  'left_chats.list[*].messages[*]',
  'contacts.list[*]',
];

type MutableHead = { -readonly [Name in keyof Head]: Head[Name] } & { people: Map<string, string>; owners: Set<string> };

interface HeadState {
  readonly head: MutableHead;
  isAccount: boolean;
  chat: { type: string | null; id: Json | undefined; name: string | null };
  ownerId: string | null;
}

/** Reads at most `limitBytes` of a file. Never throws for foreign bytes. */
export async function readHead(source: ByteSource, limitBytes: number): Promise<Head> {
  const bytes = await source.read(0, limitBytes);
  const state: HeadState = {
    head: {
      isTelegram: false,
      root: 'chat',
      title: null,
      ids: null,
      hasWallClock: false,
      hasInstant: false,
      people: new Map(),
      owners: new Set(),
    },
    isAccount: false,
    chat: { type: null, id: undefined, name: null },
    ownerId: null,
  };
  if (!beginsAnObject(bytes)) return state.head;
  for await (const pieces of readJsonPieces(sourceOfBytes(bytes), { paths: wantedPaths })) {
    for (const piece of pieces) takePiece(piece, state);
  }
  const { head, isAccount, chat, ownerId } = state;
  if (isAccount) head.root = 'account';
  else head.title = chat.name;
  if (ownerId !== null) head.owners = new Set([ownerId]);
  return head;
}

function beginsAnObject(bytes: Uint8Array): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)) at++;
  return bytes[at] === 0x7b;
}

function takePiece(piece: JsonPiece, state: HeadState): void {
  if (piece.kind !== 'item' && piece.kind !== 'member') return;
  const { parent, key } = piece;
  const isMessage = piece.kind === 'item' && parent.at(-1) === 'messages';
  if (isMessage) takeMessage(parsePiece(piece.text), state);
  else if (parent[0] === 'contacts') takeContact(piece, state);
  else if (parent.length === 0 && key === 'personal_information') takeOwner(parsePiece(piece.text), state);
  else if (parent.length === 0 || (parent.length === 3 && parent[1] === 'list')) takeChatField(piece, state);
}

function takeContact(piece: JsonPiece, state: HeadState): void {
  if (piece.kind !== 'item') return;
  const contact = parsePiece(piece.text);
  if (!isObject(contact) || contact['date'] === undefined) return;
  state.head.isTelegram = state.isAccount = true;
}

function takeOwner(information: Json | undefined, state: HeadState): void {
  if (!isObject(information)) return;
  const id = senderPeerId(information['user_id'], null);
  if (id === null) return;
  state.head.isTelegram = state.isAccount = true;
  state.ownerId = id;
  state.head.title = fullName(information);
  state.head.people.set(id, state.head.title ?? id);
}

/** `name`, `type` and `id`, which stand before the messages. */
function takeChatField(piece: JsonPiece, state: HeadState): void {
  const value = parsePiece(piece.text);
  const isFirst = piece.key === 'name' || (piece.key === 'type' && state.chat.type !== null);
  if (piece.parent.length > 0 && isFirst) state.chat = { type: null, id: undefined, name: null };
  if (piece.key === 'name' && typeof value === 'string') state.chat.name = value;
  if (piece.key === 'id') state.chat.id = value;
  if (piece.key !== 'type' || typeof value !== 'string') return;
  state.chat.type = value;
  if (!isConversationType(value)) return;
  state.head.isTelegram = true;
  if (piece.parent.length > 0) state.isAccount = true;
}

function takeMessage(message: Json | undefined, state: HeadState): void {
  if (!isObject(message) || !isTelegramMessage(message)) return;
  const { head } = state;
  head.isTelegram = true;
  if (message['date_unixtime'] !== undefined) head.hasInstant = true;
  else if (message['date'] !== undefined) head.hasWallClock = true;
  const id = message['from_id'] ?? message['actor_id'];
  if (id !== undefined) head.ids ??= typeof id === 'number' ? 'integers' : 'peers';
  const name = message['from'] ?? message['actor'];
  takeSender(id, typeof name === 'string' && name !== '' ? name : null, state);
}

/** Channels and groups that write are nobody's "me", and neither is the other side of a direct chat. */
function takeSender(rawId: Json | undefined, name: string | null, { head, chat }: HeadState): void {
  const peer = conversationPeerId(chat.type, chat.id, head.ids === 'integers');
  const id = senderPeerId(rawId, peer) ?? (name === null ? null : nameAnswerPrefix + name);
  if (id === null || id.startsWith('channel') || id.startsWith('chat')) return;
  const isOwner = isOwnSide(id, peer, chat.type);
  if (id === peer && !isOwner) return;
  head.people.set(id, name ?? head.people.get(id) ?? id);
  if (isOwner) head.owners.add(id);
}

function isTelegramMessage(message: JsonObject): boolean {
  const type = message['type'];
  if (type === 'unsupported') return typeof message['id'] === 'number';
  if (type !== 'message' && type !== 'service') return false;
  return typeof message['date_unixtime'] === 'string' || typeof message['date'] === 'string';
}
