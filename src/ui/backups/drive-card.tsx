import { For, type JSX, Show } from 'solid-js';
import type { BackupWarning, DriveStatus } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { backupRoute } from '../router';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { backupStateOf } from './backup-state';
import { askPlan, mayBackUp } from './job-actions';
import { JobCard } from './job-card';
import { drilledWords, retentionWords, scheduleWords, verifiedWords, whenExactly } from './words';

/** A drive with what is known of its backups, and what can be done now. */
export function DriveCard(props: { readonly drive: DriveStatus; readonly isFirst: boolean }): JSX.Element {
  const ui = useUi();
  const { t, go } = ui;
  const state = backupStateOf(ui);
  const isBusy = (): boolean => ['running', 'pausing'].includes(state.job()?.phase ?? '');
  const hasJob = (): boolean => isBusy() && state.job()?.drive === props.drive.id;
  return (
    <Card title={props.drive.name}>
      <p class={paneCss['quiet']}>
        <bdi dir="ltr">{props.drive.place}</bdi>
      </p>
      <DriveFacts drive={props.drive} />
      <WarningList drive={props.drive} />
      <Show when={hasJob()}>
        <JobCard drive={props.drive.id} plain />
      </Show>
      <div class={paneCss['row']}>
        <Show when={!hasJob() && mayBackUp(props.drive)}>
          <Button
            {...(props.isFirst ? { look: 'main' as const } : {})}
            icon="shield"
            disabled={isBusy()}
            onClick={() => askPlan(ui, props.drive.id)}
          >
            {t('backup.now')}
          </Button>
        </Show>
        <Button icon="calendar" onClick={() => go(backupRoute('history', props.drive.id))}>
          {t('backup.history')}
        </Button>
        <Button
          icon="sliders"
          aria-label={t('backup.manageOf', { name: props.drive.name })}
          onClick={() => go(backupRoute('drive', props.drive.id))}
        >
          {t('backup.manage')}
        </Button>
      </div>
    </Card>
  );
}

/** Last backup, last verified and how much, schedule, retention. */
export function DriveFacts(props: { readonly drive: DriveStatus }): JSX.Element {
  const { t, format } = useUi();
  const now = Date.now();
  const last = (): string =>
    props.drive.lastBackupAtMs === null ? t('backup.never') : whenExactly(props.drive.lastBackupAtMs, now, format(), t);
  return (
    <dl class={paneCss['facts']}>
      <dt>{t('backup.fact.last')}</dt>
      <dd>
        {last()}
        <Show when={props.drive.kind === 'folder' && props.drive.lastBackupAtMs !== null}>
          <p class={paneCss['quiet']}>{t(props.drive.warnings.includes('not-synced') ? 'backup.folderWritten' : 'backup.folderSynced')}</p>
        </Show>
      </dd>
      <dt>{t('backup.fact.verified')}</dt>
      <dd>{verifiedWords(props.drive, now, t, format())}</dd>
      <dt>{t('backup.fact.drilled')}</dt>
      <dd>{drilledWords(props.drive, now, t, format())}</dd>
      <dt>{t('backup.fact.schedule')}</dt>
      <dd>{scheduleWords(props.drive, now, t, format())}</dd>
      <dt>{t('backup.fact.keeps')}</dt>
      <dd>{retentionWords(props.drive.retention, t, format())}</dd>
      <dt>{t('backup.fact.snapshots')}</dt>
      <dd>{format().count(props.drive.snapshotCount)}</dd>
    </dl>
  );
}

const graveWarnings: readonly BackupWarning[] = ['verify-failed', 'snapshots-vanished', 'drive-gone', 'holds-more'];
const places = {
  'never-verified': 'health',
  'verify-old': 'health',
  'verify-failed': 'health',
  'drill-due': 'health',
  'holds-more': 'history',
  'snapshots-vanished': 'history',
  'no-recovery': 'sheet',
} as const;

/** What is not as it should be, and what to do about each. */
export function WarningList(props: { readonly drive: DriveStatus }): JSX.Element {
  return (
    <Show when={props.drive.warnings.length > 0}>
      <ul class={css['warnings']}>
        <For each={props.drive.warnings}>
          {(warning) => (
            <li>
              <WarningRow drive={props.drive} warning={warning} />
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

function WarningRow(props: { readonly drive: DriveStatus; readonly warning: BackupWarning }): JSX.Element {
  const { t, go, session, toasts } = useUi();
  const place = (): (typeof places)[keyof typeof places] | undefined =>
    (places as Partial<Record<BackupWarning, 'health' | 'history' | 'sheet'>>)[props.warning];
  return (
    <div class={css['warning']}>
      <div>
        <State look={graveWarnings.includes(props.warning) ? 'danger' : 'warn'}>{t(`backup.warning.${props.warning}`)}</State>
        <p class={paneCss['quiet']}>{t(`backup.todo.${props.warning}`)}</p>
      </div>
      <Show when={place()}>
        {(page) => <Button onClick={() => go(backupRoute(page(), props.drive.id))}>{t(`backup.go.${page()}`)}</Button>}
      </Show>
      <Show when={props.warning === 'folder-permission'}>
        <Button icon="folder" onClick={() => void session.backup.allowFolder(props.drive.id).catch(toasts.fail)}>
          {t('backup.allowFolder')}
        </Button>
      </Show>
      <Show when={props.warning === 'not-synced'}>
        <Button onClick={() => void session.backup.configureDrive(props.drive.id, { isSynced: true }).catch(toasts.fail)}>
          {t('backup.synced.yes')}
        </Button>
      </Show>
    </div>
  );
}
