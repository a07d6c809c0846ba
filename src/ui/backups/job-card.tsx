import { type JSX, Match, Show, Switch, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { BackupProgress } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Bar, State } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { type BackupJob, type Outcome, backupStateOf, jobShare } from './backup-state';
import { CheckOutcome, DrillOutcome, RepairOutcome, RepairPlanOutcome } from './health-outcome';
import { DismissRow, runBackup } from './job-actions';
import { RemovalOutcome } from './removal-outcome';
import { PlanOutcome, RunOutcome } from './run-outcome';

/** The long job of a drive: how far it is, what came of it, and what can be done next. `plain` is for inside another card. */
export function JobCard(props: { readonly drive: string; readonly plain?: boolean }): JSX.Element {
  const state = backupStateOf(useUi());
  const job = (): BackupJob | null => (state.job()?.drive === props.drive ? state.job() : null);
  return (
    <Show when={job()}>
      {(now) => (
        <Show when={props.plain !== true} fallback={<JobView job={now()} />}>
          <Begun atMs={now().beganAtMs}>
            <Card>
              <JobView job={now()} />
            </Card>
          </Begun>
        </Show>
      )}
    </Show>
  );
}

/** Comes into view when a job begins: the button for it may lie further down than a narrow screen shows. */
function Begun(props: { readonly atMs: number; readonly children: JSX.Element }): JSX.Element {
  let place!: HTMLDivElement;
  createEffect(
    on(
      () => props.atMs,
      () => place.scrollIntoView({ block: 'nearest' }),
    ),
  );
  return <div ref={(element) => (place = element)}>{props.children}</div>;
}

function JobView(props: { readonly job: BackupJob }): JSX.Element {
  return (
    <Switch fallback={<JobProgress job={props.job} />}>
      <Match when={props.job.phase === 'done' && props.job.outcome}>
        {(outcome) => <OutcomeView drive={props.job.drive} outcome={outcome()} />}
      </Match>
      <Match when={props.job.phase === 'paused'}>
        <JobPaused job={props.job} />
      </Match>
      <Match when={props.job.phase === 'failed'}>
        <JobFailed job={props.job} />
      </Match>
    </Switch>
  );
}

function OutcomeView(props: { readonly drive: string; readonly outcome: Outcome }): JSX.Element {
  const as = <Verb extends Outcome['verb']>(...verbs: readonly Verb[]) =>
    verbs.includes(props.outcome.verb as Verb) && (props.outcome as Extract<Outcome, { verb: Verb }>);
  return (
    <Switch>
      <Match when={as('plan')}>{(one) => <PlanOutcome drive={props.drive} plan={one().plan} />}</Match>
      <Match when={as('run')}>{(one) => <RunOutcome drive={props.drive} result={one().result} />}</Match>
      <Match when={as('check', 'verify')}>{(one) => <CheckOutcome drive={props.drive} outcome={one()} />}</Match>
      <Match when={as('drill')}>{(one) => <DrillOutcome result={one().result} />}</Match>
      <Match when={as('plan-repair')}>{(one) => <RepairPlanOutcome drive={props.drive} plan={one().plan} />}</Match>
      <Match when={as('repair')}>{(one) => <RepairOutcome result={one().result} />}</Match>
      <Match when={as('removal')}>{(one) => <RemovalOutcome drive={props.drive} left={one().left} />}</Match>
      <Match when={as('prune')}>
        <PruneOutcome />
      </Match>
    </Switch>
  );
}

function PruneOutcome(): JSX.Element {
  const ui = useUi();
  return (
    <>
      <State look="ok">{ui.t('backup.pruned')}</State>
      <DismissRow />
    </>
  );
}

/** Time left is a guess; it is shown once there is something to guess from. */
const guessAfterMs = 5000;

