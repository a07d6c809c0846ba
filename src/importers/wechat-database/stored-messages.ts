// From a row of any of WeChat's tables to a neutral record.

import type { Database } from '../../bytes/sqlite/database';
import type { FileSet } from '../../bytes/source';
import type { Json } from '../../model/json';
import type { ProblemCode } from '../../model/problem';
import type { NeutralRecord } from '../../model/record';
import { baseName } from '../archive-files';
import { problemOf } from '../problem-record';
import { rawRow } from '../raw-row';
import type { PlacedRow } from '../table-rows';
import { instantOf, shapeOf } from '../wechat/identity';
import { createLedger } from '../wechat/ledger';
import type { ExportedChat, ExportedMessage, HeldFile, Owner } from '../wechat/ledger';
import { extraOf } from '../wechat/message-body';
import type { WeChatMedia } from '../wechat/message-body';
import type { WeChatType } from '../wechat/message-types';
import { readBody } from '../wechat/read-body';
import { messageIdOf } from '../wechat/table-rows';
import type { AccountMedia } from '../account-media';
import type { ContactBook } from './contact-book';
import { isDisguised, readDisguised } from './disguised-picture';
import type { HiddenText } from './stored-text';
import type { Voices } from './voices';

export interface StoredMessage {
  /** WeChat's id of the chat; null where only the hash that names the table is known. */
  readonly chatId: string | null;
  /** Names the chat where `chatId` is null. */
  readonly chatHash: string;
  /** Null where the row does not say. */
  readonly senderId: string | null;
  readonly isOwn: boolean;
  readonly type: WeChatType;
  readonly content: string | HiddenText;
  readonly serverId: string | null;
  /** Seconds or milliseconds since 1970. */
  readonly createdAt: number | null;
  /** Where a file that it carries may lie, the best first. */
  readonly pathsOf?: (media: WeChatMedia, sentAtMs: number) => readonly string[];
  /** By which the account's media know its file. */
  readonly fileKey?: string | null;
  readonly extra?: readonly (readonly [string, Json])[];
}

export interface StoredMessages {
  /** Appends what the row of `table` is. */
  write(message: StoredMessage, placed: PlacedRow, table: string, out: NeutralRecord[]): void;
}

export interface StoredMessagesInput {
  readonly files: FileSet;
  readonly entry: number;
  readonly book: ContactBook;
  readonly media: AccountMedia;
  readonly voices: Voices;
  readonly owner: Owner;
  /** The database whose rows are written now. */
  readonly database: () => Database;
}

/** One for all databases of an account. */
export function createStoredMessages(input: StoredMessagesInput): StoredMessages {
  const { files, entry, book, media, voices, owner, database } = input;
  const ledger = createLedger(files, entry, owner);
  const introduced = new Set<string>();
  const introduce = (id: string, out: NeutralRecord[]): void => {
    if (introduced.has(id)) return;
    introduced.add(id);
    ledger.addPerson(id, book.nameOf(id), book.extraOf(id), out);
  };
  const refuse = (code: ProblemCode, { row, span }: PlacedRow, table: string, detail: string | undefined): NeutralRecord =>
    problemOf(code, JSON.stringify(rawRow(database(), table, row)), span, detail);
  return {
    write(message, placed, table, out) {
      const { isOwn, type, content, serverId } = message;
      const sentAtMs = instantOf(message.createdAt);
      if (sentAtMs === null) return void out.push(refuse('bad-time', placed, table, undefined));
      if (typeof content !== 'string') return void out.push(refuse(content.code, placed, table, content.detail));
      const body = readBody(type, content, { nameOf: (id) => book.nameOf(id) });
      const id = message.senderId ?? (isOwn ? owner.id : null);
      if (id !== null && body.kind !== 'system') introduce(id, out);
      const [carried] = body.media;
      const mediaPath = carried === undefined ? null : fileOf(message, carried, sentAtMs, media);
      const held = carried?.kind === 'voice' ? voices.find(serverId) : uncover(files, carried, mediaPath);
      const raw = body.kind === 'unknown' ? rawRow(database(), table, placed.row) : null;
      const exported: ExportedMessage = {
        chat: chatOf(message, book),
        sender: { id, name: id === null ? null : (book.cardOf(message.chatId, id) ?? book.nameOf(id)), isOwn },
        sourceId: messageIdOf(serverId),
        sentAtMs,
        clock: 'absolute',
        body,
        mediaPath,
        held,
        extra: extraOf([...(message.extra ?? []), ['row', raw]]),
      };
      ledger.addMessage(exported, placed.span, out);
    },
  };
}

/** Path of the file in the set, else the one that it had on the device. */
function fileOf(message: StoredMessage, carried: WeChatMedia, sentAtMs: number, media: AccountMedia): string | null {
  const paths = message.pathsOf?.(carried, sentAtMs) ?? [];
  return media.byKey(message.fileKey ?? null) ?? media.find(paths) ?? media.byKey(carried.md5) ?? paths[0] ?? null;
}

/** A picture in disguise, as what it is; null for what is none. */
function uncover(files: FileSet, carried: WeChatMedia | undefined, path: string | null): HeldFile | null {
  const index = path !== null && carried?.kind === 'image' && isDisguised(path) ? files.indexOf(path) : -1;
  const entry = files.entries[index];
  if (entry === undefined || path === null) return null;
  return {
    entry: index,
    name: baseName(path).slice(0, -'.dat'.length),
    sizeBytes: entry.sizeBytes,
    readBytes: async () => readDisguised(entry),
  };
}

function chatOf({ chatId, chatHash }: StoredMessage, book: ContactBook): ExportedChat {
  // Ids of WeChat hold no colon: a chat that is known by its hash only is none that an id names.
  if (chatId === null) return { id: `md5:${chatHash}`, name: null, shape: 'unknown' };
  return { id: chatId, name: book.nameOf(chatId), shape: shapeOf(chatId) };
}
