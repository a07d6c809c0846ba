import { type JSX, Show, createSignal } from 'solid-js';
import { Button } from '../primitives/button';
import { Checkbox } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { useUi } from '../ui';

/** Deletes everything, in two steps: a tick that says it was understood, then the button. Draws once its words are here. */
export function ForgetDialog(props: { readonly onClose: () => void }): JSX.Element {
  const { t, session, toasts, hasWords, wantWords } = useUi();
  wantWords('settings');
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
    <Show when={hasWords('settings')}>
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
    </Show>
  );
}
