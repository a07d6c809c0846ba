import { type JSX, Show, createSignal } from 'solid-js';
import { type DoctorReport, type DriveConfig, isCloud } from '../../model/drive';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { Card } from '../shell/pane';
import { useUi } from '../ui';
import css from './backup.module.css';
import { cloudNames } from './cloud-form';
import { ConnectForm } from './connect-form';
import { DoctorView } from './doctor-view';
import type { Service } from './popular-drives';

/** Credentials, then the connection doctor; goes on where backups can be made. */
export function ConnectStep(props: {
  readonly service: Service;
  readonly isRestoring: boolean;
  readonly onBack: () => void;
  readonly onNext: (config: DriveConfig, report: DoctorReport) => void;
}): JSX.Element {
  const { t, session } = useUi();
  const [tried, setTried] = createSignal<DriveConfig | null>(null);
  const [report, setReport] = createSignal<DoctorReport | null>(null);
  const attempt = (config: DriveConfig): void => {
    setReport(null);
    setTried(() => config);
  };
  const ready = () => {
    const [config, found] = [tried(), report()];
    return config !== null && found?.usable === true ? { config, found } : null;
  };
  const lacksBackup = (): boolean => props.isRestoring && report()?.usable === true && report()?.holds !== 'repository';
  return (
    <>
      <h2 class={css['stepTitle']}>{t('backup.connect.title')}</h2>
      <Card>
        <ConnectForm
          kind={props.service.kind}
          service={props.service}
          submit={t(report() === null ? 'backup.connect.test' : 'backup.connect.again')}
          plain={ready() !== null}
          onReady={attempt}
        />
      </Card>
      <Show when={tried()} keyed>
        {(config) => (
          <Card title={t('backup.doctor.title')}>
            <DoctorView
              kind={config.kind === 'files' ? 'folder' : config.kind}
              place={placeOf(config)}
              examine={(tell) => session.backup.examine(config, tell)}
              onDone={setReport}
            />
          </Card>
        )}
      </Show>
      <Show when={lacksBackup()}>
        <State look="warn">{t('error.no-repository')}</State>
      </Show>
      <div class={css['stepActions']}>
        <Button onClick={() => props.onBack()}>{t('action.back')}</Button>
        <Show when={ready()}>
          {(now) => (
            <Button look="main" disabled={lacksBackup()} onClick={() => props.onNext(now().config, now().found)}>
              {t('backup.next')}
            </Button>
          )}
        </Show>
      </div>
    </>
  );
}

/** Where a drive is, without what opens it. */
export function placeOf(config: DriveConfig): string {
  if (config.kind === 'webdav') return config.url;
  if (isCloud(config)) return cloudNames[config.kind];
  return config.kind === 's3' ? `${config.endpoint}/${config.bucket}/${config.prefix}` : config.folderName;
}
