// One import from the drop to its receipts, seen from the screen. It outlives the import screen: the owner reads on.

import { type Accessor, createSignal } from 'solid-js';
import type { ImportJob, Session } from '../../session/session';
import type { Progress } from '../../model/progress';
import type { DroppedFile } from '../../model/verbs';
import type { ImportChoice, ImportPlan, ReceiptView } from '../../model/view';
import { createLatest } from '../latest';
import { type Toasts, errorOf } from '../primitives/toast-state';
import type { Router } from '../router';
import type { CamphorError } from '../../model/error';
import { proposedChoices } from './proposed-choice';

export type ImportPhase = 'idle' | 'planning' | 'planned' | 'running' | 'done' | 'failed';

export interface ImportState {
  readonly phase: Accessor<ImportPhase>;
  readonly progress: Accessor<Progress | null>;
  /** When the present phase began, in ms. */
  readonly beganAtMs: Accessor<number>;
  readonly plan: Accessor<ImportPlan | null>;
  readonly choices: Accessor<readonly ImportChoice[]>;
  readonly receipts: Accessor<readonly ReceiptView[]>;
  readonly error: Accessor<CamphorError | null>;
  /** True while the plan is worked out again with other answers. */
  readonly replanning: Accessor<boolean>;
  readonly finishWhileLocked: Accessor<boolean>;
  setFinishWhileLocked(on: boolean): void;
  /** Shows what a drop holds. One import at a time: with another one under way it says so. */
  begin(files: Promise<readonly DroppedFile[]> | readonly DroppedFile[]): Promise<void>;
  /** Changes the choices of one archive; `again` works the plan out anew, since counts and proposals depend on it. */
  choose(archiveId: string, change: Partial<ImportChoice>, again?: boolean): void;
  run(): Promise<void>;
  /** Stops, or puts away what is finished. */
  dismiss(): void;
  /** For the lock: forgets everything that shows content; a running job goes on. */
  conceal(): void;
}

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
  const [error, setError] = createSignal<CamphorError | null>(null);
  const [replanning, setReplanning] = createSignal(false);
  const [finishWhileLocked, setFinishWhileLocked] = createSignal(false);
  return {
    shown: { phase, progress, beganAtMs, plan, choices, receipts, error, replanning, finishWhileLocked },
    setProgress,
    setChoices,
    setReceipts,
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
        proposedChoices(next).map((proposed) => had.find(({ archiveId }) => archiveId === proposed.archiveId) ?? proposed),
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
    async begin(files) {
      needs.go({ screen: 'import' });
      if (['running', 'planning'].includes(signals.shown.phase())) return needs.toasts.notice('import.oneAtATime');
      dismiss();
      held.concealed = false;
      const job = needs.session.startImport();
      held.job = job;
      signals.enter('planning');
      try {
        const plan = await job.plan(await files, Intl.DateTimeFormat().resolvedOptions().timeZone, signals.setProgress);
        if (job !== held.job) return;
        signals.accept(plan);
        signals.enter('planned');
      } catch (cause) {
        fail(cause, job);
      }
    },
    conceal() {
      held.concealed = true;
      if (signals.shown.phase() === 'running') signals.forget();
      else dismiss();
    },
  };
}

/** What is done with a plan: choosing, and running it. */
function createPlanning(
  needs: Needs,
  signals: Signals,
  held: Held,
  fail: (cause: unknown, of: ImportJob) => void,
): Pick<ImportState, 'choose' | 'run'> {
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
    async run() {
      const { job } = held;
      if (job === null) return;
      signals.enter('running');
      try {
        const receipts = await job.run(signals.shown.choices(), signals.setProgress);
        if (job !== held.job) return;
        held.job = null;
        if (held.concealed) return signals.enter('idle');
        signals.forget();
        signals.setReceipts(receipts);
        signals.enter('done');
        await needs.session.askToPersist();
      } catch (cause) {
        fail(cause, job);
      }
    },
  };
}
