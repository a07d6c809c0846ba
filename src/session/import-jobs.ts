// Imports, undos and removals: each in a fresh confined worker that ends with it. While one commits, this tab holds a shared
// Web Lock, so that no tab changes to a new version of the app under it, and a screen wake lock.

import { type Remote, transfer } from 'comlink';
import { CamphorError } from '../model/error';
import type { ReportProgress } from '../model/progress';
import type { ImportVerbs } from '../model/verbs';
import type { ImportPlan } from '../model/view';
import type { ConfinedWorker, Lend } from './worker-calls';
import type { ImportJob, Session } from './session';

type Verb<Result> = (verbs: Remote<ImportVerbs>, lend: Lend) => Promise<Result>;

export const importLockName = 'camphor-importing';
/** After an idle lock, a commit under way has this long; design.md §4. */
const graceMs = 600_000;

export interface ImportJobs extends Pick<Session, 'importing' | 'startImport'> {
  /** What is done to what is here already, each in a worker of its own. */
  readonly changes: Pick<
    Session,
    'undoImport' | 'removeConversation' | 'dropOriginal' | 'previewJoin' | 'joinConversations' | 'separateConversations'
  >;
  /** Plans the restoring of a snapshot; `serve` gives one end of a port to whoever has the snapshot. */
  startRestore(
    serve: (port: MessagePort) => Promise<void>,
    report: ReportProgress,
  ): Promise<{ readonly job: ImportJob; readonly plan: ImportPlan }>;
  /** By hand: all ends at once. */
  endAll(): void;
  /** Idle: what does not commit ends at once, what commits has `graceMs`; its callers are let go either way. */
  endIdle(): void;
}

interface Running {
  readonly end: (reason: CamphorError) => void;
  /** Rejects what the screen waits for, and keeps the worker. */
  readonly letGo: (reason: CamphorError) => void;
  finishWhileLocked: () => boolean;
  committing: boolean;
}

export interface ImportEnvironment {
  /** A fresh worker that has the key. */
  startWorker(): Promise<ConfinedWorker<ImportVerbs>>;
  holdLock<Result>(name: string, whileHeld: () => Promise<Result>): Promise<Result>;
  /** Keeps the screen on; gives the function that stops it. */
  keepAwake(): Promise<() => void>;
  setTimer(run: () => void, afterMs: number): void;
}

export function createImportJobs(environment: ImportEnvironment): ImportJobs {
  const running = new Set<Running>();

  /** A worker of its own; `ask` may be called several times until `commit`, with which it ends. */
  const startJob = (finishWhileLocked: () => boolean) => {
    const worker = environment.startWorker();
    let letGo: (reason: CamphorError) => void = () => {};
    const released = new Promise<never>((_, reject) => (letGo = reject));
    released.catch(() => {});
    const endWorker = (reason: CamphorError): void => {
      running.delete(job);
      worker.then(
        (started) => started.end(reason),
        () => {},
      );
    };
    const end = (reason: CamphorError): void => {
      letGo(reason);
      endWorker(reason);
    };
    const job: Running = { end, letGo, finishWhileLocked, committing: false };
    running.add(job);
    // A worker that cannot start is its first caller's concern; the job is over.
    worker.catch(() => running.delete(job));
    const ask = <Result>(verb: Verb<Result>): Promise<Result> => Promise.race([worker.then((started) => started.call(verb)), released]);
    const commit = <Result>(verb: Verb<Result>): Promise<Result> => {
      job.committing = true;
      const work = environment.holdLock(importLockName, async () => {
        const sleep = await environment.keepAwake();
        try {
          return await (await worker).call(verb);
        } finally {
          job.committing = false;
          endWorker(new CamphorError('cancelled'));
          sleep();
        }
      });
      // After a lock nobody waits for it; its outcome is in the list of receipts.
      work.catch(() => {});
      return Promise.race([work, released]);
    };
    return { job, ask, commit };
  };

  const startPlanned = () => {
    let planId: string | null = null;
    const keep = (plan: ImportPlan): ImportPlan => {
      planId = plan.planId;
      return plan;
    };
    const own: ImportJob = {
      finishWhileLocked: false,
      plan: async (drop, zone, report) => keep(await ask((verbs, lend) => verbs.plan(drop, zone, lend(report)))),
      planAgain: async (receipt, zone, report) => keep(await ask((verbs, lend) => verbs.planAgain(receipt, zone, lend(report)))),
      replan: (choices, report) => ask((verbs, lend) => verbs.replan(planned(planId), choices, lend(report))),
      unlock: async (fileId, secret, report, keeps) =>
        keep(await ask((verbs, lend) => verbs.unlock(planned(planId), fileId, secret, lend(report), keeps))),
      chooseApps: async (fileId, appIds, report) =>
        keep(await ask((verbs, lend) => verbs.chooseApps(planned(planId), fileId, appIds, lend(report)))),
      previewTable: (fileId, draft) => ask((verbs) => verbs.previewTable(planned(planId), fileId, draft)),
      mapTable: (fileId, mapping, choices, report) =>
        ask((verbs, lend) => verbs.mapTable(planned(planId), fileId, mapping, choices, lend(report))),
      run: (choices, report) => commit((verbs, lend) => verbs.run(planned(planId), choices, lend(report))),
      cancel: () => job.end(new CamphorError('cancelled')),
    };
    const { job, ask, commit } = startJob(() => own.finishWhileLocked);
    const planSnapshot = async (port: MessagePort, report: ReportProgress): Promise<ImportPlan> =>
      keep(await ask((verbs, lend) => verbs.planSnapshot(transfer(port, [port]), lend(report))));
    return { own, planSnapshot };
  };
  const startRestore: ImportJobs['startRestore'] = async (serve, report) => {
    const { own, planSnapshot } = startPlanned();
    const { port1, port2 } = new MessageChannel();
    try {
      const [plan] = await Promise.all([planSnapshot(port1, report), serve(port2)]);
      return { job: own, plan };
    } catch (cause) {
      own.cancel();
      throw cause;
    }
  };

  const once = <Result>(verb: Verb<Result>): Promise<Result> => startJob(() => false).commit(verb);

  return {
    get importing() {
      return [...running].some((job) => job.committing);
    },
    startImport: () => startPlanned().own,
    startRestore,
    changes: {
      undoImport: (receipt, report: ReportProgress) => once((verbs, lend) => verbs.undo(receipt, lend(report))),
      removeConversation: (conversation, report: ReportProgress, reach) =>
        once((verbs, lend) => verbs.removeConversation(conversation, lend(report), reach)),
      dropOriginal: (receipt) => once((verbs) => verbs.dropOriginal(receipt)),
      previewJoin: (into, from, report: ReportProgress) => once((verbs, lend) => verbs.previewJoin(into, from, lend(report))),
      joinConversations: (into, from, report: ReportProgress) => once((verbs, lend) => verbs.joinConversations(into, from, lend(report))),
      separateConversations: (conversation, report: ReportProgress) =>
        once((verbs, lend) => verbs.separateConversations(conversation, lend(report))),
    },
    endAll: () => {
      for (const job of running) job.end(new CamphorError('locked'));
    },
    endIdle: () => {
      for (const job of running) {
        if (!job.committing) job.end(new CamphorError('locked'));
        else {
          job.letGo(new CamphorError('locked'));
          if (!job.finishWhileLocked()) environment.setTimer(() => job.end(new CamphorError('locked')), graceMs);
        }
      }
    },
  };
}

function planned(planId: string | null): string {
  if (planId === null) throw new CamphorError('unexpected', { verb: 'run before plan' });
  return planId;
}
