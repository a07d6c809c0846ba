import { type JSX, Show, createSignal, onMount } from 'solid-js';
import { type DoctorReport, type DriveConfig, isCloud } from '../../model/drive';
import type { CamphorError } from '../../model/error';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { Card } from '../shell/pane';
import { useUi } from '../ui';
import css from './backup.module.css';
import { cloudNames } from './cloud-form';
import { ConnectForm } from './connect-form';
import { DoctorView } from './doctor-view';
import type { Service } from './popular-drives';
import type { ReturnedSignIn } from './returned-sign-in';

/** Credentials, then the connection doctor; goes on where backups can be made. */
export function ConnectStep(props: {
  readonly service: Service;
  readonly isRestoring: boolean;
  /** What came of a sign-in for which the page was left. */
  readonly returned: ReturnedSignIn['came'] | null;
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
  const failed = (): CamphorError | undefined => (props.returned !== null && 'error' in props.returned ? props.returned.error : undefined);
  onMount(() => {
    if (props.returned !== null && 'config' in props.returned) attempt(props.returned.config);
  });
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
          failed={failed()}
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
