import { For, type JSX, Show, createSignal } from 'solid-js';
import type { StorageView } from '../../model/view';
import { backupStateOf } from '../backups/backup-state';
import { createAwaited } from '../primitives/awaited';
import { Button } from '../primitives/button';
import { Bar, State } from '../primitives/controls';
import { backupRoute, formatRoute } from '../router';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { ForgetDialog } from './forget-dialog';
import css from './settings.module.css';

const warnShare = 0.8;

/** What is kept, how much room there is, whether the browser promised to keep it, and how to delete it all. */
export function StorageCard(props: { readonly storage: StorageView | undefined }): JSX.Element {
  const { t, format, session, toasts } = useUi();
  const [asked, setAsked] = createSignal<boolean | null>(null);
  const [forgetting, setForgetting] = createSignal(false);
  const persisted = (): boolean => asked() ?? props.storage?.persisted === true;
  return (
    <Card title={t('storage.title')}>
      <Show when={props.storage}>
        {(now) => (
          <>
            <Bar label={t('storage.title')} share={now().quotaBytes === 0 ? 0 : now().usageBytes / now().quotaBytes} />
            <p>{t('storage.used', { used: format().bytes(now().usageBytes), quota: format().bytes(now().quotaBytes) })}</p>
            <Show when={now().usageBytes > now().quotaBytes * warnShare}>
              <State look="warn">{t('storage.nearlyFull')}</State>
            </Show>
            <dl class={paneCss['facts']}>
              <dt>{t('storage.messages')}</dt>
              <dd>{format().count(now().messages)}</dd>
              <dt>{t('storage.media')}</dt>
              <dd>{t('mark.aside', { words: format().count(now().mediaCount), aside: format().bytes(now().mediaBytes) })}</dd>
            </dl>
          </>
        )}
      </Show>
      <MakeRoom />
      <Show
        when={persisted()}
        fallback={
          <>
            <State look="warn">{t(asked() === false ? 'storage.refused' : 'storage.notKept')}</State>
            <div class={paneCss['row']}>
              <Button onClick={() => void session.askToPersist().then(setAsked, toasts.fail)}>{t('storage.ask')}</Button>
            </div>
          </>
        }
      >
        <State look="ok">{t('storage.kept')}</State>
      </Show>
      <div class={paneCss['row']}>
        <Button look="danger" icon="trash" onClick={() => setForgetting(true)}>
          {t('forget.all')}
        </Button>
      </div>
      <Show when={forgetting()}>
        <ForgetDialog onClose={() => setForgetting(false)} />
      </Show>
    </Card>
  );
}

/** The ways to the cards that free media: one for each drive. Nothing where none is set up. */
function MakeRoom(): JSX.Element {
  const ui = useUi();
  const { t, session } = ui;
  const state = backupStateOf(ui);
  // Asking starts a worker: not for those who have set up no drive.
  const asked = createAwaited(
    () => session.backup.mayHaveDrives,
    async (mayHaveDrives) => (mayHaveDrives && (await state.refresh()), true),
    ui.toasts.fail,
  );
  return (
    <Show when={asked() === true && (state.drives() ?? []).length > 0}>
      <p>{t('storage.roomWords')}</p>
      <ul class={css['rooms']}>
        <For each={state.drives()}>
          {(drive) => (
            <li>
              <a href={formatRoute(backupRoute('drive', drive.id))}>{t('storage.room', { name: drive.name })}</a>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
