// What the beginning of a file of qq-chat-exporter says: which chat it is, and whose.

import { readJsonPieces } from '../../../bytes/json-elements';
import type { JsonPiece } from '../../../bytes/json-elements';
import { sourceOfBytes } from '../../../bytes/memory-source';
import type { ByteSource } from '../../../bytes/source';
import type { JsonObject } from '../../../model/json';
import type { ConversationRecord, ConversationShape } from '../../../model/record';
import { idOf, isObject, membersBeyond, parseObject, words } from '../../json-fields';

/** Messages of one chat, and of version 4, which could cut a chat into parts of one file. */
export const messagePaths: readonly string[] = ['messages[*]', 'chunks[*].messages[*]'];

export interface ExportHead {
  readonly chat: JsonObject;
  /** Of the exporter. */
  readonly version: string;
  /** Senders of the first messages; the owner may be among them. */
  readonly senders: readonly JsonObject[];
  /** Chunks that a manifest names; null in a file that is no manifest. */
  readonly chunks: readonly JsonObject[] | null;
  /** Path of the pictures of people that a manifest names. */
  readonly avatars: string | null;
}

/** What is known of a chunk without its manifest. */
export const noHead: ExportHead = { chat: {}, version: '', senders: [], chunks: null, avatars: null };

/** Reads at most `limitBytes` of a file; null where it is none of the exporter's. Never throws for foreign bytes. */
export async function readExportHead(source: ByteSource, limitBytes: number): Promise<ExportHead | null> {
  const found: FoundHead = { metadata: null, chat: {}, isManifest: false, senders: [], chunks: [], avatars: null };
  const head = sourceOfBytes(await source.read(0, limitBytes));
  for await (const pieces of readJsonPieces(head, { paths: [...messagePaths, 'chunked.chunks[*]'] })) {
    for (const piece of pieces) if (piece.kind === 'member' || piece.kind === 'item') addPiece(found, piece);
  }
  const { metadata, chat, isManifest, senders, chunks, avatars } = found;
  if (metadata === null || !/QQChatExporter/.test(words(metadata['name']) ?? '')) return null;
  return { chat, version: words(metadata['version']) ?? '', senders, chunks: isManifest ? chunks : null, avatars };
}

interface FoundHead {
  metadata: JsonObject | null;
  chat: JsonObject;
  isManifest: boolean;
  readonly senders: JsonObject[];
  readonly chunks: JsonObject[];
  avatars: string | null;
}

function addPiece(found: FoundHead, { kind, key, parent, text }: JsonPiece): void {
  const value = parseObject(text);
  found.isManifest ||= parent[0] === 'chunked';
  if (value === null) return;
  if (kind === 'item' && parent[0] === 'chunked') found.chunks.push(value);
  else if (kind === 'item' && isObject(value['sender'])) found.senders.push(value['sender']);
  else if (key === 'metadata') found.metadata ??= value;
  else if (key === 'chatInfo') found.chat = value;
  else if (key === 'avatars' && kind === 'member') found.avatars = words(value['file']);
}

const shapes: ReadonlyMap<string, ConversationShape> = new Map<string, ConversationShape>([
  ['group', 'group'],
  ['private', 'direct'],
  ['temp', 'direct'],
]);

export function shapeOf(chat: JsonObject): ConversationShape {
  return shapes.get(words(chat['type']) ?? '') ?? 'unknown';
}

/** The QQ number of a sender, a chat's other side or its owner; their uid where there is none. */
export function accountOf(uin: JsonObject[string] | undefined, uid: JsonObject[string] | undefined): string | null {
  const number = idOf(uin);
  return number !== null && /^[1-9]\d{4,}$/.test(number) ? number : words(uid);
}

const namedFile = /^(group|friend)_(\d{5,15})_\d{8}_\d{6}/;

/**
 * The chat's own id: a group's number, or the account of the other one. The file says it seldom, its first name
 * (`group_123456_20240201_080000.json`) does.
 */
function chatIdOf(chat: JsonObject, senders: readonly JsonObject[], path: string): string | null {
  const shape = shapeOf(chat);
  const name = path
    .split('/')
    .map((part) => namedFile.exec(part))
    .findLast((found) => found !== null);
  const named = name?.[2] ?? null;
  if (shape === 'group') {
    const id = accountOf(chat['peerUin'], chat['peerUid']) ?? (name?.[1] === 'group' ? named : null);
    return id === null ? null : `group:${id}`;
  }
  if (shape !== 'direct') return null;
  const self = accountOf(chat['selfUin'], chat['selfUid']);
  const others = new Set(senders.map((sender) => accountOf(sender['uin'], sender['uid'])).filter((id) => id !== null && id !== self));
  const other = self !== null && others.size === 1 ? ([...others][0] ?? null) : null;
  const id = accountOf(chat['peerUin'], chat['peerUid']) ?? (name?.[1] === 'friend' ? named : null) ?? other;
  return id === null ? null : `private:${id}`;
}

const neutralMembers = new Set(['name', 'type', 'selfUid', 'selfUin', 'selfName', 'avatar']);

/** The chat as a conversation; `path` is the file's. */
export function toConversation({ chat, senders }: ExportHead, path: string, title: string): ConversationRecord {
  const extra = membersBeyond(chat, neutralMembers);
  const record = {
    type: 'conversation',
    index: 0,
    sourceId: chatIdOf(chat, senders, path),
    name: words(chat['name']) ?? title,
    shape: shapeOf(chat),
  } as const;
  return extra === null ? record : { ...record, extra };
}
