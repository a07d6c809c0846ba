// Who a message is from, in the words of the message manager: `【title】name(number)`, `name<address>`, or a bare name.

export interface ManagerSender {
  /** Null where it is empty. */
  readonly name: string | null;
  /** QQ number or mail address; null for a bare name, as in chats of two. */
  readonly id: string | null;
  /** What the group calls its member: 管理员, 群主, a level, or a word of its own. */
  readonly title: string | null;
}

/** The account that QQ itself speaks from: `系统消息(10000)`. */
export const systemNumber = '10000';

const titlePattern = /^【([^【】]{1,30})】/;

/** A sender as written; titles stand only before names that have a number or an address. */
export function readSender(text: string): ManagerSender {
  const found = splitId(text);
  if (found === null) return { name: text === '' ? null : text, id: null, title: null };
  const title = titlePattern.exec(found.name);
  const name = title === null ? found.name : found.name.slice(title[0].length);
  return { name: name === '' ? null : name, id: found.id, title: title?.[1] ?? null };
}

/** The sender of whom nothing is read but the name, whatever it ends in. */
export function bareSender(text: string): ManagerSender {
  return { name: text === '' ? null : text, id: null, title: null };
}

function splitId(text: string): { name: string; id: string } | null {
  if (text.endsWith(')')) {
    const open = text.lastIndexOf('(');
    const id = text.slice(open + 1, -1);
    return open >= 0 && /^\d{5,15}$/.test(id) ? { name: text.slice(0, open), id } : null;
  }
  if (!text.endsWith('>')) return null;
  const open = text.lastIndexOf('<');
  const id = text.slice(open + 1, -1);
  const at = id.indexOf('@');
  return open >= 0 && at > 0 && at < id.length - 1 ? { name: text.slice(0, open), id } : null;
}
