// The part of a conversation that is mounted: a run of messages around an anchor, joined at both ends, cut at both ends.

import type { MessagePage, MessageView } from '../../model/view';

export interface MessageWindow {
  readonly messageCount: number;
  /** Contiguous, by position. */
  readonly messages: readonly MessageView[];
}

/**
 * Messages fetched at a time, few enough to be mounted within a frame or two, and the most that are mounted. A browser caps the height
 * of elements; a window has none.
 */
export const pageLength = 30;
export const windowLimit = 240;

export type Side = 'before' | 'after';

export function windowOf(page: MessagePage): MessageWindow {
  return { messageCount: page.messageCount, messages: page.messages };
}

/** True where the window reaches the first or the last message of the conversation. */
export function reaches(window: MessageWindow, side: Side): boolean {
  const edge = side === 'before' ? window.messages[0] : window.messages.at(-1);
  return edge === undefined || (side === 'before' ? edge.position === 0 : edge.position >= window.messageCount - 1);
}

/**
 * Joins a page to one side and lets go of what is too much at the other. Messages keep their identity, so that their
 * rows stay mounted. A page that does not touch the window (the conversation changed meanwhile) replaces it.
 */
export function joinPage(window: MessageWindow, page: MessagePage, side: Side): MessageWindow {
  const first = window.messages[0];
  const last = window.messages.at(-1);
  if (first === undefined || last === undefined) return windowOf(page);
  const fresh = page.messages.filter(({ position }) => (side === 'before' ? position < first.position : position > last.position));
  const touches = side === 'before' ? fresh.at(-1)?.position === first.position - 1 : fresh[0]?.position === last.position + 1;
  if (fresh.length === 0) return { messageCount: page.messageCount, messages: window.messages };
  if (!touches) return windowOf(page);
  const joined = side === 'before' ? [...fresh, ...window.messages] : [...window.messages, ...fresh];
  return { messageCount: page.messageCount, messages: side === 'before' ? joined.slice(0, windowLimit) : joined.slice(-windowLimit) };
}
