// One import from the drop to its receipts, seen from the screen. It outlives the import screen: the owner reads on.

import { type Accessor, createSignal } from 'solid-js';
import type { ImportJob, Session } from '../../session/session';
import type { Progress } from '../../model/progress';
import type { DroppedFile } from '../../model/verbs';
import type { ImportChoice, ImportPlan, ReceiptView } from '../../model/view';
import { type Toasts, errorOf } from '../primitives/toast-state';
import type { Router } from '../router';
import type { CamphorError } from '../../model/error';

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

/** The choice that takes everything as it was proposed. */
export function proposedChoice(archiveId: string): ImportChoice {
  return { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' };
}

/** 0..1 by bytes, or null while the whole is not known. */
export function progressShare(progress: Progress | null): number | null {
  if (progress === null || progress.totalBytes === null || progress.totalBytes === 0) return null;
  return Math.min(1, progress.doneBytes / progress.totalBytes);
}

export function createImportState(needs: { readonly session: Session; readonly toasts: Toasts; readonly go: Router['go'] }): ImportState {
  const { session, toasts, go } = needs;
  const [phase, setPhase] = createSignal<ImportPhase>('idle');
  const [progress, setProgress] = createSignal<Progress | null>(null);
  const [beganAtMs, setBeganAtMs] = createSignal(0);
  const [plan, setPlan] = createSignal<ImportPlan | null>(null);
  const [choices, setChoices] = createSignal<readonly ImportChoice[]>([]);
  const [receipts, setReceipts] = createSignal<readonly ReceiptView[]>([]);
  const [error, setError] = createSignal<CamphorError | null>(null);
  const [replanning, setReplanning] = createSignal(false);
  const [finishWhileLocked, setFinish] = createSignal(false);
  let job: ImportJob | null = null;
  let concealed = false;

  const enter = (next: ImportPhase): void => {
    setProgress(null);
    setBeganAtMs(Date.now());
    setPhase(next);
  };
  const fail = (cause: unknown, of: ImportJob | null): void => {
    if (of !== job) return;
    job = null;
    if (concealed || errorOf(cause).code === 'cancelled') return enter('idle');
    setError(errorOf(cause));
    enter('failed');
  };
  const putAway = (): void => {
    job?.cancel();
    job = null;
    setPlan(null);
    setChoices([]);
    setReceipts([]);
    setError(null);
    enter('idle');
  };
  const accept = (next: ImportPlan): void => {
    setPlan(next);
    setChoices((had) =>
      next.archives.map(({ archiveId }) => had.find((choice) => choice.archiveId === archiveId) ?? proposedChoice(archiveId)),
    );
  };

  return {
    phase,
    progress,
    beganAtMs,
    plan,
    choices,
    receipts,
    error,
    replanning,
    finishWhileLocked,
    setFinishWhileLocked(on) {
      setFinish(on);
      if (job !== null) job.finishWhileLocked = on;
    },
    async begin(files) {
      go({ screen: 'import' });
      if (phase() === 'running' || phase() === 'planning') return toasts.notice('import.oneAtATime');
      putAway();
      concealed = false;
      const mine = session.startImport();
      job = mine;
      enter('planning');
      try {
        const drop = await files;
        const next = await mine.plan(drop, Intl.DateTimeFormat().resolvedOptions().timeZone, setProgress);
        if (job !== mine) return;
        accept(next);
        enter('planned');
      } catch (cause) {
        fail(cause, mine);
      }
    },
    choose(archiveId, change, again = false) {
      setChoices((all) => all.map((choice) => (choice.archiveId === archiveId ? { ...choice, ...change } : choice)));
      const mine = job;
      if (!again || mine === null) return;
      setReplanning(true);
      mine
        .replan(choices(), setProgress)
        .then((next) => void (job === mine && accept(next)))
        .catch((cause: unknown) => fail(cause, mine))
        .finally(() => setReplanning(false));
    },
    async run() {
      const mine = job;
      if (mine === null) return;
      enter('running');
      try {
        const done = await mine.run(choices(), setProgress);
        if (job !== mine) return;
        job = null;
        if (concealed) return enter('idle');
        setReceipts(done);
        setPlan(null);
        enter('done');
        await session.askToPersist();
      } catch (cause) {
        fail(cause, mine);
      }
    },
    dismiss: putAway,
    conceal() {
      concealed = true;
      if (phase() !== 'running') return putAway();
      setPlan(null);
      setChoices([]);
    },
  };
}
