// Texts of groups begin with who wrote them: `wxid_a:` and a line's end.

import { shapeOf } from '../wechat/identity';
import type { HiddenText } from './stored-text';

const prefix = /^([\w@.-]{1,64}):[ \t]{0,4}\r?\n/;

/** The text without its sender's id. Where `senderId` is known only that id is taken away, since anyone may write such a line. */
export function withoutSender(content: string, senderId: string | null): { readonly text: string; readonly senderId: string | null } {
  const match = prefix.exec(content);
  const found = match?.[1] ?? null;
  if (match === null || found === null || (senderId !== null && found !== senderId)) return { text: content, senderId };
  return { text: content.slice(match[0].length), senderId: found };
}

/** Who wrote a message of a chat whose table does not say it otherwise, and the text without it. */
export function readSender(
  content: string | HiddenText,
  chatId: string | null,
  isOwn: boolean,
): { readonly content: string | HiddenText; readonly senderId: string | null } {
  // A chat whose id is not known may be of two, where a text's first line is its own.
  const mayBeGroup = chatId === null ? typeof content === 'string' && content.startsWith('wxid_') : shapeOf(chatId) === 'group';
  if (typeof content !== 'string' || isOwn || !mayBeGroup) return { content, senderId: null };
  const { text, senderId } = withoutSender(content, null);
  return { content: text, senderId };
}
