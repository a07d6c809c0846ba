// Rows of tables of messages, as exporters write them to CSV and to JSON with the same names.

import type { JsonObject } from '../../model/json';
import type { ProblemCode } from '../../model/problem';
import { instantOf, isWeChatId, readWallClock, shapeOf } from './identity';
import { readExported } from './exported-text';
import type { ExportedMessage, ExportedSender } from './ledger';
import type { WeChatType } from './message-types';
import { typeOfWord } from './type-words';
import type { NameOf } from './message-body';

/** A row's text by its column's name; null where the column is missing or empty. */
export type Row = (column: string) => string | null;

/** Columns of the table with a word for each type: one row a message, `room_name` its chat, `talker` its sender. */
export const wordColumns: readonly string[] = [
  'id',
  'MsgSvrID',
  'type_name',
  'is_sender',
  'talker',
  'room_name',
  'msg',
  'src',
  'CreateTime',
];

/** The message of such a row, or why it is none. Without `room_name` (one tool leaves it out) the chat is `chatId`. */
export function readWordRow(row: Row, nameOf: NameOf, chatId: string | null = null): ExportedMessage | ProblemCode {
  const created = row('CreateTime') ?? '';
  const absolute = instantOf(created);
  const time = absolute === null ? readWallClock(created) : ({ sentAtMs: absolute, clock: 'absolute' } as const);
  if (time === null) return 'bad-time';
  const word = row('type_name') ?? '';
  const type = typeOfWord(word) ?? { base: -1, sub: 0 };
  const content = row('msg') ?? '';
  const exported = readExported(type, content === word ? '' : content, nameOf);
  const src = row('src');
  const id = row('room_name') ?? chatId;
  return {
    chat: { id, name: id === null ? null : nameOf(id), shape: shapeOf(id) },
    sender: senderOf(row, nameOf),
    sourceId: messageIdOf(row('MsgSvrID')),
    ...time,
    body: exported.body,
    mediaPath: src !== null && isMedia(type, src) ? src : exported.mediaPath,
    extra: extraOfRow(type, word, src),
  };
}

/** WeChat's id of a message; local notices have 0. */
export function messageIdOf(id: string | null): string | null {
  return id === null || id === '0' || !/^-?\d{1,20}$/.test(id) ? null : id;
}

function senderOf(row: Row, nameOf: NameOf): ExportedSender {
  const talker = row('talker');
  const isOwn = row('is_sender') === '1';
  // Own rows have 我 or nothing in some versions.
  const id = talker !== null && isWeChatId(talker) ? talker : null;
  return { id, name: id === null ? (talker === '我' ? null : talker) : nameOf(id), isOwn };
}

/** `src` holds a path for files, and for cards what else there was. */
function isMedia({ base }: WeChatType, src: string): boolean {
  return base !== 1 && base !== 10000 && !src.startsWith('{');
}

function extraOfRow(type: WeChatType, word: string, src: string | null): JsonObject | null {
  const kept: [string, string][] = [];
  if (type.base === -1) kept.push(['type', word]);
  if (src !== null && !isMedia(type, src)) kept.push(['src', src]);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
