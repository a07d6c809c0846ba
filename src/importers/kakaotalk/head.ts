// The lines above the first date: whom the chat is with, how many they are, when it was saved.

import type { ConversationShape } from '../../model/record';
import { dropMarks } from '../marks';

export interface ChatTitle {
  /** Null where the line names nobody. */
  readonly name: string | null;
  readonly shape: ConversationShape;
}

/** In each the name comes first; then, where it stands there, the number of people. */
const titles: readonly RegExp[] = [
  /^(.+?)(?: (\d{1,4}))? 님과 카카오톡 대화$/,
  /^(.+?)(?:님)?[과와] 카카오톡 대화$/,
  /^(.+) 카카오톡 대화$/,
  /^KakaoTalk Chats with (.+?)(?: \((\d{1,4})(?: people)?\))?$/i,
  /^(.+) with KakaoTalk Chats$/i,
];
const unnamed = /^Talk_\d{4}\.\d{1,2}\.\d{1,2} \d{1,2}:\d{2}$/;
const saved = /^(?:저장한 날짜|Date Saved) ?: /i;
const lineLimit = 512;

/** The title line, or null. iPhones write it with the number and ending of the file. */
export function readTitle(line: string): ChatTitle | null {
  if (line.length > lineLimit) return null;
  const text = dropMarks(line)
    .trim()
    .replace(/\.txt$/i, '')
    .replace(/-\d{1,3}$/, '');
  if (unnamed.test(text)) return { name: null, shape: 'unknown' };
  for (const pattern of titles) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const people = found[2] === undefined ? null : Number(found[2]);
    return { name: found[1]?.trim() ?? null, shape: people === null ? 'unknown' : people > 2 ? 'group' : 'direct' };
  }
  return null;
}

/** True for the line that says when the chat was saved. */
export function isSavedLine(line: string): boolean {
  return line.length <= lineLimit && saved.test(dropMarks(line).trim());
}

const csvName = /^KakaoTalk_Chat_(.+)_\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}(?: ?\(\d{1,2}\))?\.csv$/i;

/** The chat's name in the name of a Mac's file, or null. */
export function titleOfCsv(fileName: string): string | null {
  return csvName.exec(fileName.normalize('NFC'))?.[1] ?? null;
}
