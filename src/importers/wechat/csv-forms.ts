// The tables in which exporters write WeChat messages to CSV, known by their first row.

import type { ProblemCode } from '../../model/problem';
import { readExported, splitQuote } from './exported-text';
import { instantOf, isWeChatId, readWallClock } from './identity';
import type { ExportedChat, ExportedMessage } from './ledger';
import { readMarked } from './marked-text';
import { bodyOf } from './message-body';
import type { NameOf } from './message-body';
import { replyTo } from './app-message';
import { appTypes } from './message-types';
import { messageIdOf, readWordRow, wordColumns } from './table-rows';
import type { Row } from './table-rows';
import { typeOfWord } from './type-words';

export interface CsvContext {
  /** The chat of a table that does not name it. */
  readonly chat: ExportedChat;
  readonly nameOf: NameOf;
}

export interface CsvForm {
  /** What `formatVersion` says. */
  readonly version: string;
  readonly columns: readonly string[];
  readonly hasWallClock: boolean;
  /** True where rows say which are the owner's. */
  readonly knowsOwner: boolean;
  /** True where rows say which chat they are of. */
  readonly knowsChat: boolean;
  toMessage(row: Row, context: CsvContext): ExportedMessage | ProblemCode;
}

const rows: CsvForm = {
  version: 'pywxdump',
  columns: wordColumns,
  hasWallClock: true,
  knowsOwner: true,
  knowsChat: true,
  toMessage: (row, { nameOf }) => readWordRow(row, nameOf),
};

/** The same without `room_name`, made for training language models. */
const rowsOfOne: CsvForm = {
  ...rows,
  version: 'weclone',
  columns: wordColumns.filter((column) => column !== 'room_name'),
  knowsChat: false,
  toMessage(row, { chat, nameOf }) {
    const message = readWordRow(row, nameOf, chat.id);
    return typeof message === 'string' ? message : { ...message, chat };
  },
};

/** WeChat's own columns: types in numbers, instants, bodies as they are. */
const numbered: CsvForm = {
  version: 'memotrace-2',
  columns: [
    'localId',
    'TalkerId',
    'Type',
    'SubType',
    'IsSender',
    'CreateTime',
    'Status',
    'StrContent',
    'StrTime',
    'Remark',
    'NickName',
    'Sender',
  ],
  hasWallClock: false,
  knowsOwner: true,
  knowsChat: false,
  toMessage(row, { chat, nameOf }) {
    const sentAtMs = instantOf(row('CreateTime'));
    if (sentAtMs === null) return 'bad-time';
    const type = { base: numberOf(row('Type')), sub: numberOf(row('SubType')) };
    const exported = readExported(type, row('StrContent') ?? '', nameOf);
    const id = row('Sender');
    return {
      chat,
      sender: { id: id !== null && isWeChatId(id) ? id : null, name: row('Remark') ?? row('NickName'), isOwn: row('IsSender') === '1' },
      sourceId: null,
      sentAtMs,
      clock: 'absolute',
      ...exported,
      extra: { localId: row('localId') },
    };
  },
};

/** Words for types, names for people, wall clocks. */
const worded: CsvForm = {
  version: 'memotrace-3',
  columns: ['消息ID', '类型', '发送人', '时间', '内容', '备注', '昵称', '更多信息'],
  hasWallClock: true,
  knowsOwner: false,
  knowsChat: false,
  toMessage(row, { chat, nameOf }) {
    const time = readWallClock(row('时间') ?? '');
    if (time === null) return 'bad-time';
    const word = row('类型') ?? '';
    const type = typeOfWord(word) ?? { base: -1, sub: 0 };
    const content = row('内容') ?? '';
    const quote = type.sub === appTypes.quote ? splitQuote(content) : null;
    const exported =
      quote === null
        ? readExported(type, content, nameOf)
        : { body: bodyOf('text', quote.text, { facts: { replyTo: replyTo(null, quote.quoted) } }), mediaPath: null };
    const more = row('更多信息');
    return {
      chat,
      sender: { id: null, name: row('发送人'), isOwn: false },
      sourceId: messageIdOf(row('消息ID')),
      ...time,
      ...exported,
      extra: type.base === -1 || (more !== null && more !== 'more') ? { type: word, more } : null,
    };
  },
};

/** One row a message of any chat, as it is shown. */
const shown: CsvForm = {
  version: 'chatlog',
  columns: ['Time', 'SenderName', 'Sender', 'TalkerName', 'Talker', 'Content'],
  hasWallClock: true,
  knowsOwner: true,
  knowsChat: true,
  toMessage(row) {
    const time = readWallClock(row('Time') ?? '');
    if (time === null) return 'bad-time';
    const [sender, name] = [row('Sender'), row('SenderName')];
    const isNotice = sender === '系统消息';
    return {
      chat: { id: row('Talker'), name: row('TalkerName') },
      sender: isNotice
        ? null
        : { id: sender !== null && isWeChatId(sender) ? sender : null, name: name === '我' ? null : name, isOwn: name === '我' },
      sourceId: null,
      ...time,
      body: isNotice ? bodyOf('system', row('Content') ?? '') : readMarked(row('Content') ?? ''),
    };
  },
};

const forms: readonly CsvForm[] = [rows, rowsOfOne, numbered, worded, shown];

/** The form whose columns the first row has, exactly; null where there is none. */
export function formOfHeader(fields: readonly string[]): CsvForm | null {
  const names = fields.map((field) => field.replace(/^\ufeff/, '').trim());
  while (names.at(-1) === '') names.pop();
  return forms.find(({ columns }) => columns.length === names.length && columns.every((column, at) => column === names[at])) ?? null;
}

/** A row by its columns' names. */
export function rowOf({ columns }: CsvForm, fields: readonly string[]): Row {
  return (column) => {
    const value = fields[columns.indexOf(column)] ?? '';
    return value === '' ? null : value;
  };
}

function numberOf(text: string | null): number {
  return text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : -1;
}
