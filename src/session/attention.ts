// Input in this tab and in the others, and the idle lock that follows when there is none.

import { type IdleListener, watchIdle } from './idle';

/** Input is told to other tabs at most this often. */
const tellEveryMs = 5000;

export interface Attention {
  /** Another tab had input. */
  touchedElsewhere(atMs: number): void;
}

/** Watches the page; `tell` carries input to other tabs, `limitMs` is the idle time allowed (0 is any). */
export function watchAttention(limitMs: () => number, listener: IdleListener, tell: (atMs: number) => void): Attention {
  const watch = watchIdle(limitMs, listener, {
    nowMs: () => Date.now(),
    setTimer: (run, afterMs) => window.setTimeout(run, afterMs),
    clearTimer: (timer) => window.clearTimeout(timer),
  });
  let toldMs = 0;
  const touch = (): void => {
    watch.touch();
    if (Date.now() - toldMs < tellEveryMs) return;
    toldMs = Date.now();
    tell(toldMs);
  };
  for (const kind of ['pointermove', 'pointerdown', 'keydown', 'wheel']) addEventListener(kind, touch, { passive: true, capture: true });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && watch.check());
  return { touchedElsewhere: (atMs) => watch.touch(atMs) };
}

/** Keeps the screen on where the browser can; gives the function that stops it. Taken again when the tab is shown again. */
export async function keepAwake(): Promise<() => void> {
  const wakeLock = navigator.wakeLock as WakeLock | undefined;
  if (wakeLock === undefined) return () => {};
  let current: WakeLockSentinel | null = null;
  // Refused when the tab is hidden or the battery low; the work goes on without it.
  const take = async (): Promise<void> => {
    current = await wakeLock.request('screen').catch(() => null);
  };
  const retake = (): void => void (document.visibilityState === 'visible' && take());
  await take();
  document.addEventListener('visibilitychange', retake);
  return () => {
    document.removeEventListener('visibilitychange', retake);
    void current?.release();
  };
}
