import { For, type JSX, Show, createSignal, onMount } from 'solid-js';
import { Button, IconButton } from '../primitives/button';
import { Dialog } from '../primitives/dialog';
import paneCss from './pane.module.css';
import { useUi } from '../ui';
import css from './shell.module.css';

const notes = ['people', 'room', 'turning', 'language'] as const;

/** A newer version that waits, and what is new in this one. */
export function VersionStrips(): JSX.Element {
  const { imports, updateReady, conversations, preferences } = useUi();
  const mayUpdate = (): boolean => updateReady() && imports.phase() !== 'running' && imports.phase() !== 'planning';
  return (
    <>
      <Show when={mayUpdate()}>
        <UpdateStrip />
      </Show>
      <Show when={(conversations()?.length ?? 0) > 0 && preferences().seenVersion !== __APP_VERSION__}>
        <News />
      </Show>
    </>
  );
}

function UpdateStrip(): JSX.Element {
  const { t, session, toasts } = useUi();
  return (
    <div class={css['strip']} role="status">
      <span>{t('update.ready')}</span>
      <Button onClick={() => session.update().catch(toasts.fail)}>{t('update.reload')}</Button>
    </div>
  );
}

/** After an update, until it is closed: which version this is, and what is new in it. Whoever just began has no news. */
function News(): JSX.Element {
  const { t, session, preferences, hasWords, wantWords } = useUi();
  const [open, setOpen] = createSignal(false);
  const seen = (): void => session.setPreferences({ seenVersion: __APP_VERSION__ });
  onMount(() => {
    // Whoever just began has no former version to tell apart.
    if (preferences().seenVersion === '') return seen();
    wantWords('news');
  });
  return (
    <Show when={hasWords('news')}>
      <div class={css['strip']} role="status">
        <span>{t('news.title', { version: __APP_VERSION__ })}</span>
        <Button onClick={() => setOpen(true)}>{t('news.show')}</Button>
        <IconButton icon="close" label={t('action.close')} onClick={seen} />
      </div>
      <Show when={open()}>
        <Dialog title={t('news.title', { version: __APP_VERSION__ })} narrow readOnly onClose={seen}>
          <ul class={paneCss['numbered']}>
            <For each={notes}>{(note) => <li>{t(`news.${note}`)}</li>}</For>
          </ul>
          <p class={paneCss['quiet']}>{t('news.kept')}</p>
        </Dialog>
      </Show>
    </Show>
  );
}
