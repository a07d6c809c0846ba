// chatlog's text: `name(id) 01-02 15:04:05`, in several chats at once `name(id) [chat(id)] …`, the message below it. Its dates
// have no year where all that was asked for lies in one.

import { isWeChatId, readWallClock } from './identity';
import { readMarked } from './marked-text';
import type { TextForm } from './text-forms';

/** The owner in every file. */
const ownName = '我';
const clockAtEnd = / (?:(\d{4})-)?(\d{2}-\d{2} \d{2}:\d{2}:\d{2})$/;
const nameLimit = 128;
/** A year in which every date exists. */
const leapYear = 2000;

interface Named {
  readonly id: string | null;
  readonly name: string | null;
}

export const chatlogBlock: TextForm = {
  version: 'chatlog',
  isBlock: true,
  ownName,
  readHeader(line, year) {
    // A line that quotes another message begins so.
    const match = line.length > 3 * nameLimit || line.startsWith('> ') ? null : clockAtEnd.exec(line);
    if (match === null) return null;
    const [, written, clock = ''] = match;
    if (readWallClock(`${written ?? leapYear}-${clock}`) === null) return null;
    const { who, chat } = readWho(line.slice(0, match.index));
    if (who === null) return null;
    const inYear = written ?? year;
    const time = inYear === null ? null : readWallClock(`${inYear}-${clock}`);
    return {
      name: who.name ?? who.id ?? '',
      senderId: who.id,
      chat,
      sentAtMs: time?.sentAtMs ?? null,
      clock: 'second',
      rest: null,
      type: null,
    };
  },
  readContent: (_, text) => ({ body: readMarked(text), mediaPath: null }),
};

/** Month and day at the end of a header without a year, such as `01-02`; null where it has its year. */
export function yearlessDay(line: string): string | null {
  const match = clockAtEnd.exec(line);
  return match === null || match[1] !== undefined ? null : (match[2] ?? '').slice(0, 5);
}

function readWho(text: string): { readonly who: Named | null; readonly chat: Named | null } {
  const bracket = text.endsWith(']') ? text.lastIndexOf(' [') : -1;
  const chat = bracket === -1 ? null : namedOf(text.slice(bracket + 2, -1));
  const own = chat === null ? text : text.slice(0, bracket);
  if (own === ownName) return { who: { id: null, name: ownName }, chat };
  return { who: namedOf(own), chat };
}

/** `name(id)`, or the id alone where there is no name. */
function namedOf(text: string): Named | null {
  const at = text.endsWith(')') ? text.lastIndexOf('(') : -1;
  const id = at === -1 ? text : text.slice(at + 1, -1);
  const name = at < 1 ? null : text.slice(0, at);
  if (!isWeChatId(id) || /^\d+$/.test(id) || (name?.length ?? 0) > nameLimit) return null;
  return { id, name };
}
