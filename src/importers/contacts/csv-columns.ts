// Which columns of a table of contacts hold what: the exports of Google, Outlook and iPhone tools, in English and Chinese.

import { composeName } from './vcard-line';
import type { Contact } from './contact-book';

export interface ContactColumns {
  readonly full: readonly number[];
  readonly given: readonly number[];
  readonly middle: readonly number[];
  readonly family: readonly number[];
  readonly organisation: readonly number[];
  readonly phones: readonly number[];
  readonly mails: readonly number[];
}

const patterns: Readonly<Record<keyof ContactColumns, RegExp>> = {
  full: /^(?:name|full ?name|display ?name|file as|姓名|名称|全名|显示名称|联系人|聯絡人)$/i,
  given: /^(?:first ?name|given ?name|名|名字)$/i,
  middle: /^(?:middle ?name|additional ?name|中间名)$/i,
  family: /^(?:last ?name|family ?name|surname|姓|姓氏)$/i,
  organisation: /^(?:company|organi[sz]ation(?: name| 1 - name)?|公司|单位|單位)$/i,
  phones: /phone|mobile|^tel|手机|手機|电话|電話/i,
  mails: /e-?mail|邮箱|邮件|電郵|郵件/i,
};
/** Beside a number or an address: what kind it is, or whose name stands before it. */
const aboutAnother = /type|label|kind|display name|fax|pager|telex|callback|类型|标签|類型|傳真|传真/i;
/** Columns that no table of contacts has: of messages, and of the contacts of a chat app, which its importer reads. */
const ofOthers = /^(?:message|text|body|content|timestamp|date|time|sender|username|identity|wxid|消息|内容|时间|日期|发送者)$/i;

/** Null where the header is not that of a table of contacts. */
export function findColumns(header: readonly string[]): ContactColumns | null {
  const names = header.map((name) => name.trim());
  if (names.length < 2 || names.some((name) => ofOthers.test(name))) return null;
  const find = (of: keyof ContactColumns): number[] =>
    [...names.keys()].filter((at) => patterns[of].test(names[at] ?? '') && !aboutAnother.test(names[at] ?? ''));
  const phones = find('phones');
  const mails = find('mails').filter((at) => !phones.includes(at));
  const columns = {
    // "Display Name" is a name, "E-mail Display Name" is not.
    full: [...names.keys()].filter((at) => patterns.full.test(names[at] ?? '')),
    given: find('given'),
    middle: find('middle'),
    family: find('family'),
    organisation: find('organisation'),
    phones,
    mails,
  };
  const hasName = columns.full.length + columns.given.length + columns.family.length > 0;
  return hasName && phones.length + mails.length > 0 ? columns : null;
}

/** Google puts several of a kind into one cell. */
const between = ' ::: ';

export function contactOfRow(row: readonly string[], columns: ContactColumns): Contact {
  const first = (at: readonly number[]): string => at.map((index) => row[index]?.trim() ?? '').find((cell) => cell !== '') ?? '';
  const all = (at: readonly number[]): string[] =>
    at.flatMap((index) => (row[index] ?? '').split(between).map((cell) => cell.trim())).filter((cell) => cell !== '');
  const composed = composeName(first(columns.given), first(columns.middle), first(columns.family));
  return { name: first(columns.full) || composed || first(columns.organisation), phones: all(columns.phones), mails: all(columns.mails) };
}
