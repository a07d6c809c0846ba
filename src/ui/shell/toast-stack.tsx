import { For, type JSX, Show } from 'solid-js';
import { Icon } from '../icons/icon';
import { copyText } from '../primitives/copy-text';
import { Button, IconButton } from '../primitives/button';
import type { Toast } from '../primitives/toast-state';
import { useUi } from '../ui';
import css from './shell.module.css';

/** What a report says: code, numbers and browser; no text, name or key. */
export function reportOf(error: NonNullable<Toast['error']>): string {
  return JSON.stringify({ code: error.code, facts: error.facts, atMs: Date.now(), browser: navigator.userAgent }, null, 2);
}

/** Notices and errors at the foot of the window. */
export function ToastStack(): JSX.Element {
  const { t, toasts, wantWords } = useUi();
  const words = (toast: Toast): string => {
    const found = t(toast.text, toast.values);
    // The words of drives come with the screens of backups; what goes wrong elsewhere may need them first.
    if (found === '') wantWords('backup');
    return found;
  };
  const copy = (toast: Toast): void => {
    if (toast.error === null) return;
    copyText(reportOf(toast.error), toasts);
  };
  return (
    <div class={css['toasts']}>
      <For each={toasts.shown()}>
        {(toast) => (
          <div
            class={css['toast']}
            classList={{ [css['error'] ?? '']: toast.kind === 'error' }}
            role={toast.kind === 'error' ? 'alert' : 'status'}
          >
            <Icon name={toast.kind === 'error' ? 'warn' : 'check'} />
            <p class={css['words']}>{words(toast)}</p>
            <IconButton icon="close" label={t('action.close')} onClick={() => toasts.close(toast.id)} />
            <Show when={toast.action}>
              {(action) => (
                <Button look="plain" onClick={() => (toasts.close(toast.id), action().run())}>
                  {t(action().label)}
                </Button>
              )}
            </Show>
            <Show when={toast.error}>
              <Button look="plain" onClick={() => copy(toast)}>
                {t('action.copyReport')}
              </Button>
            </Show>
          </div>
        )}
      </For>
    </div>
  );
}
