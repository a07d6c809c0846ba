import { type JSX, Match, Show, Switch, onMount } from 'solid-js';
import { Empty } from '../primitives/controls';
import { Button } from '../primitives/button';
import { type BackupPage as PageName, backupRoute } from '../router';
import { useUi } from '../ui';
import { AddDrive } from './add-drive';
import { BackupHome } from './backup-home';
import { BackupPage } from './backup-page';
import { backupStateOf } from './backup-state';
import { DrivePage } from './drive-page';
import { HealthPage } from './health-page';
import { HistoryPage } from './history-page';
import { KeysPage } from './keys-page';
import { RecoverySheetPage } from './recovery-sheet-page';
import { RetentionPage } from './retention-page';
import { SnapshotPage } from './snapshot-page';

/** All screens of backups; drawn once their words are here. */
export function BackupScreen(): JSX.Element {
  const { hasWords, wantWords } = useUi();
  wantWords('backup');
  return (
    <Show when={hasWords('backup')} fallback={<main />}>
      <BackupPages />
    </Show>
  );
}

function BackupPages(): JSX.Element {
  const ui = useUi();
  const state = backupStateOf(ui);
  onMount(() => void state.refresh());
  const route = () => {
    const now = ui.route();
    return now.screen === 'backup' ? now : { page: 'home' as const, drive: null, snapshot: null };
  };
  const isPage = (page: PageName): boolean => route().page === page;
  const drive = () => state.drives()?.find(({ id }) => id === route().drive);
  return (
    <Switch fallback={<BackupHome />}>
      <Match when={isPage('new') || isPage('restore')}>
        <AddDrive isRestoring={isPage('restore')} />
      </Match>
      <Match when={isPage('home')}>
        <BackupHome />
      </Match>
      <Match when={state.drives() !== undefined && drive() === undefined}>
        <NoSuchDrive />
      </Match>
      <Match when={isPage('drive') && drive()}>{(one) => <DrivePage drive={one()} />}</Match>
      <Match when={isPage('history') && drive()}>{(one) => <HistoryPage drive={one()} />}</Match>
      <Match when={isPage('snapshot') && drive()}>{(one) => <SnapshotPage drive={one()} snapshot={route().snapshot ?? ''} />}</Match>
      <Match when={isPage('keys') && drive()}>{(one) => <KeysPage drive={one()} />}</Match>
      <Match when={isPage('sheet') && drive()}>{(one) => <RecoverySheetPage drive={one()} />}</Match>
      <Match when={isPage('health') && drive()}>{(one) => <HealthPage drive={one()} />}</Match>
      <Match when={isPage('retention') && drive()}>{(one) => <RetentionPage drive={one()} />}</Match>
    </Switch>
  );
}

function NoSuchDrive(): JSX.Element {
  const { t, go } = useUi();
  return (
    <BackupPage title={t('backup.title')}>
      <Empty icon="unknown" title={t('backup.noSuchDrive')} words={t('backup.noSuchDriveWords')}>
        <Button onClick={() => go(backupRoute('home'), true)}>{t('backup.toDrives')}</Button>
      </Empty>
    </BackupPage>
  );
}
