// Hidden conversations that are shown for now: the vault worker is asked with the passphrase, and they are hidden again when
// nobody has looked at the tab for long. Loaded when somebody wants to see them.

import type { VaultWorker } from './vault-worker';

export interface ShownForNow {
  readonly vaultWorker: Pick<VaultWorker, 'get'>;
  /** How long the tab may be out of sight; 0 is for ever. */
  limitMs(): number;
  isShown(): boolean;
  /** Searches follow. */
  setShown(shown: boolean): void;
}

export interface TabSight {
  /** The tab is out of sight. */
  isAway(): boolean;
  nowMs(): number;
  setTimer(run: () => void, afterMs: number): number;
  clearTimer(timer: number): void;
  /** Calls back whenever the tab goes out of sight or comes back; gives the function that stops it. */
  follow(listener: () => void): () => void;
}

const tabSight: TabSight = {
  isAway: () => document.hidden,
  nowMs: () => Date.now(),
  setTimer: (run, afterMs) => window.setTimeout(run, afterMs),
  clearTimer: (timer) => window.clearTimeout(timer),
  follow(listener) {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};

/** Rejects with `wrong-secret`; null is right where there is no passphrase. */
export async function showHidden(shown: ShownForNow, passphrase: string | null, sight = tabSight): Promise<void> {
  const worker = await shown.vaultWorker.get();
  await worker.call((verbs) => verbs.showHidden(passphrase));
  if (shown.isShown()) return;
  shown.setShown(true);
  followSight(shown, sight);
}

/** Where they are shown. */
export async function hideAgain({ vaultWorker, isShown, setShown }: ShownForNow): Promise<void> {
  if (!isShown()) return;
  setShown(false);
  const worker = await vaultWorker.get();
  await worker.call((verbs) => verbs.concealHidden());
}

/** Compares wall clocks too, since timers sleep with the machine. Ends with the showing. */
function followSight(shown: ShownForNow, sight: TabSight): void {
  let timer = 0;
  let awayAtMs = Infinity;
  const look = (): void => {
    sight.clearTimer(timer);
    if (!shown.isShown()) return stop();
    const limitMs = shown.limitMs();
    const isOver = limitMs > 0 && sight.nowMs() - awayAtMs >= limitMs;
    if (isOver) {
      stop();
      // A worker that has ended meanwhile shows nothing.
      return void hideAgain(shown).catch(() => {});
    }
    if (!sight.isAway()) awayAtMs = Infinity;
    else {
      awayAtMs = Math.min(awayAtMs, sight.nowMs());
      if (limitMs > 0) timer = sight.setTimer(look, awayAtMs + limitMs - sight.nowMs());
    }
  };
  const stop = sight.follow(look);
  look();
}
