import { type JSX, Show } from 'solid-js';
import type { DriveStatus } from '../../model/backup-view';
import { Choices } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { backupStateOf } from './backup-state';

/** For a folder: whether something carries it elsewhere. Until the owner says so it is not counted as a copy elsewhere. */
export function SyncedChoice(props: { readonly drive: DriveStatus }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts } = ui;
  const now = (): DriveStatus =>
    backupStateOf(ui)
      .drives()
      ?.find(({ id }) => id === props.drive.id) ?? props.drive;
  return (
    <Show when={props.drive.kind === 'folder'}>
      <Card title={t('backup.synced.title')}>
        <p class={paneCss['quiet']}>{t('backup.synced.words')}</p>
        <Choices
          label={t('backup.synced.question')}
          options={[
            { value: 'yes', label: t('backup.synced.yes') },
            { value: 'no', label: t('backup.synced.no') },
          ]}
          value={now().isSynced === true ? 'yes' : 'no'}
          onChoose={(answer) => void session.backup.configureDrive(props.drive.id, { isSynced: answer === 'yes' }).catch(toasts.fail)}
        />
      </Card>
    </Show>
  );
}
