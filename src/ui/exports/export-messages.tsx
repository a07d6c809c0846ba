import { type JSX, Show, createSignal } from 'solid-js';
import { Button } from '../primitives/button';
import { useUi } from '../ui';
import { MessagesDialog } from './messages-dialog';
import type { MessagesChoice } from './messages-state';

/** The button that opens the dialog for exporting messages. Draws once its words are here. */
export function ExportMessages(props: { readonly choice: MessagesChoice }): JSX.Element {
  const { t, hasWords, wantWords } = useUi();
  const [isOpen, setOpen] = createSignal(false);
  wantWords('export');
  return (
    <Show when={hasWords('export')}>
      <Button icon="save" onClick={() => setOpen(true)}>
        {t('messages.open')}
      </Button>
      <Show when={isOpen()}>
        <MessagesDialog choice={props.choice} onClose={() => setOpen(false)} />
      </Show>
    </Show>
  );
}
