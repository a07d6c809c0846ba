// Ids of WeChat: what kind of chat one is, and how conversations and people are known by it.

import type { ConversationShape } from '../../model/record';

/**
 * The conversation's id as all importers of WeChat give it. The prefix is that of importers/chatlab, so that a chat is one
 * whichever way it was exported.
 */
export function conversationIdOf(username: string): string {
  return `wechat:${username}`;
}

/** What kind of chat a WeChat id stands for. */
export function shapeOf(username: string | null): ConversationShape {
  if (username === null) return 'unknown';
  if (username.endsWith('@chatroom')) return 'group';
  if (username === 'filehelper') return 'self';
  return username.startsWith('gh_') ? 'channel' : 'direct';
}

/** True for ids as WeChat gives them: no spaces, no letters beyond ASCII. */
export function isWeChatId(text: string): boolean {
  return /^[\w@.-]{2,64}$/.test(text);
}

const greatestMs = 253_402_300_799_999;

/** An instant from seconds, or from milliseconds where the number is too great for seconds (documents of exporters show both); null where it is none. */
export function instantOf(value: unknown): number | null {
  const time = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof time !== 'number' || !Number.isFinite(time) || time <= 0) return null;
  const atMs = Math.round(time > 1e11 ? time : time * 1000);
  return atMs <= greatestMs ? atMs : null;
}

/**
 * A wall clock such as `2024-01-01 08:00:00` or `2024/1/1 8:00` (which a spreadsheet makes of it), read as UTC. Null where it
 * is none.
 */
export function readWallClock(text: string): { readonly sentAtMs: number; readonly clock: 'second' | 'minute' } | null {
  const match = /^\s{0,8}(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?\s{0,8}$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second] = match
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || (second ?? 0) > 59 || year < 1) return null;
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second ?? 0));
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCDate() !== day) return null;
  return { sentAtMs: date.getTime(), clock: second === undefined ? 'minute' : 'second' };
}
