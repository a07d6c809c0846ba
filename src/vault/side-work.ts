// Work that goes on beside the thread that orders it, such as sealing, which WebCrypto does on threads of its own.

export interface SideWork {
  /** Starts it; waits only while as much is under way as may be. Throws what earlier work threw. */
  add(run: () => Promise<void>): Promise<void>;
  /** Waits for everything. Throws what any of it threw. */
  settle(): Promise<void>;
}

/** At most `limit` at a time. A failure stays: whoever adds or settles afterwards hears of it. */
export function createSideWork(limit: number): SideWork {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const throwFirst = (): void => {
    if (failures.length > 0) throw failures[0];
  };
  return {
    async add(run) {
      throwFirst();
      const work: Promise<void> = run()
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(work));
      running.add(work);
      if (running.size >= limit) await Promise.race(running);
      throwFirst();
    },
    async settle() {
      while (running.size > 0) await Promise.all(running);
      throwFirst();
    },
  };
}
