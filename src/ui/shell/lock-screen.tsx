import { type JSX, onMount } from 'solid-js';
import { Mark } from '../icons/icon';
import { Button } from '../primitives/button';
import { Field } from '../primitives/controls';
import { createSecretEntry } from '../primitives/secret-entry';
import { useUi } from '../ui';
import css from './shell.module.css';

/** Asks for the passphrase; nothing of the vault is in the page meanwhile. */
export function LockScreen(): JSX.Element {
  const { t, session, setStatus, refresh } = useUi();
  let field!: HTMLInputElement;
  onMount(() => field.focus());
  const entry = createSecretEntry(async (passphrase) => {
    setStatus(await session.vault.unlock(passphrase));
    await refresh();
  });
  return (
    <main class={css['center']}>
      <form class={css['form']} onSubmit={(event) => void entry.submit(event)}>
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
          wrong={entry.wrong()}
        />
        <Button type="submit" look="main" icon="lock" disabled={entry.busy()}>
          {t(entry.busy() ? 'lock.opening' : 'lock.open')}
        </Button>
      </form>
    </main>
  );
}
