import { For, type JSX, Show } from 'solid-js';
import type { DriveStatus } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Bar, State } from '../primitives/controls';
import { Phrase } from '../primitives/phrase';
import { backupRoute } from '../router';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { BackupPage, Honest, Lead } from './backup-page';
import { backupStateOf } from './backup-state';
import { DriveCard } from './drive-card';
import { CopiesCard } from './copies-card';
import { headlineOf } from './headline';
import { ago } from './words';

/** Whether one is safe, and the drives that make it so. */
export function BackupHome(): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const state = backupStateOf(ui);
  return (
    <BackupPage title={t('backup.title')} atHome>
      <Show when={state.failure()}>
        {(error) => (
          <Card>
            <State look="danger">{t(`error.${error().code}`, error().facts)}</State>
            <div class={paneCss['row']}>
              <Button onClick={() => void state.refresh()}>{t('backup.again')}</Button>
            </div>
          </Card>
        )}
      </Show>
      <Show
        when={state.drives()}
        fallback={<Show when={state.failure() === null}>{<Bar label={t('backup.reading')} share={null} />}</Show>}
      >
        {(drives) => (
          <Show when={drives().length > 0} fallback={<NoDrives />}>
            <Drives drives={drives()} />
          </Show>
        )}
      </Show>
    </BackupPage>
  );
}

function Drives(props: { readonly drives: readonly DriveStatus[] }): JSX.Element {
  const { t, go } = useUi();
  return (
    <>
      <HeadlineOf drives={props.drives} />
      <For each={props.drives}>{(drive, index) => <DriveCard drive={drive} isFirst={index() === 0} />}</For>
      <CopiesCard drives={props.drives} />
      <div class={paneCss['row']}>
        <Button icon="plus" onClick={() => go(backupRoute('new'))}>
          {t('backup.addDrive')}
        </Button>
        <Button look="plain" icon="undo" onClick={() => go(backupRoute('restore'))}>
          {t('first.restore')}
        </Button>
      </div>
      <Honest>{t('backup.limit.closed')}</Honest>
      <Honest>{t('backup.limit.sizes')}</Honest>
    </>
  );
}

/** What all drives, or one, come to. */
export function HeadlineOf(props: { readonly drives: readonly DriveStatus[] }): JSX.Element {
  const { t, format } = useUi();
  const headline = () => headlineOf(props.drives);
  const when = (ms: number | null | undefined): string => (ms === null || ms === undefined ? '' : ago(ms, Date.now(), format().locale));
  const under = (): string | undefined => {
    const { of, drive, other } = headline();
    if (of === 'backup.headline.holds-more') return t('backup.holdsMoreWords');
    if (of === 'backup.headline.gone' || of === 'backup.headline.gone-one') return t('backup.goneWords');
    if (other !== null) return t('backup.otherWords', { name: other.name });
    if (drive === null || (drive.lastBackupAtMs === null && drive.snapshotCount === 0)) return t('backup.noneWords');
    if (drive.lastBackupAtMs === null) return t('backup.joinedWords', { count: drive.snapshotCount });
    return drive.isUpToDate ? undefined : t('backup.newerHere');
  };
  return (
    <Lead look={headline().look} under={under()}>
      <Phrase
        of={headline().of}
        values={{
          name: headline().drive?.name ?? '',
          other: headline().other?.name ?? '',
          when: when(headline().drive?.lastBackupAtMs),
          verified: when(headline().drive?.lastVerifiedAtMs),
        }}
      />
    </Lead>
  );
}

function NoDrives(): JSX.Element {
  const { t, go } = useUi();
  return (
    <>
      <Lead look="warn">{t('backup.headline.none')}</Lead>
      <p class={css['prose']}>{t('backup.emptyWords')}</p>
      <div class={paneCss['row']}>
        <Button look="main" icon="plus" onClick={() => go(backupRoute('new'))}>
          {t('backup.setUp')}
        </Button>
        <Button look="plain" icon="undo" onClick={() => go(backupRoute('restore'))}>
          {t('first.restore')}
        </Button>
      </div>
      <Honest>{t('backup.limit.sizes')}</Honest>
    </>
  );
}
