import type { Remote } from 'comlink';
import { describe, expect, it, vi } from 'vitest';
import { CamphorError } from '../../src/model/error';
import type { ReceiptId } from '../../src/model/ids';
import type { ImportVerbs } from '../../src/model/verbs';
import type { ConfinedWorker } from '../../src/session/worker-calls';
import { createImportJobs } from '../../src/session/import-jobs';

/** A worker whose calls are settled by the test; `end` rejects them, as the real one does. */
function fakeWorker() {
  const pending: { readonly verb: string; resolve(value: unknown): void; reject(reason: unknown): void }[] = [];
  let ended: CamphorError | null = null;
  const verbs = new Proxy({}, {
    get: (_, verb: string) => () => new Promise((resolve, reject) => pending.push({ verb, resolve, reject })),
  }) as Remote<ImportVerbs>; // prettier-ignore
  const worker: ConfinedWorker<ImportVerbs> = {
    call: (ask) => (ended === null ? ask(verbs, (argument) => argument) : Promise.reject(ended)),
    end: (reason) => {
      ended ??= reason;
      for (const call of pending.splice(0)) call.reject(reason);
    },
  };
  return { worker, pending, isEnded: () => ended !== null };
}

function jobsWith() {
  const workers: ReturnType<typeof fakeWorker>[] = [];
  const timers: (() => void)[] = [];
  const awake = { count: 0 };
  const jobs = createImportJobs({
    startWorker: async () => {
      const made = fakeWorker();
      workers.push(made);
      return made.worker;
    },
    holdLock: (_, whileHeld) => whileHeld(),
    keepAwake: async () => {
      awake.count += 1;
      return () => void (awake.count -= 1);
    },
    setTimer: (run) => void timers.push(run),
  });
  const call = async (verb: string, number = 0) => {
    await vi.waitFor(() => expect(workers[number]?.pending.map((pending) => pending.verb)).toContain(verb));
    const found = workers[number]?.pending.find((pending) => pending.verb === verb);
    if (found === undefined) throw new Error(`no call of ${verb}`);
    return found;
  };
  return { jobs, workers, timers, awake, call };
}

const ignore = () => {};

describe('an import', () => {
  it('plans, runs, gives its receipts, and its worker ends', async () => {
    const { jobs, workers, awake, call } = jobsWith();
    const job = jobs.startImport();
    const planned = job.plan([], 'UTC', ignore);
    (await call('plan')).resolve({ planId: 'p', archives: [] });
    await planned;
    const run = job.run([], ignore);
    const running = await call('run');
    expect({ importing: jobs.importing, awake: awake.count }).toEqual({ importing: true, awake: 1 });
    running.resolve(['receipt']);
    expect(await run).toEqual(['receipt']);
    expect({ importing: jobs.importing, awake: awake.count, ended: workers[0]?.isEnded() }).toEqual({
      importing: false,
      awake: 0,
      ended: true,
    });
  });

  it('has a worker for each', async () => {
    const { jobs, workers, call } = jobsWith();
    jobs.startImport();
    const undo = jobs.changes.undoImport('r' as ReceiptId, ignore);
    (await call('undo', 1)).resolve('undone');
    expect(await undo).toBe('undone');
    expect(workers.map((worker) => worker.isEnded())).toEqual([false, true]);
  });

  it('rejects with `cancelled` when it is cancelled, at once', async () => {
    const { jobs, workers, call } = jobsWith();
    const job = jobs.startImport();
    const planned = job.plan([], 'UTC', ignore);
    await call('plan');
    job.cancel();
    await expect(planned).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers[0]?.isEnded()).toBe(true);
  });

  it('passes on what the worker throws', async () => {
    const { jobs, call } = jobsWith();
    const undo = jobs.changes.undoImport('r' as ReceiptId, ignore);
    (await call('undo')).reject(new CamphorError('busy'));
    await expect(undo).rejects.toMatchObject({ code: 'busy' });
    expect(jobs.importing).toBe(false);
  });
});

describe('a lock', () => {
  async function running(finishWhileLocked: boolean) {
    const made = jobsWith();
    const job = made.jobs.startImport();
    job.finishWhileLocked = finishWhileLocked;
    const planned = job.plan([], 'UTC', ignore);
    (await made.call('plan')).resolve({ planId: 'p' });
    await planned;
    const run = job.run([], ignore);
    run.catch(ignore);
    return { ...made, run, commit: await made.call('run') };
  }

  it('by hand ends a commit under way at once', async () => {
    const { jobs, workers, run } = await running(true);
    jobs.endAll();
    await expect(run).rejects.toMatchObject({ code: 'locked' });
    expect({ ended: workers[0]?.isEnded(), importing: jobs.importing }).toEqual({ ended: true, importing: false });
  });

  it('when idle lets the screen go and the commit go on', async () => {
    const { jobs, workers, run, commit } = await running(false);
    jobs.endIdle();
    await expect(run).rejects.toMatchObject({ code: 'locked' });
    expect({ ended: workers[0]?.isEnded(), importing: jobs.importing }).toEqual({ ended: false, importing: true });
    commit.resolve(['receipt']);
    await vi.waitFor(() => expect({ ended: workers[0]?.isEnded(), importing: jobs.importing }).toEqual({ ended: true, importing: false }));
  });

  it('when idle ends the commit after its grace, unless it may finish', async () => {
    const limited = await running(false);
    limited.jobs.endIdle();
    for (const run of limited.timers) run();
    await vi.waitFor(() => expect(limited.workers[0]?.isEnded()).toBe(true));
    const unlimited = await running(true);
    unlimited.jobs.endIdle();
    expect(unlimited.timers).toEqual([]);
    expect(unlimited.workers[0]?.isEnded()).toBe(false);
  });

  it('when idle ends a plan that was only looked at', async () => {
    const { jobs, workers, call } = jobsWith();
    const planned = jobs.startImport().plan([], 'UTC', ignore);
    await call('plan');
    jobs.endIdle();
    await expect(planned).rejects.toMatchObject({ code: 'locked' });
    await vi.waitFor(() => expect(workers[0]?.isEnded()).toBe(true));
  });
});
