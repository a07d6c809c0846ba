import { type JSX, createSignal, onMount } from 'solid-js';
import { Mark } from '../icons/icon';
import { Button } from '../primitives/button';
import { Field } from '../primitives/controls';
import { errorOf } from '../primitives/toast-state';
import { useUi } from '../ui';
import css from './shell.module.css';

/** Asks for the passphrase; nothing of the vault is in the page meanwhile. */
export function LockScreen(): JSX.Element {
  const { t, session, setStatus, refresh } = useUi();
  const [busy, setBusy] = createSignal(false);
  const [wrong, setWrong] = createSignal<string>();
  let field!: HTMLInputElement;
  onMount(() => field.focus());
  const unlock = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy() || field.value === '') return;
    setBusy(true);
    setWrong(undefined);
    try {
      const status = await session.vault.unlock(field.value);
      field.value = '';
      setStatus(status);
      await refresh();
    } catch (cause) {
      setWrong(t(`error.${errorOf(cause).code}`, errorOf(cause).facts));
      field.select();
    } finally {
      setBusy(false);
    }
  };
  return (
    <main class={css['center']}>
      <form class={css['form']} onSubmit={(event) => void unlock(event)}>
        <div class={css['brand']}>
          <Mark />
          <h1 class={css['headline']}>{t('lock.title')}</h1>
        </div>
        <Field
          ref={(element) => (field = element)}
          type="password"
          name="passphrase"
          autocomplete="current-password"
          label={t('lock.passphrase')}
          hint={t('passphrase.noReset')}
          wrong={wrong()}
        />
        <Button type="submit" look="main" icon="lock" disabled={busy()}>
          {busy() ? t('lock.opening') : t('lock.open')}
        </Button>
      </form>
    </main>
  );
}
