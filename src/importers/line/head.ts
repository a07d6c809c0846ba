// The lines above the first date: whom the chat is with, and when it was saved. See README.md for where each was seen.

import type { ConversationShape } from '../../model/record';
import { dropMarks } from '../marks';

export interface ChatTitle {
  readonly name: string;
  readonly shape: ConversationShape;
}

const titles: readonly (readonly [ConversationShape, RegExp])[] = [
  ['direct', /^Chat history with (.+)$/i],
  ['group', /^Chat history in (.+)$/i],
  ['direct', /^(.+)とのトーク履歴$/],
  ['group', /^(.+)のトーク履歴$/],
  ['direct', /^[與与](.+)的聊天[記记][錄录]$/],
  ['group', /^(.+)的聊天[記记][錄录]$/],
  ['group', /^ประวัติการแชทในกลุ่ม ?"?([^"]+)"?$/],
  ['direct', /^ประวัติการ(?:แชท|สนทนา)กับ ?(.+)$/],
  ['direct', /^(.+)님과의 대화$/],
];

const prefix = /^\[LINE\] ?/i;
const saved = /^(?:Saved on|保存日時|儲存日期|保存日期|บันทึกเมื่อ|บันทึกวันที่|저장한 날짜) ?[:： ]/i;
const lineLimit = 512;

/** The chat's title, in a language that is known or with the mark `[LINE]` before it; null for any other line. */
export function readTitle(line: string): ChatTitle | null {
  if (line.length > lineLimit) return null;
  const text = dropMarks(line).trim();
  const bare = text.replace(prefix, '');
  for (const [shape, pattern] of titles) {
    const name = pattern.exec(bare)?.[1]?.trim();
    if (name) return { name, shape };
  }
  return bare === text || bare === '' ? null : { name: bare, shape: 'unknown' };
}

/** True for the line that says when the chat was saved. */
export function isSavedLine(line: string): boolean {
  return line.length <= lineLimit && saved.test(dropMarks(line).trim());
}

/** The title in the name of the file, such as `[LINE]Jane.txt`, or null. */
export function titleOfFile(name: string): ChatTitle | null {
  return prefix.test(name) ? readTitle(name.replace(/\.txt$/i, '').replace(/ ?\(\d{1,2}\)$/, '')) : null;
}
