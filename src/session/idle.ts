// Notices when nobody has touched any tab for a while. Compares wall clocks, so that sleep counts as idle time.

export interface IdleEnvironment {
  nowMs(): number;
  setTimer(run: () => void, afterMs: number): number;
  clearTimer(timer: number): void;
}

export interface IdleWatch {
  /** Input, here or (with its time) in another tab. */
  touch(atMs?: number): void;
  /** Looks at the clock now; for when the tab is shown again. */
  check(): void;
  stop(): void;
}

export interface IdleListener {
  /** Called once for each stretch of idleness. */
  onNear(seconds: number): void;
  onAverted(): void;
  onIdle(): void;
}

/** How long before the lock the screen says so. */
const warningMs = 30_000;

/** `limitMs` is asked anew each time, since the owner may change it; 0 is never. */
export function watchIdle(limitMs: () => number, listener: IdleListener, environment: IdleEnvironment): IdleWatch {
  let touchedMs = environment.nowMs();
  let warned = false;
  let timer: number | null = null;
  const look = (): void => {
    if (timer !== null) environment.clearTimer(timer);
    timer = null;
    const limit = limitMs();
    if (limit === 0) return plan(warningMs);
    const leftMs = touchedMs + limit - environment.nowMs();
    if (leftMs <= 0) {
      warned = false;
      touchedMs = environment.nowMs();
      plan(limit);
      return listener.onIdle();
    }
    const lead = Math.min(warningMs, limit / 2);
    if (leftMs > lead) return plan(leftMs - lead);
    if (!warned) listener.onNear(Math.ceil(leftMs / 1000));
    warned = true;
    plan(leftMs);
  };
  const plan = (afterMs: number): void => {
    timer = environment.setTimer(look, afterMs);
  };
  look();
  return {
    touch: (atMs = environment.nowMs()) => {
      touchedMs = Math.max(touchedMs, atMs);
      if (!warned) return;
      warned = false;
      listener.onAverted();
      look();
    },
    check: look,
    stop: () => {
      if (timer !== null) environment.clearTimer(timer);
    },
  };
}
