import { type JSX, Show, createSignal, onMount } from 'solid-js';
import type { DriveStatus } from '../../model/backup-view';
import type { DriveConfig } from '../../model/drive';
import { Button } from '../primitives/button';
import { Field } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { backupRoute } from '../router';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { type Ui, useUi } from '../ui';
import css from './backup.module.css';
import { HeadlineOf } from './backup-home';
import { BackupPage, Honest, LinkRow } from './backup-page';
import { backupStateOf } from './backup-state';
import { ConditionsChoice } from './conditions-choice';
import { ConnectForm } from './connect-form';
import { DriveFacts, WarningList } from './drive-card';
import { ScheduleSelect } from './drive-ready';
import { FreeMediaCard } from './free-media-card';
import { askPlan, mayBackUp } from './job-actions';
import { JobCard } from './job-card';
import { takeReturnedSignIn } from './returned-sign-in';
import { SyncedChoice } from './synced-choice';

/** One drive: how it stands, back up now, and everything that can be looked at or changed. */
export function DrivePage(props: { readonly drive: DriveStatus }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const state = backupStateOf(ui);
  const hasJob = (): boolean => state.job()?.drive === props.drive.id;
  const isBusy = (): boolean => ['running', 'pausing'].includes(state.job()?.phase ?? '');
  return (
    <BackupPage title={props.drive.name} under={t(`backup.kind.${props.drive.kind}`)}>
      <HeadlineOf drives={[props.drive]} />
      <Show when={hasJob()}>
        <JobCard drive={props.drive.id} />
      </Show>
      <Card>
        <DriveFacts drive={props.drive} />
        <WarningList drive={props.drive} />
        <Show when={!hasJob() && mayBackUp(props.drive)}>
          <div class={paneCss['row']}>
            <Button look="main" icon="shield" disabled={isBusy()} onClick={() => askPlan(ui, props.drive.id)}>
              {t('backup.now')}
            </Button>
          </div>
        </Show>
      </Card>
      <DriveLinks drive={props.drive} />
      <FreeMediaCard drive={props.drive} />
      <SyncedChoice drive={props.drive} />
      <SettingsCard drive={props.drive} />
      <ConnectionCard drive={props.drive} />
    </BackupPage>
  );
}

function DriveLinks(props: { readonly drive: DriveStatus }): JSX.Element {
  const { t } = useUi();
  const to = (page: 'history' | 'health' | 'retention' | 'keys' | 'sheet') => backupRoute(page, props.drive.id);
  return (
    <nav aria-label={t('backup.manage')}>
      <ul class={css['links']}>
        <LinkRow
          icon="calendar"
          title={t('backup.history')}
          under={t('backup.snapshots', { count: props.drive.snapshotCount })}
          route={to('history')}
        />
        <LinkRow icon="shield" title={t('backup.health')} under={t('backup.healthUnder')} route={to('health')} />
        <LinkRow icon="sliders" title={t('backup.retention')} under={t('backup.retentionUnder')} route={to('retention')} />
        <LinkRow icon="lock" title={t('backup.keys')} under={t('backup.keysUnder')} route={to('keys')} />
        <LinkRow
          icon="receipt"
          title={t('backup.sheet.title')}
          under={t(props.drive.warnings.includes('no-recovery') ? 'backup.sheet.none' : 'backup.sheet.under')}
          route={to('sheet')}
        />
      </ul>
    </nav>
  );
}

function SettingsCard(props: { readonly drive: DriveStatus }): JSX.Element {
  const { t, session, toasts } = useUi();
  const configure = (change: Parameters<typeof session.backup.configureDrive>[1]): void =>
    void session.backup.configureDrive(props.drive.id, change).catch(toasts.fail);
  return (
    <Card title={t('settings.title')}>
      <ScheduleSelect value={props.drive.schedule} onChoose={(schedule) => configure({ schedule })} />
      <ConditionsChoice drive={props.drive} onChoose={(conditions) => configure({ conditions })} />
      <Field
        label={t('backup.field.name')}
        value={props.drive.name}
        onChange={(event) => event.currentTarget.value.trim() !== '' && configure({ name: event.currentTarget.value.trim() })}
      />
    </Card>
  );
}

function ConnectionCard(props: { readonly drive: DriveStatus }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const [open, setOpen] = createSignal<'change' | 'drop' | null>(null);
  onMount(async () => {
    const back = await takeReturnedSignIn(ui);
    if (back === null) return;
    if ('error' in back.came) ui.toasts.fail(back.came.error);
    else await changeConnection(ui, props.drive.id, back.came.config).catch(ui.toasts.fail);
  });
  return (
    <Card title={t('backup.connection')}>
      <p class={paneCss['quiet']}>
        <bdi dir="ltr">{props.drive.place}</bdi>
      </p>
      <Honest>{t('backup.limit.sizes')}</Honest>
      <div class={paneCss['row']}>
        <Button onClick={() => setOpen('change')}>{t('backup.connection.change')}</Button>
        <Button look="danger" onClick={() => setOpen('drop')}>
          {t('backup.drop')}
        </Button>
      </div>
      <Show when={open() === 'change'}>
        <ChangeDialog drive={props.drive} onClose={() => setOpen(null)} />
      </Show>
      <Show when={open() === 'drop'}>
        <DropDialog drive={props.drive} onClose={() => setOpen(null)} />
      </Show>
    </Card>
  );
}

async function changeConnection({ session, toasts }: Ui, drive: string, config: DriveConfig): Promise<void> {
  await session.backup.changeDrive(drive, config);
  toasts.notice('backup.connection.changed');
}

interface DriveDialogProps {
  readonly drive: DriveStatus;
  readonly onClose: () => void;
}

function ChangeDialog(props: DriveDialogProps): JSX.Element {
  const ui = useUi();
  const { t, toasts } = ui;
  const change = async (config: DriveConfig): Promise<void> => {
    await changeConnection(ui, props.drive.id, config);
    props.onClose();
  };
  return (
    <Dialog title={t('backup.connection.change')} onClose={props.onClose}>
      <p>{t('backup.connection.words')}</p>
      <ConnectForm
        kind={props.drive.kind}
        {...(props.drive.kind === 'webdav' ? { place: props.drive.place } : {})}
        submit={t('backup.save')}
        onReady={(config) => void change(config).catch(toasts.fail)}
      />
    </Dialog>
  );
}

function DropDialog(props: DriveDialogProps): JSX.Element {
  const { t, session, toasts, go } = useUi();
  const drop = async (): Promise<void> => {
    await session.backup.dropDrive(props.drive.id);
    props.onClose();
    go(backupRoute('home'), true);
  };
  return (
    <Dialog title={t('backup.drop')} onClose={props.onClose}>
      <p>{t('backup.dropWords')}</p>
      <DialogActions>
        <Button onClick={() => props.onClose()}>{t('action.cancel')}</Button>
        <Button look="danger" onClick={() => void drop().catch(toasts.fail)}>
          {t('backup.drop')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
