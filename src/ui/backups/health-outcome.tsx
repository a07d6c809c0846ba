import { For, type JSX, Show } from 'solid-js';
import type { CheckFault, CheckReport, RepairPlan, VerifyReport } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { type DrillResult, type RepairResult, backupStateOf } from './backup-state';
import { DismissRow } from './job-actions';

const faultsShown = 20;
const pathsShown = 3;

type CheckLike = { readonly verb: 'check'; readonly result: CheckReport } | { readonly verb: 'verify'; readonly result: VerifyReport };

/** What a check, or a verify, found; what is damaged, whom it affects, and the way to mend it. */
export function CheckOutcome(props: { readonly drive: string; readonly outcome: CheckLike }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const faults = (): number => props.outcome.result.faults.length + props.outcome.result.moreFaults;
  const read = () => (props.outcome.verb === 'verify' ? props.outcome.result : null);
  return (
    <>
      <div role="status">
        <h3 class={paneCss['lead']}>
          <Show when={faults() > 0} fallback={<State look="ok">{t(`backup.whole.${props.outcome.verb}`)}</State>}>
            <State look="danger">{t('backup.faults', { count: faults() })}</State>
          </Show>
        </h3>
      </div>
      <dl class={paneCss['facts']}>
        <dt>{t('backup.fact.snapshots')}</dt>
        <dd>{format().count(props.outcome.result.snapshots)}</dd>
        <dt>{t('backup.check.packs')}</dt>
        <dd>{format().count(props.outcome.result.packs)}</dd>
        <Show when={read()}>
          {(verified) => (
            <>
              <dt>{t('backup.check.read')}</dt>
              <dd>{t('backup.check.readWords', { count: verified().packsRead, size: format().bytes(verified().bytesRead) })}</dd>
              <dt>{t('backup.check.share')}</dt>
              <dd>{format().percent(verified().share)}</dd>
            </>
          )}
        </Show>
      </dl>
      <FaultList report={props.outcome.result} />
      <DismissRow>
        <Show when={faults() > 0}>
          <Button look="main" onClick={() => planRepair(ui, props.drive)}>
            {t('backup.repair.plan')}
          </Button>
        </Show>
      </DismissRow>
    </>
  );
}

/** Asks what a repair would do. */
export function planRepair(ui: ReturnType<typeof useUi>, drive: string): void {
  const { start } = backupStateOf(ui);
  void start('plan-repair', drive, async (report) => ({ verb: 'plan-repair', plan: await ui.session.backup.planRepair(drive, report) }));
}

function FaultList(props: { readonly report: CheckReport }): JSX.Element {
  const { t } = useUi();
  const more = (): number => props.report.faults.length - faultsShown + props.report.moreFaults;
  return (
    <Show when={props.report.faults.length > 0}>
      <ul class={css['faults']}>
        <For each={props.report.faults.slice(0, faultsShown)}>
          {(fault) => (
            <li>
              <Fault fault={fault} />
            </li>
          )}
        </For>
      </ul>
      <Show when={more() > 0}>
        <p class={paneCss['quiet']}>{t('plan.andMore', { count: more() })}</p>
      </Show>
    </Show>
  );
}

/** Untidy, but nothing is lost by it. */
const harmless: readonly CheckFault['what'][] = ['pack-unindexed', 'stale-lock'];

function Fault(props: { readonly fault: CheckFault }): JSX.Element {
  const { t } = useUi();
  return (
    <>
      <State look={harmless.includes(props.fault.what) ? 'warn' : 'danger'}>{t(`backup.fault.${props.fault.what}`)}</State>
      <p class={paneCss['quiet']}>
        <bdi dir="ltr">{props.fault.id.slice(0, 12)}</bdi>
        <Show when={props.fault.affects.length > 0}>
          {t('mark.dot')}
          <Show when={!props.fault.affects.includes('/')} fallback={t('backup.fault.affectsAll')}>
            {t('backup.fault.affects')}
            <bdi dir="ltr">{props.fault.affects.slice(0, pathsShown).join(', ')}</bdi>
          </Show>
        </Show>
      </p>
    </>
  );
}

/** Whether a sample came back as it is here. */
export function DrillOutcome(props: { readonly result: DrillResult }): JSX.Element {
  const { t } = useUi();
  return (
    <>
      <div role="status">
        <h3 class={paneCss['lead']}>
          <Show when={props.result.differences > 0} fallback={<State look="ok">{t('backup.drill.same')}</State>}>
            <State look="danger">{t('backup.drill.differs', { count: props.result.differences })}</State>
          </Show>
        </h3>
      </div>
      <p>{t('backup.drill.sums', { messages: props.result.messages, media: props.result.media })}</p>
      <DismissRow />
    </>
  );
}

/** What a repair would do, before it is done. */
export function RepairPlanOutcome(props: { readonly drive: string; readonly plan: RepairPlan }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const lines = (): readonly string[] => {
    const { badIndexes, unindexedPacks, lostBlobs, badSnapshots, snapshotsLacking } = props.plan;
    return [
      ...(badIndexes.length > 0 ? [t('backup.repair.indexes', { count: badIndexes.length })] : []),
      ...(unindexedPacks.length > 0 ? [t('backup.repair.packs', { count: unindexedPacks.length })] : []),
      ...(lostBlobs.length > 0 ? [t('backup.repair.blobs', { count: lostBlobs.length })] : []),
      ...(badSnapshots.length > 0 ? [t('backup.repair.snapshots', { count: badSnapshots.length })] : []),
      ...(snapshotsLacking.length > 0 ? [t('backup.repair.lacking', { count: snapshotsLacking.length })] : []),
    ];
  };
  const repair = (drive: string, plan: RepairPlan): void => {
    const { start } = backupStateOf(ui);
    void start('repair', drive, async (report) => ({ verb: 'repair', result: await ui.session.backup.repair(drive, plan, report) }));
  };
  return (
    <>
      <h3 class={paneCss['lead']}>{t(lines().length > 0 ? 'backup.repair.lead' : 'backup.repair.nothing')}</h3>
      <ul class={css['bullets']}>
        <For each={lines()}>{(line) => <li>{line}</li>}</For>
      </ul>
      <p class={paneCss['quiet']}>{t('backup.repair.safe')}</p>
      <DismissRow>
        <Show when={lines().length > 0}>
          <Button look="main" onClick={() => repair(props.drive, props.plan)}>
            {t('backup.repair.now')}
          </Button>
        </Show>
      </DismissRow>
    </>
  );
}

/** What a repair healed, and what stays lost. */
export function RepairOutcome(props: { readonly result: RepairResult }): JSX.Element {
  const { t } = useUi();
  return (
    <>
      <div role="status">
        <h3 class={paneCss['lead']}>
          <Show
            when={props.result.stillLost > 0}
            fallback={<State look="ok">{t('backup.repair.done', { count: props.result.healedBlobs })}</State>}
          >
            <State look="danger">{t('backup.repair.lost', { count: props.result.stillLost })}</State>
          </Show>
        </h3>
      </div>
      <Show when={props.result.stillLost > 0}>
        <p>{t('backup.repair.lostWords', { count: props.result.healedBlobs })}</p>
      </Show>
      <DismissRow />
    </>
  );
}
