import { type JSX, Show, createSignal, untrack } from 'solid-js';
import type { BackupProgress, DriveStatus, RepositorySecret } from '../../model/backup-view';
import { type DoctorReport, type DriveConfig, isCloud } from '../../model/drive';
import type { CamphorError } from '../../model/error';
import { Button } from '../primitives/button';
import { Bar, Field, State } from '../primitives/controls';
import { errorOf } from '../primitives/toast-state';
import { Card } from '../shell/pane';
import { useUi } from '../ui';
import css from './backup.module.css';
import { jobShare } from './backup-state';
import { cloudNames } from './cloud-form';
import { placeOf } from './connect-step';
import { NewPassphrase, OpenSecret } from './secret-fields';

/** What opens the backup: a new passphrase, or the secret of the one that is there. */
export function SecretStep(props: {
  readonly config: DriveConfig;
  readonly holds: DoctorReport['holds'];
  readonly onBack: () => void;
  readonly onAdded: (drive: DriveStatus, isNew: boolean) => void;
}): JSX.Element {
  const { t, session } = useUi();
  const [name, setName] = createSignal(untrack(() => suggestName(props.config)));
  const [progress, setProgress] = createSignal<BackupProgress | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<CamphorError | null>(null);
  // A folder that only looked empty turns out to hold a backup: then it is opened, never replaced.
  const [isTaken, setTaken] = createSignal(false);
  const isOpening = (): boolean => props.holds === 'repository' || isTaken();
  const add = async (secret: RepositorySecret): Promise<void> => {
    const mode = isOpening() ? 'open' : 'create';
    setBusy(true);
    setError(null);
    try {
      const how = { name: name().trim() || placeOf(props.config), mode, secret } as const;
      props.onAdded(await session.backup.addDrive(props.config, how, setProgress), mode === 'create');
    } catch (cause) {
      setError(errorOf(cause));
      if (errorOf(cause).code === 'repository-exists') setTaken(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h2 class={css['stepTitle']}>{t(isOpening() ? 'backup.secret.open' : 'backup.secret.create')}</h2>
      <Show when={props.holds === 'other-files'}>
        <State look="warn">{t('backup.secret.otherFiles')}</State>
      </Show>
      <Card>
        <Field
          label={t('backup.field.name')}
          hint={t('backup.field.nameHint')}
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Show
          when={isOpening()}
          fallback={<NewPassphrase isBusy={isBusy()} submit={t('backup.secret.make')} onSecret={(secret) => void add(secret)} />}
        >
          <OpenSecret isBusy={isBusy()} submit={t('backup.secret.openNow')} onSecret={(secret) => void add(secret)} />
        </Show>
        <Show when={isBusy()}>
          <Bar label={t('backup.secret.working')} share={jobShare(progress())} />
          <p role="status">{t('backup.secret.working')}</p>
        </Show>
        <Show when={error()}>
          {(cause) => (
            <div role="alert">
              <State look="danger">
                {cause().code === 'wrong-secret' ? t('backup.secret.wrong') : t(`error.${cause().code}`, cause().facts)}
              </State>
            </div>
          )}
        </Show>
      </Card>
      <div class={css['stepActions']}>
        <Button disabled={isBusy()} onClick={() => props.onBack()}>
          {t('action.back')}
        </Button>
      </div>
    </>
  );
}

/** The host, the bucket or the folder, which the owner may change. */
function suggestName(config: DriveConfig): string {
  if (config.kind === 'webdav') return new URL(config.url).hostname;
  if (isCloud(config)) return cloudNames[config.kind];
  return config.kind === 's3' ? config.bucket : config.folderName;
}
