import { type JSX, Show, onCleanup, onMount } from 'solid-js';
import { Button } from '../primitives/button';
import { useUi } from '../ui';
import css from './shell.module.css';

/** Says on every screen that hidden conversations are shown, and hides them again. */
export function HiddenStrip(): JSX.Element {
  const { t, session, search, toasts, hasWords, wantWords } = useUi();
  wantWords('settings');
  // It is here for as long as they are shown: a search on the screen goes over them now, and what it found may be theirs later.
  onMount(() => search.query() !== '' && search.again());
  onCleanup(() => search.clear());
  return (
    <Show when={hasWords('settings')}>
      <div class={css['strip']} role="status">
        <span>{t('hidden.shown')}</span>
        <Button icon="hide" onClick={() => session.hideAgain().catch(toasts.fail)}>
          {t('hidden.again')}
        </Button>
      </div>
    </Show>
  );
}
