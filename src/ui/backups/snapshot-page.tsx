import { For, type JSX, Show } from 'solid-js';
import type { DriveStatus, SnapshotConversation, SnapshotView } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { Bar, State } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';
import { BackupPage } from './backup-page';
import { BrowseCard } from './browse-card';
import { SnapshotOrigin, restoreSnapshot, snapshotSums } from './history-page';
import { whenExactly } from './words';

/** One snapshot, looked into without restoring it; and restoring it. */
export function SnapshotPage(props: { readonly drive: DriveStatus; readonly snapshot: string }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts, format } = ui;
  const found = createLoaded(
    () => ({ id: props.drive.id, snapshot: props.snapshot }),
    async ({ id, snapshot }) => ({ one: (await session.backup.history(id)).find((known) => known.id === snapshot) ?? null }),
    toasts.fail,
  );
  const one = (): SnapshotView | null => found()?.one ?? null;
  return (
    <BackupPage title={t('backup.snapshot')} under={props.drive.name}>
      <Show when={found()} fallback={<Bar label={t('backup.reading')} share={null} />}>
        <Show when={one()} fallback={<State look="warn">{t('error.snapshot-missing')}</State>}>
          {(snapshot) => (
            <>
              <div>
                <h2 class={css['headline']}>{whenExactly(snapshot().takenAtMs, Date.now(), format(), t)}</h2>
                <p class={paneCss['quiet']}>
                  <SnapshotOrigin snapshot={snapshot()} />
                </p>
                <Show when={snapshotSums(snapshot(), t)}>{(sums) => <p>{sums()}</p>}</Show>
              </div>
              <Show when={snapshot().isOurs} fallback={<p>{t('backup.restore.notOurs')}</p>}>
                <RestoreCard drive={props.drive.id} snapshot={snapshot().id} />
                <Conversations drive={props.drive.id} snapshot={snapshot().id} />
              </Show>
              <BrowseCard drive={props.drive.id} snapshot={snapshot().id} />
            </>
          )}
        </Show>
      </Show>
    </BackupPage>
  );
}

interface Of {
  readonly drive: string;
  readonly snapshot: string;
}

function RestoreCard(props: Of): JSX.Element {
  const ui = useUi();
  return (
    <Card title={ui.t('backup.restore.title')}>
      <p>{ui.t('backup.restore.words')}</p>
      <div class={paneCss['row']}>
        <Button look="main" icon="undo" onClick={() => restoreSnapshot(ui, props.drive, props.snapshot)}>
          {ui.t('backup.restore.look')}
        </Button>
      </div>
    </Card>
  );
}

const conversationsShown = 200;

function Conversations(props: Of): JSX.Element {
  const { t, session, toasts } = useUi();
  const list = createLoaded(
    () => ({ drive: props.drive, snapshot: props.snapshot }),
    ({ drive, snapshot }) => session.backup.snapshotConversations(drive, snapshot),
    toasts.fail,
  );
  return (
    <Show when={list()}>
      {(all) => (
        <Card title={t('plan.conversations', { count: all().length })}>
          <ul class={css['plain']} tabindex="0" aria-label={t('plan.conversations', { count: all().length })}>
            <For each={all().slice(0, conversationsShown)}>{(conversation) => <ConversationLine conversation={conversation} />}</For>
          </ul>
          <Show when={all().length > conversationsShown}>
            <p class={paneCss['quiet']}>{t('plan.andMore', { count: all().length - conversationsShown })}</p>
          </Show>
        </Card>
      )}
    </Show>
  );
}

function ConversationLine(props: { readonly conversation: SnapshotConversation }): JSX.Element {
  const { t, format } = useUi();
  return (
    <li>
      <bdi class={css['linkTitle']}>{props.conversation.name ?? t('plan.unnamed')}</bdi>
      <p class={paneCss['quiet']}>
        {[
          t('count.messages', { count: props.conversation.messages }),
          format().dateRange(props.conversation.firstAtMs ?? NaN, props.conversation.lastAtMs ?? NaN),
        ].join(t('mark.dot'))}
      </p>
    </li>
  );
}
