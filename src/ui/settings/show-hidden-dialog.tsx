import { type JSX, createSignal } from 'solid-js';
import { Button } from '../primitives/button';
import { Field } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { errorOf } from '../primitives/toast-state';
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
  const [busy, setBusy] = createSignal(false);
  const [wrong, setWrong] = createSignal<string>();
  let field!: HTMLInputElement;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy() || field.value === '') return;
    setBusy(true);
    setWrong(undefined);
    try {
      await session.showHidden(field.value);
      field.value = '';
      props.onClose();
    } catch (cause) {
      setWrong(t(`error.${errorOf(cause).code}`, errorOf(cause).facts));
      field.select();
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('hidden.ask')} onClose={() => busy() || props.onClose()}>
      <form class={css['form']} onSubmit={(event) => void submit(event)}>
        <p>{untilWords(ui)}</p>
        <Field
          ref={(element) => (field = element)}
          type="password"
          name="passphrase"
          autofocus
          autocomplete="current-password"
          label={t('lock.passphrase')}
          wrong={wrong()}
        />
        <DialogActions>
          <Button disabled={busy()} onClick={() => props.onClose()}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" look="main" disabled={busy()}>
            {t(busy() ? 'lock.opening' : 'hidden.show')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
