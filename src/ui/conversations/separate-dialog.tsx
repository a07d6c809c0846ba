import { For, type JSX, Show, createSignal } from 'solid-js';
import type { ConversationView } from '../../model/view';
import { SourceBadge } from '../primitives/avatar';
import { Button } from '../primitives/button';
import { Bar } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { Phrase } from '../primitives/phrase';
import { useUi } from '../ui';

/** Says what comes apart, and takes it apart. */
export function SeparateDialog(props: { readonly conversation: ConversationView; readonly onClose: () => void }): JSX.Element {
  const { t, session, toasts } = useUi();
  const [busy, setBusy] = createSignal(false);
  const separate = async (): Promise<void> => {
    setBusy(true);
    try {
      await session.separateConversations(props.conversation.id, () => undefined);
      props.onClose();
      toasts.notice('separate.done');
    } catch (cause) {
      setBusy(false);
      toasts.fail(cause);
    }
  };
  return (
    <Dialog title={t('separate.title')} onClose={() => busy() || props.onClose()}>
      <p>
        <Phrase of="separate.words" values={{ name: props.conversation.name }} />
      </p>
      <ul>
        <For each={props.conversation.joined}>
          {(part) => (
            <li>
              <bdi>{part.name}</bdi> <SourceBadge source={part.source} />
            </li>
          )}
        </For>
      </ul>
      <Show when={busy()}>
        <Bar label={t('separate.title')} share={null} />
      </Show>
      <DialogActions>
        <Button disabled={busy()} onClick={() => props.onClose()}>
          {t('action.cancel')}
        </Button>
        <Button look="main" icon="undo" disabled={busy()} onClick={() => void separate()}>
          {t('separate.now')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
