import { For, type JSX, Show, createSignal } from 'solid-js';
import type { DriveStatus, ForgetPlan, PrunePlan, RetentionPolicy } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Field, State } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { BackupPage } from './backup-page';
import { backupStateOf } from './backup-state';
import { JobCard } from './job-card';
import { PruneSums, prune } from './removal-outcome';
import { keepsEverything, retentionWords, whenExactly } from './words';

const fields = ['last', 'daily', 'weekly', 'monthly', 'yearly', 'keepDays'] as const;
const countLimit = 9999;

/** How many snapshots are kept; what would be removed is shown before it is. */
export function RetentionPage(props: { readonly drive: DriveStatus }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const isHeld = (): boolean => props.drive.warnings.some((warning) => warning === 'verify-failed' || warning === 'snapshots-vanished');
  return (
    <BackupPage title={t('backup.retention')} under={props.drive.name}>
      <JobCard drive={props.drive.id} />
      <PolicyCard drive={props.drive} />
      <Show when={!isHeld()} fallback={<State look="danger">{t('backup.retention.held')}</State>}>
        <ForgetCard drive={props.drive} />
        <TidyCard drive={props.drive} />
      </Show>
    </BackupPage>
  );
}

function PolicyCard(props: { readonly drive: DriveStatus }): JSX.Element {
  const { t, format, session, toasts } = useUi();
  const [policy, setPolicy] = createSignal<RetentionPolicy | null>(null);
  const now = (): RetentionPolicy => policy() ?? props.drive.retention;
  const set = (field: (typeof fields)[number], typed: string): void => {
    const value = Number.parseInt(typed, 10);
    setPolicy({ ...now(), [field]: Number.isNaN(value) ? 0 : Math.min(countLimit, Math.max(0, value)) });
  };
  const save = async (): Promise<void> => {
    await session.backup.configureDrive(props.drive.id, { retention: now() });
    setPolicy(null);
    toasts.notice('backup.retention.saved');
  };
  return (
    <Card>
      <p class={paneCss['lead']} role="status">
        {retentionWords(now(), t, format())}
      </p>
      <div class={css['numbersGrid']}>
        <For each={fields}>
          {(field) => (
            <Field
              type="number"
              inputmode="numeric"
              min="0"
              max={countLimit}
              label={t(`backup.retention.${field}`)}
              value={now()[field]}
              onInput={(event) => set(field, event.currentTarget.value)}
            />
          )}
        </For>
      </div>
      <p class={paneCss['quiet']}>{t(keepsEverything(now()) ? 'backup.retention.all' : 'backup.retention.words')}</p>
      <div class={paneCss['row']}>
        <Button disabled={policy() === null} onClick={() => void save().catch(toasts.fail)}>
          {t('backup.save')}
        </Button>
      </div>
    </Card>
  );
}

const listed = 30;

function ForgetCard(props: { readonly drive: DriveStatus }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts } = ui;
  const [plan, setPlan] = createSignal<ForgetPlan | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    await work().catch(toasts.fail);
    setBusy(false);
  };
  const ask = async (): Promise<void> => void setPlan(await session.backup.planForget(props.drive.id));
  const forget = async (): Promise<void> => {
    await session.backup.forget(props.drive.id, plan()?.remove.map(({ id }) => id) ?? []);
    setPlan(null);
    toasts.notice('backup.forget.done');
  };
  return (
    <Card title={t('backup.forget.title')}>
      <p>{t('backup.forget.words')}</p>
      <Show when={plan()}>{(shown) => <ForgetLists plan={shown()} />}</Show>
      <div class={paneCss['row']}>
        <Button disabled={isBusy()} onClick={() => void attempt(ask)}>
          {t('backup.forget.show')}
        </Button>
        <Show when={plan()?.remove.length}>
          {(count) => (
            <Button look="danger" icon="trash" disabled={isBusy()} onClick={() => void attempt(forget)}>
              {t('backup.forget.now', { count: count() })}
            </Button>
          )}
        </Show>
      </div>
    </Card>
  );
}

const reasons = ['last', 'daily', 'weekly', 'monthly', 'yearly', 'young'] as const;

function ForgetLists(props: { readonly plan: ForgetPlan }): JSX.Element {
  const { t, format } = useUi();
  const when = (ms: number): string => whenExactly(ms, Date.now(), format(), t);
  const why = (given: readonly string[]): string => {
    const known = reasons.filter((reason) => given.includes(reason));
    return known.length === 0 ? t('backup.reason.other') : format().list(known.map((reason) => t(`backup.reason.${reason}`)));
  };
  return (
    <div class={css['columns']}>
      <section>
        <h3 class={css['linkTitle']}>{t('backup.forget.removes', { count: props.plan.remove.length })}</h3>
        <ul class={css['dates']}>
          <For each={props.plan.remove.slice(0, listed)} fallback={<li>{t('backup.forget.nothing')}</li>}>
            {(one) => <li>{when(one.takenAtMs)}</li>}
          </For>
          <Show when={props.plan.remove.length > listed}>
            <li>{t('plan.andMore', { count: props.plan.remove.length - listed })}</li>
          </Show>
        </ul>
      </section>
      <section>
        <h3 class={css['linkTitle']}>{t('backup.forget.keeps', { count: props.plan.keep.length })}</h3>
        <ul class={css['dates']}>
          <For each={props.plan.keep.slice(0, listed)}>
            {(one) => (
              <li>
                {when(one.takenAtMs)}
                <span class={paneCss['quiet']}>{` ${why(one.reasons)}`}</span>
              </li>
            )}
          </For>
          <Show when={props.plan.keep.length > listed}>
            <li>{t('plan.andMore', { count: props.plan.keep.length - listed })}</li>
          </Show>
        </ul>
      </section>
    </div>
  );
}

/** False where tidying would neither remove nor rewrite anything. */
function hasWork(plan: PrunePlan | null): boolean {
  return plan !== null && plan.removePacks.length + plan.repackPacks.length > 0;
}

function TidyCard(props: { readonly drive: DriveStatus }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts } = ui;
  const [plan, setPlan] = createSignal<PrunePlan | null>(null);
  const isBusy = (): boolean => ['running', 'pausing'].includes(backupStateOf(ui).job()?.phase ?? '');
  const ask = async (): Promise<void> => void setPlan(await session.backup.planPrune(props.drive.id));
  const carryOut = (of: PrunePlan): void => {
    setPlan(null);
    prune(ui, props.drive.id, of);
  };
  return (
    <Card title={t('backup.prune.title')}>
      <p>{t('backup.prune.words')}</p>
      <Show when={plan()}>{(shown) => <PruneSums plan={shown()} />}</Show>
      <div class={paneCss['row']}>
        <Button disabled={isBusy()} onClick={() => void ask().catch(toasts.fail)}>
          {t('backup.prune.show')}
        </Button>
        <Show when={hasWork(plan()) && plan()}>
          {(shown) => (
            <Button look="danger" icon="trash" disabled={isBusy()} onClick={() => carryOut(shown())}>
              {t('backup.prune.now')}
            </Button>
          )}
        </Show>
      </div>
    </Card>
  );
}