function JobProgress(props: { readonly job: BackupJob }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const state = backupStateOf(ui);
  const share = (): number | null => jobShare(props.job.progress);
  const stage = (): string => (props.job.phase === 'pausing' ? t('backup.pausing') : stageWords(props.job));
  const stageWords = ({ progress, verb }: BackupJob): string =>
    progress === null ? t(`backup.job.${verb}`) : t(verb === 'run' ? `backup.stage.${progress.stage}` : `backup.job.${verb}`);
  return (
    <div class={css['progress']}>
      <div role="status">
        <h3 class={paneCss['lead']}>{stage()}</h3>
      </div>
      <Bar label={stage()} share={share()} />
      <ProgressLine job={props.job} />
      <Show when={props.job.progress?.stage === 'waiting' && props.job.progress.untilMs}>
        {(until) => <p>{t('backup.waitUntil', { time: ui.format().clock(until()) })}</p>}
      </Show>
      <Show when={props.job.verb === 'run'}>
        <p class={paneCss['quiet']}>{t('backup.readOn')}</p>
      </Show>
      <div class={paneCss['row']}>
        <Button icon="pause" disabled={props.job.phase === 'pausing'} onClick={() => state.pause()}>
          {t(props.job.verb === 'run' ? 'backup.pause' : 'backup.stop')}
        </Button>
      </div>
    </div>
  );
}

/** "275 MB of 640 MB · 133 MB sent · 6.4 MB a second · about 57 seconds left". */
function ProgressLine(props: { readonly job: BackupJob }): JSX.Element {
  const { t, format } = useUi();
  const [nowMs, setNowMs] = createSignal(Date.now());
  const tick = setInterval(() => setNowMs(Date.now()), 1000);
  onCleanup(() => clearInterval(tick));
  const left = (share: number | null): readonly string[] => {
    const elapsedMs = nowMs() - props.job.beganAtMs;
    if (share === null || share < 0.01 || elapsedMs < guessAfterMs) return [];
    return [t('import.left', { time: format().remaining((elapsedMs / share) * (1 - share)) })];
  };
  const words = (progress: BackupProgress): string =>
    [
      ...(progress.totalBytes === null || progress.totalBytes === 0
        ? []
        : [t('backup.bytesOf', { done: format().bytes(progress.doneBytes), total: format().bytes(progress.totalBytes) })]),
      ...(progress.sentBytes > 0 ? [t('backup.sent', { size: format().bytes(progress.sentBytes) })] : []),
      ...(progress.bytesPerSecond === null ? [] : [t('backup.speed', { size: format().bytes(progress.bytesPerSecond) })]),
      ...left(jobShare(progress)),
    ].join(t('mark.dot'));
  // Its place is kept while there is nothing to say: the button to stop stands below it.
  return <p class={css['numbers']}>{(props.job.progress !== null && words(props.job.progress)) || '\u00a0'}</p>;
}

function JobPaused(props: { readonly job: BackupJob }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  return (
    <>
      <h3 class={paneCss['lead']}>{t(props.job.verb === 'run' ? 'backup.paused' : 'backup.stopped')}</h3>
      <p>{t(props.job.verb === 'run' ? 'backup.pausedWords' : 'backup.stoppedWords')}</p>
      <DismissRow>
        <Show when={props.job.verb === 'run'}>
          <Button look="main" icon="play" onClick={() => runBackup(ui, props.job.drive, false)}>
            {t('backup.resume')}
          </Button>
        </Show>
      </DismissRow>
    </>
  );
}

function JobFailed(props: { readonly job: BackupJob }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts } = ui;
  const code = (): string | undefined => props.job.error?.code;
  const allow = async (): Promise<void> => {
    if (await session.backup.allowFolder(props.job.drive)) runBackup(ui, props.job.drive, false);
  };
  return (
    <div role="alert" class={css['progress']}>
      <h3 class={paneCss['lead']}>{t(`backup.failed.${props.job.verb}`)}</h3>
      <Show when={props.job.error}>{(error) => <State look="danger">{t(`error.${error().code}`, error().facts)}</State>}</Show>
      <DismissRow>
        <Switch>
          <Match when={code() === 'vault-shrank'}>
            <Button look="danger" onClick={() => runBackup(ui, props.job.drive, true)}>
              {t('backup.evenIfSmaller')}
            </Button>
          </Match>
          <Match when={code() === 'drive-permission'}>
            <Button look="main" icon="folder" onClick={() => void allow().catch(toasts.fail)}>
              {t('backup.allowFolder')}
            </Button>
          </Match>
          <Match when={props.job.verb === 'run'}>
            <Button look="main" onClick={() => runBackup(ui, props.job.drive, false)}>
              {t('backup.again')}
            </Button>
          </Match>
        </Switch>
      </DismissRow>
    </div>
  );
}
