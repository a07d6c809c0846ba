import type { JSX } from 'solid-js';
import { Button } from '../primitives/button';
import { Field } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { createSecretEntry } from '../primitives/secret-entry';
import { type Ui, useUi } from '../ui';
import css from './settings.module.css';

/** When what is shown is hidden again, in words. */
export function untilWords({ t, preferences }: Pick<Ui, 't' | 'preferences'>): string {
  const { idleLockMin } = preferences();
  return idleLockMin === 0 ? t('hidden.untilLock') : t('hidden.until', { count: idleLockMin });
}

/** Asks for the passphrase, as the lock screen does; only the worker of the vault can tell whether it is right. */
export function ShowHiddenDialog(props: { readonly onClose: () => void }): JSX.Element {
  const ui = useUi();
  const { t, session } = ui;
  const entry = createSecretEntry(async (passphrase) => {
    await session.showHidden(passphrase);
    props.onClose();
  });
  return (
    <Dialog title={t('hidden.ask')} onClose={() => entry.busy() || props.onClose()}>
      <form class={css['form']} onSubmit={(event) => void entry.submit(event)}>
        <p>{untilWords(ui)}</p>
        <Field
          type="password"
          name="passphrase"
          autofocus
          autocomplete="current-password"
          label={t('lock.passphrase')}
          wrong={entry.wrong()}
        />
        <DialogActions>
          <Button disabled={entry.busy()} onClick={() => props.onClose()}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" look="main" disabled={entry.busy()}>
            {t(entry.busy() ? 'lock.opening' : 'hidden.show')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
