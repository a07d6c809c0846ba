// Cuts messages as they come into runs that are sorted by time. Small steps back are sorted out within a window; a step
// back further than the window ends the run, and the next one is merged after it. So memory is bounded for any order.

import type { Message } from '../model/message';
import { startOfCell } from './segment-cursor';

const windowMessages = 8192;

export interface SortedRuns {
  /** Takes the next message in the order of the source; true when `takeBatch` has something. */
  add(message: Message): boolean;
  /** Sees a message of the source that is not in the run: which way the source lists is told by all of them. */
  pass(sentAtMs: number): void;
  /** Sorted messages of whole cells, and whether the run ends with them; `isEnd` says that nothing more comes. */
  takeBatch(isEnd: boolean): { readonly messages: Message[]; readonly endsRun: boolean };
}

interface Window {
  buffer: Message[];
  isSorted: boolean;
  lastAtMs: number;
  /** Messages that were passed since the run began, or since some of it was taken. */
  passed: number;
  /** From one message of the source to the next. */
  stepsBack: number;
  /** What was taken lies before it; a message from earlier begins a new run. */
  takenToMs: number;
  /** The message that begins the next run. */
  next: Message | null;
}

export function makeSortedRuns(): SortedRuns {
  const window: Window = { buffer: [], isSorted: true, lastAtMs: -Infinity, passed: 0, stepsBack: 0, takenToMs: -Infinity, next: null };
  return {
    add(message) {
      if (message.sentAtMs < window.takenToMs) {
        window.next = message;
        return true;
      }
      put(window, message);
      return window.buffer.length >= windowMessages && window.buffer.length % (windowMessages / 2) === 0;
    },
    pass(sentAtMs) {
      window.passed++;
      step(window, sentAtMs);
    },
    takeBatch: (isEnd) => takeBatch(window, isEnd),
  };
}

function step(window: Window, sentAtMs: number): void {
  if (sentAtMs < window.lastAtMs) {
    window.isSorted = false;
    window.stepsBack++;
  }
  window.lastAtMs = sentAtMs;
}

function put(window: Window, message: Message): void {
  step(window, message.sentAtMs);
  window.buffer.push(message);
}

function arrange(window: Window): void {
  if (window.isSorted) return;
  // A source that lists the newest first lists equals of a tick backwards too.
  if (window.stepsBack > (window.buffer.length + window.passed) / 2) window.buffer.reverse();
  window.buffer.sort((a, b) => a.sentAtMs - b.sentAtMs);
  window.isSorted = true;
  window.lastAtMs = window.buffer[window.buffer.length - 1]?.sentAtMs ?? -Infinity;
}

function takeBatch(window: Window, isEnd: boolean): { readonly messages: Message[]; readonly endsRun: boolean } {
  arrange(window);
  window.passed = 0;
  window.stepsBack = 0;
  const { buffer, next } = window;
  const endsRun = isEnd || next !== null;
  const count = endsRun ? buffer.length : cutAtCell(buffer);
  window.buffer = count === buffer.length ? [] : buffer.slice(count);
  if (endsRun) {
    window.takenToMs = -Infinity;
    window.lastAtMs = -Infinity;
  } else if (count > 0) window.takenToMs = startOfCell(window.buffer[0]?.sentAtMs ?? -Infinity);
  window.next = null;
  if (next !== null) put(window, next);
  return { messages: count === buffer.length ? buffer : buffer.slice(0, count), endsRun };
}

/** A count near half of the sorted buffer that ends with a whole cell; 0 where one cell fills it. */
function cutAtCell(buffer: readonly Message[]): number {
  const at = (index: number): number => startOfCell((buffer[index] as Message).sentAtMs);
  const half = buffer.length >> 1;
  let count = half;
  while (count > 0 && at(count) === at(count - 1)) count--;
  if (count > 0) return count;
  for (count = half; count < buffer.length && at(count) === at(count - 1); count++);
  return count === buffer.length ? 0 : count;
}
