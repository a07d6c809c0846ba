import { type JSX, createSignal } from 'solid-js';
import { Button } from '../primitives/button';
import { Checkbox } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { useUi } from '../ui';

/** Deletes everything, in two steps: a tick that says it was understood, then the button. */
export function ForgetDialog(props: { readonly onClose: () => void }): JSX.Element {
  const { t, session, toasts } = useUi();
  const [sure, setSure] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const forget = async (): Promise<void> => {
    setBusy(true);
    try {
      await session.forgetEverything();
      props.onClose();
    } catch (cause) {
      setBusy(false);
      toasts.fail(cause);
    }
  };
  return (
    <Dialog title={t('forget.all')} onClose={() => busy() || props.onClose()}>
      <p>{t('forget.words')}</p>
      <Checkbox label={t('forget.sure')} on={sure()} onToggle={setSure} />
      <DialogActions>
        <Button disabled={busy()} onClick={() => props.onClose()}>
          {t('action.cancel')}
        </Button>
        <Button look="danger" icon="trash" disabled={!sure() || busy()} onClick={() => void forget()}>
          {t('forget.all')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
