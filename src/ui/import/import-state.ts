// One import from the drop to its receipts, seen from the screen. It outlives the import screen: the owner reads on.

import { type Accessor, createSignal } from 'solid-js';
import type { ImportJob, Session } from '../../session/session';
import type { Progress, ReportProgress } from '../../model/progress';
import type { ReceiptId } from '../../model/ids';
import type { DroppedFile } from '../../model/verbs';
import type { ImportChoice, ImportPlan, ReceiptView } from '../../model/view';
import { createLatest } from '../latest';
import { type Toasts, errorOf } from '../primitives/toast-state';
import type { Router } from '../router';
import { CamphorError } from '../../model/error';
import { proposedChoices } from './proposed-choice';

/** Whether the browser keeps what came in is mostly known at once, and then nothing moves afterwards; or it asks its owner. */
const answered = (answer: Promise<unknown>): Promise<unknown> => Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 200))]);

export type ImportPhase = 'idle' | 'planning' | 'planned' | 'running' | 'done' | 'failed';

export interface ImportState {
  readonly phase: Accessor<ImportPhase>;
  readonly progress: Accessor<Progress | null>;
  /** When the present phase began, in ms. */
  readonly beganAtMs: Accessor<number>;
  readonly plan: Accessor<ImportPlan | null>;
  readonly choices: Accessor<readonly ImportChoice[]>;
  readonly receipts: Accessor<readonly ReceiptView[]>;
  /** What the browser said when it was asked to keep what came in; null until then. */
  readonly persisted: Accessor<boolean | null>;
  readonly error: Accessor<CamphorError | null>;
  /** True while the plan is worked out again with other answers. */
  readonly replanning: Accessor<boolean>;
  readonly finishWhileLocked: Accessor<boolean>;
  setFinishWhileLocked(on: boolean): void;
  /** Shows what a drop holds, or what an earlier import kept raw. One import at a time: with another one under way it says so. */
  begin(files: Promise<readonly DroppedFile[]> | readonly DroppedFile[] | ReceiptId): Promise<void>;
  /** Shows what a snapshot holds, once `start` has opened it; goes on as any import. */
  restore(start: (report: ReportProgress) => Promise<{ readonly job: ImportJob; readonly plan: ImportPlan }>): Promise<void>;
  /** True from `restore` until something else is begun. */
  readonly restoring: Accessor<boolean>;
  /** Changes the choices of one archive; `again` works the plan out anew, since counts and proposals depend on it. */
  choose(archiveId: string, change: Partial<ImportChoice>, again?: boolean): void;
  /** The job under way, for what only looks; null between imports. */
  job(): ImportJob | null;
  /** Changes what the plan is made of, such as by opening a locked file. Gives what prevents it; null once the plan is the new one, or nobody waits for it. */
  amend(change: Amend): Promise<CamphorError | null>;
  run(): Promise<void>;
  /** Stops, or puts away what is finished. */
  dismiss(): void;
  /** For the lock: forgets everything that shows content; a running job goes on. */
  conceal(): void;
}

type Amend = (job: ImportJob, choices: readonly ImportChoice[], report: ReportProgress) => Promise<ImportPlan>;

/** 0..1 by bytes, or null while the whole is not known. */
export function progressShare(progress: Progress | null): number | null {
  if (progress === null || progress.totalBytes === null || progress.totalBytes === 0) return null;
  return Math.min(1, progress.doneBytes / progress.totalBytes);
}

function createImportSignals() {
  const [phase, setPhase] = createSignal<ImportPhase>('idle');
  const [progress, setProgress] = createSignal<Progress | null>(null);
  const [beganAtMs, setBeganAtMs] = createSignal(0);
  const [plan, setPlan] = createSignal<ImportPlan | null>(null);
  const [choices, setChoices] = createSignal<readonly ImportChoice[]>([]);
  const [receipts, setReceipts] = createSignal<readonly ReceiptView[]>([]);
  const [persisted, setPersisted] = createSignal<boolean | null>(null);
  const [error, setError] = createSignal<CamphorError | null>(null);
  const [replanning, setReplanning] = createSignal(false);
  const [finishWhileLocked, setFinishWhileLocked] = createSignal(false);
  const [restoring, setRestoring] = createSignal(false);
  return {
    shown: { phase, progress, beganAtMs, plan, choices, receipts, persisted, error, replanning, finishWhileLocked, restoring },
    setRestoring,
    setProgress,
    setChoices,
    setReceipts,
    setPersisted,
    setError,
    setReplanning,
    setFinishWhileLocked,
    enter(next: ImportPhase): void {
      setProgress(null);
      setBeganAtMs(Date.now());
      setPhase(next);
    },
    /** Choices that were made stay; archives without one are taken as proposed. */
    accept(next: ImportPlan): void {
      setPlan(next);
      setChoices((had) =>
        proposedChoices(next, restoring() ? 'none' : 'all').map(
          (proposed) => had.find(({ archiveId }) => archiveId === proposed.archiveId) ?? proposed,
        ),
      );
    },
    forget(): void {
      setPlan(null);
      setChoices([]);
      setReceipts([]);
      setError(null);
    },
  };
}

interface Needs {
  readonly session: Session;
  readonly toasts: Toasts;
  readonly go: Router['go'];
}

/** The job under way; null between imports. `concealed`: the screen was locked meanwhile, so that nothing of it is shown. */
interface Held {
  job: ImportJob | null;
  concealed: boolean;
}

