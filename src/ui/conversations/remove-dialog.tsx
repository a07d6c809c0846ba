import { type JSX, Show, createSignal } from 'solid-js';
import type { Progress } from '../../model/progress';
import type { ConversationView } from '../../model/view';
import { progressShare } from '../import/import-state';
import { Button } from '../primitives/button';
import { Bar } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { Phrase } from '../primitives/phrase';
import { useUi } from '../ui';

/** Asks before a conversation is removed from the vault, and says what that means. */
export function RemoveDialog(props: { readonly conversation: ConversationView; readonly onClose: () => void }): JSX.Element {
  const { t, session, toasts, go } = useUi();
  const [progress, setProgress] = createSignal<Progress | null>(null);
  const [busy, setBusy] = createSignal(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      await session.removeConversation(props.conversation.id, setProgress);
      props.onClose();
      go({ screen: 'home' }, true);
      toasts.notice('conversation.removed');
    } catch (cause) {
      setBusy(false);
      toasts.fail(cause);
    }
  };
  return (
    <Dialog title={t('conversation.remove')} onClose={() => busy() || props.onClose()}>
      <p>
        <Phrase of="conversation.removeWords" values={{ name: props.conversation.name, count: props.conversation.messageCount }} />
      </p>
      <Show when={busy()}>
        <Bar label={t('conversation.removing')} share={progressShare(progress())} />
      </Show>
      <DialogActions>
        <Button disabled={busy()} onClick={() => props.onClose()}>
          {t('action.cancel')}
        </Button>
        <Button look="danger" icon="trash" disabled={busy()} onClick={() => void remove()}>
          {t('conversation.removeNow')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
