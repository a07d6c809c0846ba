import { type JSX, Show, Suspense, createSignal, lazy } from 'solid-js';
import type { RemovalReach } from '../../model/backup-view';
import type { Progress } from '../../model/progress';
import type { ConversationView } from '../../model/view';
import { progressShare } from '../import/import-state';
import { Button } from '../primitives/button';
import { Bar } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { Phrase } from '../primitives/phrase';
import { useUi } from '../ui';

const RemovalChoice = lazy(async () => ({ default: (await import('../backups/removal-choice')).RemovalChoice }));

const sections = ['reading', 'backup'] as const;

/** Asks before a conversation is removed from the vault, and says what that means. It comes up once it knows what it asks. */
export function RemoveDialog(props: { readonly conversation: ConversationView; readonly onClose: () => void }): JSX.Element {
  const ui = useUi();
  const { t, session, toasts, go } = ui;
  sections.forEach(ui.wantWords);
  const [reach, setReach] = createSignal<RemovalReach>('here');
  const [progress, setProgress] = createSignal<Progress | null>(null);
  const [busy, setBusy] = createSignal(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      const { reachOf, removeFromDrives } = await import('../backups/removal-choice');
      const asked = reachOf(ui, reach());
      for (const id of [props.conversation.id, ...(props.conversation.joined ?? []).map((part) => part.id)])
        if (!(await removeFromDrives(ui, id, asked))) return void setBusy(false);
      await session.removeConversation(props.conversation.id, setProgress, asked);
      props.onClose();
      go({ screen: 'home' }, true);
      toasts.notice('conversation.removed');
    } catch (cause) {
      setBusy(false);
      toasts.fail(cause);
    }
  };
  return (
    <Show when={sections.every(ui.hasWords)}>
      <Suspense>
        <Dialog title={t('conversation.remove')} onClose={() => busy() || props.onClose()}>
          <p>
            <Phrase of="conversation.removeWords" values={{ name: props.conversation.name, count: props.conversation.messageCount }} />
          </p>
          <RemovalChoice conversation={props.conversation.id} reach={reach()} onChoose={setReach} />
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
      </Suspense>
    </Show>
  );
}
