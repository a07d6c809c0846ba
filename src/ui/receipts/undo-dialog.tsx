import { type JSX, Show, createSignal } from 'solid-js';
import type { Progress } from '../../model/progress';
import type { ReceiptView } from '../../model/view';
import { progressShare } from '../import/import-state';
import { Button } from '../primitives/button';
import { Bar } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { useUi } from '../ui';

/** Asks before an import is undone, and says what goes and what stays. */
export function UndoDialog(props: { readonly receipt: ReceiptView; readonly onClose: () => void }): JSX.Element {
  const { t, session, toasts } = useUi();
  const [progress, setProgress] = createSignal<Progress | null>(null);
  const [busy, setBusy] = createSignal(false);
  const undo = async (): Promise<void> => {
    setBusy(true);
    try {
      const result = await session.undoImport(props.receipt.id, setProgress);
      props.onClose();
      toasts.notice('undo.done', { count: result.removed });
    } catch (cause) {
      setBusy(false);
      toasts.fail(cause);
    }
  };
  return (
    <Dialog title={t('undo.title')} onClose={() => busy() || props.onClose()}>
      <p>{t('undo.words', { count: props.receipt.added })}</p>
      <Show when={busy()}>
        <Bar label={t('undo.title')} share={progressShare(progress())} />
      </Show>
      <DialogActions>
        <Button disabled={busy()} onClick={() => props.onClose()}>
          {t('action.cancel')}
        </Button>
        <Button look="danger" icon="undo" disabled={busy()} onClick={() => void undo()}>
          {t('undo.now')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
