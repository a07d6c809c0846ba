import { describe, expect, it } from 'vitest';
import { watchIdle } from '../../src/session/idle';

/** A clock that stands still until told; timers run as it passes them. */
function fakeClock() {
  let nowMs = 1_000_000;
  const timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  let last = 0;
  return {
    environment: {
      nowMs: () => nowMs,
      setTimer: (run: () => void, afterMs: number) => {
        timers.set(++last, { atMs: nowMs + afterMs, run });
        return last;
      },
      clearTimer: (timer: number) => void timers.delete(timer),
    },
    pass: (ms: number) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].filter(([, { atMs }]) => atMs <= untilMs).sort(([, a], [, b]) => a.atMs - b.atMs);
        if (next === undefined) break;
        timers.delete(next[0]);
        nowMs = Math.max(nowMs, next[1].atMs);
        next[1].run();
      }
      nowMs = untilMs;
    },
    /** As when the computer sleeps: no timer runs. */
    sleep: (ms: number) => (nowMs += ms),
    nowMs: () => nowMs,
  };
}

function watched(limitMs: number | (() => number)) {
  const clock = fakeClock();
  const told: string[] = [];
  const listener = {
    onNear: (seconds: number) => void told.push(`near ${seconds}`),
    onAverted: () => void told.push('averted'),
    onIdle: () => void told.push('idle'),
  };
  const watch = watchIdle(typeof limitMs === 'number' ? () => limitMs : limitMs, listener, clock.environment);
  return { clock, told, watch };
}

describe('the idle lock', () => {
  it('warns 30 s before, then locks', () => {
    const { clock, told } = watched(300_000);
    clock.pass(269_000);
    expect(told).toEqual([]);
    clock.pass(1_000);
    expect(told).toEqual(['near 30']);
    clock.pass(30_000);
    expect(told).toEqual(['near 30', 'idle']);
  });

  it('is averted by input after the warning', () => {
    const { clock, told, watch } = watched(300_000);
    clock.pass(280_000);
    watch.touch();
    clock.pass(269_000);
    expect(told).toEqual(['near 30', 'averted']);
    clock.pass(31_000);
    expect(told).toEqual(['near 30', 'averted', 'near 30', 'idle']);
  });

  it('never comes while there is input, here or in another tab', () => {
    const { clock, told, watch } = watched(60_000);
    for (let step = 0; step < 100; step += 1) {
      clock.pass(29_000);
      if (step % 2 === 0) watch.touch();
      else watch.touch(clock.nowMs() - 100);
    }
    expect(told).toEqual([]);
  });

  it('comes at once when the computer wakes after the limit', () => {
    const { clock, told, watch } = watched(300_000);
    clock.sleep(3_600_000);
    watch.check();
    expect(told).toEqual(['idle']);
  });

  it('is off at 0, and follows a change of the limit', () => {
    let limitMs = 0;
    const { clock, told, watch } = watched(() => limitMs);
    clock.pass(10_000_000);
    expect(told).toEqual([]);
    watch.touch();
    limitMs = 60_000;
    clock.pass(95_000);
    expect(told.at(-1)).toBe('idle');
  });

  it('locks once for each stretch of idleness', () => {
    const { clock, told } = watched(60_000);
    clock.pass(60_000);
    expect(told.filter((word) => word === 'idle')).toHaveLength(1);
  });
});
