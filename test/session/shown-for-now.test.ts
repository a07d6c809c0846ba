import { beforeEach, describe, expect, test } from 'vitest';
import { CamphorError } from '../../src/model/error';
import { hideAgain, showHidden, type ShownForNow, type TabSight } from '../../src/session/shown-for-now';

const minuteMs = 60_000;
let said: string[];
let isShown: boolean;
let limitMin: number;
let isAway: boolean;
let nowMs: number;
let timer: { readonly atMs: number; readonly run: () => void } | null;
let listeners: Set<() => void>;

const verbs = {
  async showHidden(passphrase: string | null): Promise<void> {
    if (passphrase !== 'right') throw new CamphorError('wrong-secret');
    said.push('shown');
  },
  concealHidden: async () => void said.push('concealed'),
};
const shown: ShownForNow = {
  vaultWorker: { get: async () => ({ call: (ask: (of: typeof verbs) => unknown) => ask(verbs) }) as never },
  limitMs: () => limitMin * minuteMs,
  isShown: () => isShown,
  setShown: (next) => {
    isShown = next;
    said.push(`searches ${next}`);
  },
};
const sight: TabSight = {
  isAway: () => isAway,
  nowMs: () => nowMs,
  setTimer: (run, afterMs) => ((timer = { atMs: nowMs + afterMs, run }), 1),
  clearTimer: () => (timer = null),
  follow: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
};

/** The tab goes out of sight, or comes back. */
const turn = (away: boolean): void => {
  isAway = away;
  for (const listener of listeners) listener();
};
const pass = async (minutes: number): Promise<void> => {
  nowMs += minutes * minuteMs;
  if (timer !== null && timer.atMs <= nowMs) timer.run();
  await new Promise((resolve) => setTimeout(resolve));
};

beforeEach(() => {
  said = [];
  [isShown, isAway, nowMs, limitMin, timer] = [false, false, 1_000_000, 5, null];
  listeners = new Set();
});

describe('hidden conversations', () => {
  test('are shown to whoever has the passphrase, and to nobody else', async () => {
    await expect(showHidden(shown, 'wrong', sight)).rejects.toMatchObject({ code: 'wrong-secret' });
    expect([said, isShown]).toEqual([[], false]);
    await showHidden(shown, 'right', sight);
    expect([said, isShown]).toEqual([['shown', 'searches true'], true]);
  });

  test('are hidden again by hand, once', async () => {
    await showHidden(shown, 'right', sight);
    await hideAgain(shown);
    await hideAgain(shown);
    expect(said.slice(2)).toEqual(['searches false', 'concealed']);
  });

  test('are hidden again when the tab was out of sight for as long as the idle lock waits', async () => {
    await showHidden(shown, 'right', sight);
    turn(true);
    await pass(4);
    turn(false);
    turn(true);
    await pass(4);
    expect(isShown).toBe(true);
    await pass(1);
    expect(isShown).toBe(false);
    expect(said.at(-1)).toBe('concealed');
    expect(listeners.size).toBe(0);
  });

  test('are hidden again when the machine slept with its timers', async () => {
    await showHidden(shown, 'right', sight);
    turn(true);
    timer = null;
    nowMs += 60 * minuteMs;
    turn(false);
    expect(isShown).toBe(false);
  });

  test('stay for as long as it takes where the idle lock never comes', async () => {
    limitMin = 0;
    await showHidden(shown, 'right', sight);
    turn(true);
    await pass(600);
    turn(false);
    expect(isShown).toBe(true);
  });

  test('are not asked about after a lock', async () => {
    await showHidden(shown, 'right', sight);
    turn(true);
    isShown = false;
    await pass(6);
    expect(said.slice(2)).toEqual([]);
    expect(listeners.size).toBe(0);
  });
});