type Signals = ReturnType<typeof createImportSignals>;

export function createImportState(needs: Needs): ImportState {
  const signals = createImportSignals();
  const held: Held = { job: null, concealed: false };
  const dismiss = (): void => {
    held.job?.cancel();
    held.job = null;
    signals.forget();
    signals.setRestoring(false);
    signals.enter('idle');
  };
  const fail = (cause: unknown, of: ImportJob): void => {
    if (of !== held.job) return;
    held.job = null;
    if (held.concealed || errorOf(cause).code === 'cancelled') return signals.enter('idle');
    signals.setError(errorOf(cause));
    signals.enter('failed');
  };
  return {
    ...signals.shown,
    ...createPlanning(needs, signals, held, fail),
    dismiss,
    setFinishWhileLocked(on) {
      signals.setFinishWhileLocked(on);
      if (held.job !== null) held.job.finishWhileLocked = on;
    },
    ...createBeginning(needs, signals, held, { dismiss, fail }),
    conceal() {
      held.concealed = true;
      if (signals.shown.phase() === 'running') signals.forget();
      else dismiss();
    },
  };
}

/** How an import comes about: from files, or from a snapshot. */
function createBeginning(
  needs: Needs,
  signals: Signals,
  held: Held,
  on: { readonly dismiss: () => void; readonly fail: (cause: unknown, of: ImportJob) => void },
): Pick<ImportState, 'begin' | 'restore'> {
  const enter = (first: ImportJob, restoring: boolean): void => {
    on.dismiss();
    held.concealed = false;
    held.job = first;
    signals.setRestoring(restoring);
    signals.enter('planning');
  };
  const isBusy = (): boolean => {
    needs.go({ screen: 'import' });
    const busy = ['running', 'planning'].includes(signals.shown.phase());
    if (busy) needs.toasts.notice('import.oneAtATime');
    return busy;
  };
  const accept = (plan: ImportPlan): void => {
    signals.accept(plan);
    signals.enter('planned');
  };
  return {
    async begin(files) {
      if (isBusy()) return;
      const job = needs.session.startImport();
      enter(job, false);
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      try {
        const what = await files;
        const plan = await (typeof what === 'string'
          ? job.planAgain(what, zone, signals.setProgress)
          : job.plan(what, zone, signals.setProgress));
        if (job === held.job) accept(plan);
      } catch (cause) {
        on.fail(cause, job);
      }
    },
    async restore(start) {
      if (isBusy()) return;
      const opening = createOpeningJob(() => needs.session.backup.pause());
      enter(opening, true);
      let current = opening;
      try {
        const { job, plan } = await start(signals.setProgress);
        if (opening !== held.job) return job.cancel();
        held.job = job;
        current = job;
        // It was planned with all media, which would ask for room that restoring does not take.
        const lean = await job.replan(proposedChoices(plan, 'none'), signals.setProgress);
        if (job === held.job) accept(lean);
      } catch (cause) {
        on.fail(cause, current);
      }
    },
  };
}

/** Stands for a job whose worker is still to be told of the snapshot; it can only be cancelled. */
function createOpeningJob(stop: () => Promise<void>): ImportJob {
  const refuse = (): Promise<never> => Promise.reject(new CamphorError('busy'));
  return {
    plan: refuse,
    planAgain: refuse,
    replan: refuse,
    unlock: refuse,
    chooseApps: refuse,
    previewTable: refuse,
    mapTable: refuse,
    run: refuse,
    cancel: () => void stop().catch(() => undefined),
    finishWhileLocked: false,
  };
}

/** What is done with a plan: choosing, and running it. */
function createPlanning(
  needs: Needs,
  signals: Signals,
  held: Held,
  fail: (cause: unknown, of: ImportJob) => void,
): Pick<ImportState, 'choose' | 'job' | 'amend' | 'run'> {
  const takeTurn = createLatest();
  const replan = async (job: ImportJob): Promise<void> => {
    const turn = takeTurn();
    signals.setReplanning(true);
    try {
      const plan = await job.replan(signals.shown.choices(), signals.setProgress);
      if (job === held.job && turn.isLatest()) signals.accept(plan);
    } catch (cause) {
      if (turn.isLatest()) fail(cause, job);
    } finally {
      if (turn.isLatest()) signals.setReplanning(false);
    }
  };
  return {
    choose(archiveId, change, again = false) {
      signals.setChoices((all) => all.map((choice) => (choice.archiveId === archiveId ? { ...choice, ...change } : choice)));
      if (again && held.job !== null) void replan(held.job);
    },
    job: () => held.job,
    async amend(change) {
      const { job } = held;
      if (job === null) return null;
      try {
        const plan = await change(job, signals.shown.choices(), signals.setProgress);
        if (job === held.job) signals.accept(plan);
        return null;
      } catch (cause) {
        return job === held.job ? errorOf(cause) : null;
      }
    },
    async run() {
      const { job } = held;
      if (job === null) return;
      signals.enter('running');
      try {
        const receipts = await job.run(signals.shown.choices(), signals.setProgress);
        await answered(needs.session.askToPersist().then(signals.setPersisted, () => signals.setPersisted(false)));
        if (job !== held.job) return;
        held.job = null;
        if (held.concealed) return signals.enter('idle');
        signals.forget();
        signals.setReceipts(receipts);
        signals.enter('done');
      } catch (cause) {
        fail(cause, job);
      }
    },
  };
}
