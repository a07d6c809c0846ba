// A few things on their way at once, and no more held in memory than those.

export interface SendQueue {
  /** Starts the job as soon as there is room, and resolves then. Throws what an earlier job threw. */
  push(job: () => Promise<void>): Promise<void>;
  /** Resolves when nothing is on its way. Throws what a job threw. */
  drain(): Promise<void>;
  /** Resolves when nothing is on its way, whatever came of it. */
  settle(): Promise<void>;
}

export function createSendQueue(limit: number): SendQueue {
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;
  const check = (): void => {
    if (failure) throw failure.error;
  };
  const start = (job: () => Promise<void>): void => {
    const run = job()
      .catch((error: unknown) => void (failure ??= { error }))
      .finally(() => running.delete(run));
    running.add(run);
  };
  const settle = async (): Promise<void> => {
    while (running.size > 0) await Promise.race(running);
  };
  return {
    async push(job) {
      check();
      while (running.size >= limit) await Promise.race(running);
      check();
      start(job);
    },
    async drain() {
      await settle();
      check();
    },
    settle,
  };
}
