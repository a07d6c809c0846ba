import { For, type JSX, Show } from 'solid-js';
import type { DriveStatus, SnapshotView } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Bar, Empty, State } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { Phrase } from '../primitives/phrase';
import { backupRoute, formatRoute } from '../router';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { type Ui, useUi } from '../ui';
import css from './backup.module.css';
import { BackupPage } from './backup-page';
import { FetchMediaCard } from './fetch-media-card';
import { ago, whenExactly } from './words';

/** Opens a snapshot as an import whose plan is looked at before anything is kept. */
export function restoreSnapshot(ui: Ui, drive: string, snapshot: string): void {
  void ui.imports.restore((report) => ui.session.backup.startRestore(drive, snapshot, report));
}

/** All snapshots of a drive, the newest first: when, by which device, how much, and what was new. */
export function HistoryPage(props: { readonly drive: DriveStatus }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts, format } = ui;
  const snapshots = createLoaded(
    () => ({ id: props.drive.id, last: props.drive.lastBackupAtMs, count: props.drive.snapshotCount }),
    ({ id }) => session.backup.history(id),
    toasts.fail,
  );
  const newest = (): SnapshotView | undefined => snapshots()?.find(({ isOurs }) => isOurs);
  return (
    <BackupPage title={t('backup.history')} under={props.drive.name}>
      <Show when={props.drive.warnings.includes('snapshots-vanished')}>
        <State look="danger">{t('error.snapshots-vanished')}</State>
      </Show>
      <Show when={snapshots()} fallback={<Bar label={t('backup.reading')} share={null} />}>
        {(list) => (
          <Show
            when={list().length > 0}
            fallback={<Empty icon="calendar" title={t('backup.history.none')} words={t('backup.history.noneWords')} />}
          >
            <Show when={newest()}>
              {(one) => (
                <>
                  <h2 class={css['headline']}>{t('backup.history.lead', { when: ago(one().takenAtMs, Date.now(), format().locale) })}</h2>
                  <div class={css['stepActions']}>
                    <Button look="main" icon="undo" onClick={() => restoreSnapshot(ui, props.drive.id, one().id)}>
                      {t('backup.restore.newest')}
                    </Button>
                  </div>
                </>
              )}
            </Show>
            <Card title={t('backup.snapshots', { count: list().length })}>
              <ol class={css['snapshots']}>
                <For each={list()}>{(snapshot) => <SnapshotRow drive={props.drive.id} snapshot={snapshot} />}</For>
              </ol>
            </Card>
          </Show>
        )}
      </Show>
      <FetchMediaCard />
    </BackupPage>
  );
}

function SnapshotRow(props: { readonly drive: string; readonly snapshot: SnapshotView }): JSX.Element {
  const { t, format, go } = useUi();
  const route = () => backupRoute('snapshot', props.drive, props.snapshot.id);
  return (
    <li>
      <a
        class={css['snapshot']}
        href={formatRoute(route())}
        onClick={(event) => {
          event.preventDefault();
          go(route());
        }}
      >
        <span class={css['linkTitle']}>{whenExactly(props.snapshot.takenAtMs, Date.now(), format(), t)}</span>
        <span class={paneCss['quiet']}>
          <SnapshotOrigin snapshot={props.snapshot} />
        </span>
        <Show when={snapshotSums(props.snapshot, t)}>{(sums) => <span class={css['numbers']}>{sums()}</span>}</Show>
        <Show when={props.snapshot.added}>{(added) => <span class={paneCss['quiet']}>{addedWords(added(), t)}</span>}</Show>
      </a>
    </li>
  );
}

/** The device, and whether another program made it. */
export function SnapshotOrigin(props: { readonly snapshot: SnapshotView }): JSX.Element {
  const { t } = useUi();
  return (
    <>
      <Show when={props.snapshot.isOwnDevice} fallback={<bdi>{props.snapshot.hostname}</bdi>}>
        <Phrase of="mark.aside" values={{ words: props.snapshot.hostname, aside: t('backup.thisDevice') }} />
      </Show>
      <Show when={!props.snapshot.isOurs}>
        {t('mark.dot')}
        {t('backup.notOurs')}
      </Show>
    </>
  );
}

type T = ReturnType<typeof useUi>['t'];

/** "12 conversations · 1,012,511 messages · 812 media files"; null where no manifest says. */
export function snapshotSums(snapshot: SnapshotView, t: T): string | null {
  if (snapshot.messages === null) return null;
  const { conversations, messages, media } = snapshot;
  return [
    ...(conversations === null ? [] : [t('plan.conversations', { count: conversations })]),
    t('count.messages', { count: messages }),
    ...(media === null ? [] : [t('count.media', { count: media })]),
  ].join(t('mark.dot'));
}

function addedWords(added: NonNullable<SnapshotView['added']>, t: T): string {
  const parts = [
    ...(added.conversations > 0 ? [t('plan.conversations', { count: added.conversations })] : []),
    ...(added.messages > 0 ? [t('count.messages', { count: added.messages })] : []),
    ...(added.media > 0 ? [t('count.media', { count: added.media })] : []),
  ];
  return parts.length === 0 ? t('backup.nothingAdded') : t('backup.added', { what: parts.join(t('mark.comma')) });
}
