import { For, type JSX, Show } from 'solid-js';
import type { BackupPlan, BackupResult, DriveStatus, SnapshotView } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { backupRoute } from '../router';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { Honest } from './backup-page';
import { backupStateOf } from './backup-state';
import { DismissRow, runBackup, verifyBackup } from './job-actions';
import { ago } from './words';

const othersShown = 5;
/** A first backup up to this size is verified whole at once; of a larger one, a part. */
const verifiedWholeBytes = 100_000_000;
const verifiedPart = 0.05;

/** What a backup would send, before it is sent. */
export function PlanOutcome(props: { readonly drive: string; readonly plan: BackupPlan }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const isNothing = (): boolean => props.plan.newBytes === 0 && props.plan.others.length === 0;
  return (
    <>
      <h3 class={paneCss['lead']}>
        {isNothing() ? t('backup.plan.nothing') : t('backup.plan.lead', { size: format().bytes(props.plan.newBytes) })}
      </h3>
      <dl class={paneCss['facts']}>
        <dt>{t('backup.plan.holds')}</dt>
        <dd>
          {[t('plan.conversations', { count: props.plan.conversations }), t('count.messages', { count: props.plan.messages })].join(
            t('mark.dot'),
          )}
        </dd>
        <dt>{t('backup.plan.months')}</dt>
        <dd>{t('backup.plan.of', { count: props.plan.changedMonths, total: props.plan.months })}</dd>
        <dt>{t('backup.plan.media')}</dt>
        <dd>{t('backup.plan.of', { count: props.plan.newMedia, total: props.plan.media })}</dd>
        <dt>{t('backup.plan.whole')}</dt>
        <dd>{format().bytes(props.plan.totalBytes)}</dd>
      </dl>
      <Others others={props.plan.others} />
      <Honest>{t('backup.limit.sizes')}</Honest>
      <div class={paneCss['row']}>
        <Button onClick={() => backupStateOf(ui).dismiss()}>{t('action.cancel')}</Button>
        <Button look="main" icon="shield" onClick={() => runBackup(ui, props.drive, false)}>
          {t('backup.now')}
        </Button>
      </div>
    </>
  );
}

function Others(props: { readonly others: readonly SnapshotView[] }): JSX.Element {
  const { t, format } = useUi();
  return (
    <Show when={props.others.length > 0}>
      <section class={css['inset']}>
        <h4>{t('backup.plan.others', { count: props.others.length })}</h4>
        <p class={paneCss['quiet']}>{t('backup.plan.othersWords')}</p>
        <ul>
          <For each={props.others.slice(0, othersShown)}>
            {(other) => (
              <li>
                <bdi>{other.hostname}</bdi>
                {t('mark.dot')}
                {ago(other.takenAtMs, Date.now(), format().locale)}
                <Show when={other.messages !== null}>
                  {t('mark.dot')}
                  {t('count.messages', { count: other.messages ?? 0 })}
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.others.length > othersShown}>
          <p class={paneCss['quiet']}>{t('plan.andMore', { count: props.others.length - othersShown })}</p>
        </Show>
      </section>
    </Show>
  );
}

/** What was sent, and how far it was read back. */
export function RunOutcome(props: { readonly drive: string; readonly result: BackupResult }): JSX.Element {
  const ui = useUi();
  const { t, format, go } = ui;
  const drive = () =>
    backupStateOf(ui)
      .drives()
      ?.find(({ id }) => id === props.drive);
  const lacksRecovery = (): boolean => drive()?.warnings.includes('no-recovery') === true;
  const verify = (): void => verifyBackup(ui, props.drive, props.result.sentBytes <= verifiedWholeBytes ? 1 : verifiedPart);
  return (
    <>
      <div role="status">
        <h3 class={paneCss['lead']}>
          <State look="ok">{t(props.result.snapshot === null ? 'backup.result.nothing' : doneWords(drive()))}</State>
        </h3>
      </div>
      <Show when={props.result.snapshot !== null}>
        <dl class={paneCss['facts']}>
          <dt>{t('backup.result.sent')}</dt>
          <dd>{format().bytes(props.result.sentBytes)}</dd>
          <dt>{t('backup.plan.months')}</dt>
          <dd>{format().count(props.result.changedMonths)}</dd>
          <dt>{t('backup.plan.media')}</dt>
          <dd>{format().count(props.result.newMedia)}</dd>
          <dt>{t('backup.result.readBack')}</dt>
          <dd>{t('backup.result.readBackWords', { share: format().percent(props.result.readBackShare) })}</dd>
        </dl>
      </Show>
      <DismissRow>
        <Show when={lacksRecovery()}>
          <Button look="main" icon="receipt" onClick={() => go(backupRoute('sheet', props.drive))}>
            {t('backup.go.sheet')}
          </Button>
        </Show>
        <Show when={drive()?.lastVerifiedAtMs === null}>
          <Button look={lacksRecovery() ? 'plain' : 'main'} icon="shield" onClick={verify}>
            {t('backup.verify.now')}
          </Button>
        </Show>
      </DismissRow>
    </>
  );
}

/** A folder is written to; whether that is a copy elsewhere is for its sync client, where there is one. */
function doneWords(drive: DriveStatus | undefined): 'backup.result.folder' | 'backup.result.synced' | 'backup.result.done' {
  if (drive?.kind !== 'folder') return 'backup.result.done';
  return drive.warnings.includes('not-synced') ? 'backup.result.folder' : 'backup.result.synced';
}
