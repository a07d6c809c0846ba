import { type JSX, Show, createSignal } from 'solid-js';
import type { BackupWarning, DriveStatus } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Select } from '../primitives/controls';
import { Phrase } from '../primitives/phrase';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { BackupPage, Lead } from './backup-page';
import { backupStateOf } from './backup-state';
import { DoctorCard } from './doctor-card';
import { planRepair } from './health-outcome';
import { verifyBackup } from './job-actions';
import { JobCard } from './job-card';
import { ago } from './words';

const shares = ['0.05', '0.25', '1'] as const;

/** Is the backup whole: the structure, the content, a drill; and the repair of what is not. */
export function HealthPage(props: { readonly drive: DriveStatus }): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const state = backupStateOf(ui);
  const isBusy = (): boolean => ['running', 'pausing'].includes(state.job()?.phase ?? '');
  const { backup } = ui.session;
  const check = (id: string): void =>
    void state.start('check', id, async (report) => ({ verb: 'check', result: await backup.check(id, report) }));
  const drill = (id: string): void =>
    void state.start('drill', id, async (report) => ({ verb: 'drill', result: await backup.drill(id, report) }));
  return (
    <BackupPage title={t('backup.health')} under={props.drive.name}>
      <VerifiedLead drive={props.drive} />
      <JobCard drive={props.drive.id} />
      <VerifyCard drive={props.drive} isBusy={isBusy()} />
      <ActionCard
        title={t('backup.check.title')}
        words={t('backup.check.words')}
        button={t('backup.check.now')}
        isBusy={isBusy()}
        onRun={() => check(props.drive.id)}
      />
      <ActionCard
        title={t('backup.drill.title')}
        words={t('backup.drill.words')}
        button={t('backup.drill.now')}
        isBusy={isBusy()}
        onRun={() => drill(props.drive.id)}
      />
      <ActionCard
        title={t('backup.repair.title')}
        words={t('backup.repair.words')}
        button={t('backup.repair.plan')}
        isBusy={isBusy()}
        onRun={() => planRepair(ui, props.drive.id)}
      />
      <DoctorCard drive={props.drive} />
    </BackupPage>
  );
}

function VerifiedLead(props: { readonly drive: DriveStatus }): JSX.Element {
  const { t, format } = useUi();
  const warns = (warning: BackupWarning): boolean => props.drive.warnings.includes(warning);
  const look = (): 'ok' | 'warn' | 'danger' =>
    warns('verify-failed') ? 'danger' : props.drive.lastVerifiedAtMs === null || warns('verify-old') ? 'warn' : 'ok';
  const words = (ms: number): string =>
    t('backup.verified.lead', { when: ago(ms, Date.now(), format().locale), share: format().percent(props.drive.verifiedShare) });
  return (
    <Lead look={look()}>
      <Show when={!warns('verify-failed')} fallback={<Phrase of="backup.headline.damaged" values={{ name: props.drive.name }} />}>
        <Show when={props.drive.lastVerifiedAtMs} fallback={t('backup.warning.never-verified')}>
          {(ms) => words(ms())}
        </Show>
      </Show>
    </Lead>
  );
}

function VerifyCard(props: { readonly drive: DriveStatus; readonly isBusy: boolean }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const [share, setShare] = createSignal<(typeof shares)[number]>('0.05');
  return (
    <Card title={t('backup.verify.title')}>
      <p>{t('backup.verify.words')}</p>
      <Select
        label={t('backup.verify.share')}
        options={shares.map((value) => ({
          value,
          label: value === '1' ? t('backup.verify.all') : t('backup.verify.part', { share: format().percent(Number(value)) }),
        }))}
        value={share()}
        onChoose={setShare}
      />
      <div class={paneCss['row']}>
        <Button look="main" icon="shield" disabled={props.isBusy} onClick={() => verifyBackup(ui, props.drive.id, Number(share()))}>
          {t('backup.verify.now')}
        </Button>
      </div>
    </Card>
  );
}

function ActionCard(props: {
  readonly title: string;
  readonly words: string;
  readonly button: string;
  readonly isBusy: boolean;
  readonly onRun: () => void;
}): JSX.Element {
  return (
    <Card title={props.title}>
      <p>{props.words}</p>
      <div class={paneCss['row']}>
        <Button disabled={props.isBusy} onClick={() => props.onRun()}>
          {props.button}
        </Button>
      </div>
    </Card>
  );
}
