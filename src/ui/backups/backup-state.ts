// Backups as the screens see them: the drives, and the one long job under way. It outlives the screens: the owner reads on.

import { type Accessor, createEffect, createRoot, createSignal } from 'solid-js';
import type {
  BackupPlan,
  BackupProgress,
  BackupResult,
  CheckReport,
  DriveStatus,
  PrunePlan,
  RepairPlan,
  ReportBackup,
  VerifyReport,
} from '../../model/backup-view';
import type { CamphorError } from '../../model/error';
import type { ConversationId } from '../../model/ids';
import type { BackupCalls, Session } from '../../session/session';
import { createLatest } from '../latest';
import { errorOf } from '../primitives/toast-state';
import { backupRoute } from '../router';
import type { Ui } from '../ui';

export type DrillResult = Awaited<ReturnType<BackupCalls['drill']>>;
export type RepairResult = Awaited<ReturnType<BackupCalls['repair']>>;

/** What a long job came to. */
export type Outcome =
  | { readonly verb: 'plan'; readonly plan: BackupPlan }
  | { readonly verb: 'run'; readonly result: BackupResult }
  | { readonly verb: 'check'; readonly result: CheckReport }
  | { readonly verb: 'verify'; readonly result: VerifyReport }
  | { readonly verb: 'drill'; readonly result: DrillResult }
  | { readonly verb: 'plan-repair'; readonly plan: RepairPlan }
  | { readonly verb: 'repair'; readonly result: RepairResult }
  | { readonly verb: 'prune' }
  | { readonly verb: 'removal'; readonly conversation: ConversationId; readonly left: PrunePlan | null };
export type JobVerb = Outcome['verb'];

export interface BackupJob {
  readonly verb: JobVerb;
  readonly drive: string;
  readonly beganAtMs: number;
  readonly progress: BackupProgress | null;
  readonly phase: 'running' | 'pausing' | 'done' | 'paused' | 'failed';
  readonly outcome: Outcome | null;
  readonly error: CamphorError | null;
}

export interface BackupState {
  /** Undefined until first read. */
  readonly drives: Accessor<readonly DriveStatus[] | undefined>;
  readonly failure: Accessor<CamphorError | null>;
  readonly job: Accessor<BackupJob | null>;
  readonly refresh: () => Promise<void>;
  /** Begins a long job of a drive; resolves when it is over, whatever came of it. One at a time: with another one under way it says so. */
  start(verb: JobVerb, drive: string, work: (report: ReportBackup) => Promise<Outcome>): Promise<void>;
  /** Ends the job at its next commit point; what was sent stays sent. */
  pause(): void;
  /** Puts away what is finished. */
  dismiss(): void;
}

/** 0..1 by bytes, or null while the whole is not known. */
export function jobShare(progress: BackupProgress | null): number | null {
  if (progress === null || progress.totalBytes === null || progress.totalBytes === 0) return null;
  return Math.min(1, progress.doneBytes / progress.totalBytes);
}

const states = new WeakMap<Session, BackupState>();

/** The one state of a session; made when first asked for. */
export function backupStateOf(ui: Ui): BackupState {
  const known = states.get(ui.session);
  if (known !== undefined) return known;
  const made = createRoot(() => createBackupState(ui));
  states.set(ui.session, made);
  return made;
}

function createBackupState(ui: Ui): BackupState {
  const list = createDriveList(ui.session);
  const [job, setJob] = createSignal<BackupJob | null>(null);
  const isBusy = (): boolean => ['running', 'pausing'].includes(job()?.phase ?? '');
  ui.session.onEvent(({ kind }) => {
    if (kind === 'locked' || kind === 'forgotten') setJob(null);
  });
  showInFoot(ui, job);
  return {
    ...list,
    job,
    async start(verb, drive, work) {
      if (isBusy()) return ui.toasts.notice('backup.oneAtATime');
      const began: BackupJob = { verb, drive, beganAtMs: Date.now(), progress: null, phase: 'running', outcome: null, error: null };
      setJob(began);
      const change = (more: Partial<BackupJob>): void =>
        void setJob((now) => (now?.beganAtMs === began.beganAtMs && now.verb === verb ? { ...now, ...more } : now));
      try {
        const outcome = await work((progress) => change({ progress }));
        // What the drive has become comes with what came of the job: later it would move the buttons of the outcome.
        await list.refresh();
        change({ phase: 'done', outcome });
      } catch (cause) {
        const error = errorOf(cause);
        await list.refresh();
        change(error.code === 'cancelled' ? { phase: 'paused' } : { phase: 'failed', error });
      }
    },
    pause() {
      setJob((now) => (now === null ? null : { ...now, phase: 'pausing' }));
      ui.session.backup.pause().catch(ui.toasts.fail);
    },
    dismiss: () => void (isBusy() || setJob(null)),
  };
}

function createDriveList(session: Session): Pick<BackupState, 'drives' | 'failure' | 'refresh'> {
  const [drives, setDrives] = createSignal<readonly DriveStatus[]>();
  const [failure, setFailure] = createSignal<CamphorError | null>(null);
  const takeTurn = createLatest();
  let newest: Promise<void> = Promise.resolve();
  const read = async (): Promise<void> => {
    const turn = takeTurn();
    try {
      const found = await session.backup.drives();
      if (!turn.isLatest()) return;
      setDrives(found);
      setFailure(null);
    } catch (cause) {
      if (turn.isLatest()) setFailure(errorOf(cause));
    }
  };
  // One that was overtaken ends with the one that overtook it: whoever waits for the drives has them then.
  const refresh = async (): Promise<void> => {
    let mine: Promise<void>;
    newest = read();
    do await (mine = newest);
    while (mine !== newest);
  };
  session.onEvent(({ kind }) => {
    if (kind === 'locked' || kind === 'forgotten') {
      takeTurn();
      setDrives(undefined);
    } else if (drives() !== undefined && (kind === 'backup-changed' || kind === 'archive-changed')) void refresh();
  });
  return { drives, failure, refresh };
}

/** Tells of a running job in the foot of the window and in its title, for as long as it runs. */
function showInFoot(ui: Ui, job: Accessor<BackupJob | null>): void {
  createEffect(() => {
    const now = job();
    const runs = now !== null && (now.phase === 'running' || now.phase === 'pausing');
    ui.setBackground(
      runs
        ? {
            words: ui.hasWords('backup') ? ui.t(`backup.job.${now.verb}`) : '',
            share: jobShare(now.progress),
            route: backupRoute('drive', now.drive),
          }
        : null,
    );
  });
}
