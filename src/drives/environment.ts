// What drives need of the place they run in. Tests hand in their own; everything has a default.

import type { OauthGrant } from '../model/drive';

export interface DriveEnvironment {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  nowMs(): number;
  sleep(ms: number): Promise<void>;
  /** A number from 0 up to 1, for temporary names and for jitter; no secret depends on it. */
  random(): number;
  /** Calls back after that time, unless the function it gives is called before. */
  startTimer(ms: number, call: () => void): () => void;
  /** Origin of this page; null where there is none. */
  readonly pageOrigin: string | null;
  /** Hears until when (ms) the drive asks to be left alone. */
  onWait(untilMs: number): void;
  /** Hears of a new grant of a service, which takes the place of the one in the configuration. */
  onGrant(grant: OauthGrant): void;
}

const engine: DriveEnvironment = {
  fetch: (url, init) => fetch(url, init),
  nowMs: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
  random: () => Math.random(),
  startTimer: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  pageOrigin: globalThis.location?.origin ?? null,
  onWait: () => {},
  onGrant: () => {},
};

/** The given parts, and the engine's own for the rest. */
export function completeEnvironment(parts: Partial<DriveEnvironment> = {}): DriveEnvironment {
  return { ...engine, ...parts };
}
