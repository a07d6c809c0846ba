import { type JSX, createSignal } from 'solid-js';
import { type BackupSchedule, type DriveStatus, backupSchedules } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Select } from '../primitives/controls';
import { backupRoute } from '../router';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { Honest, Lead } from './backup-page';
import { SyncedChoice } from './synced-choice';
import { askPlan } from './job-actions';

/** After a new backup was set up: recovery words at once, a schedule, and the first backup. */
export function DriveReady(props: { readonly drive: DriveStatus }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts, go } = ui;
  const [schedule, setSchedule] = createSignal<BackupSchedule>('daily');
  const keepThen = async (id: string, next: () => void): Promise<void> => {
    await session.backup.configureDrive(id, { schedule: schedule() }).catch(toasts.fail);
    next();
  };
  const toSheet = (id: string): void => void keepThen(id, () => go(backupRoute('sheet', id)));
  const toFirst = (id: string): void => void keepThen(id, () => askPlan(ui, id));
  return (
    <>
      <Lead look="ok">{t('backup.readyLead')}</Lead>
      <Card title={t('backup.sheet.title')}>
        <p>{t('backup.readySheet')}</p>
        <div class={paneCss['row']}>
          <Button look="main" icon="receipt" onClick={() => toSheet(props.drive.id)}>
            {t('backup.go.sheet')}
          </Button>
        </div>
      </Card>
      <Card title={t('backup.fact.schedule')}>
        <ScheduleSelect value={schedule()} onChoose={setSchedule} />
      </Card>
      <SyncedChoice drive={props.drive} />
      <div class={css['stepActions']}>
        <Button icon="shield" onClick={() => toFirst(props.drive.id)}>
          {t('backup.readyFirst')}
        </Button>
      </div>
    </>
  );
}

/** How often, while the app is open. */
export function ScheduleSelect(props: {
  readonly value: BackupSchedule;
  readonly onChoose: (schedule: BackupSchedule) => void;
}): JSX.Element {
  const { t } = useUi();
  return (
    <>
      <Select
        label={t('backup.scheduleLabel')}
        options={backupSchedules.map((value) => ({ value, label: t(`backup.schedule.${value}`) }))}
        value={props.value}
        onChoose={props.onChoose}
      />
      <Honest>{t('backup.limit.closed')}</Honest>
    </>
  );
}
