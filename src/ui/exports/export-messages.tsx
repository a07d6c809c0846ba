import { type JSX, Show, createSignal } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { ConversationView, SearchHit } from '../../model/view';
import { Button, IconButton } from '../primitives/button';
import { screenZone, useUi } from '../ui';
import { MessagesDialog } from './messages-dialog';
import type { MessagesChoice } from './messages-state';

/** The button that opens the dialog for exporting messages. Draws once its words are here. */
export function ExportMessages(props: { readonly choice: MessagesChoice }): JSX.Element {
  const { t, hasWords, wantWords } = useUi();
  const [isOpen, setOpen] = createSignal(false);
  wantWords('export');
  wantWords('reading');
  return (
    <Show when={hasWords('export') && hasWords('reading')}>
      <Button icon="save" onClick={() => setOpen(true)}>
        {t('messages.open')}
      </Button>
      <Show when={isOpen()}>
        <MessagesDialog choice={props.choice} onClose={() => setOpen(false)} />
      </Show>
    </Show>
  );
}

/** The dialog for exporting chosen messages of a conversation. Draws once its words are here. */
export function ExportChosen(props: {
  readonly conversation: ConversationView;
  readonly seqs: readonly number[];
  readonly isEvidence: boolean;
  readonly onClose: () => void;
}): JSX.Element {
  const { hasWords, wantWords } = useUi();
  wantWords('export');
  const choice = (): MessagesChoice => {
    const { id, name } = props.conversation;
    const found = new Map([[id, props.seqs]]);
    return {
      conversations: [id],
      found,
      chosen: true,
      isEvidence: props.isEvidence,
      messages: props.seqs.length,
      name,
      route: { screen: 'conversation', id, seq: null },
    };
  };
  return (
    <Show when={hasWords('export')}>
      <MessagesDialog choice={choice()} onClose={() => props.onClose()} />
    </Show>
  );
}

/** As many as a search gives. */
const hitsLimit = 10_000;

/** Hits by where they stand. */
function groupHits(hits: readonly SearchHit[]): Map<ConversationId, number[]> {
  const found = new Map<ConversationId, number[]>();
  for (const { conversation, seq } of hits) {
    const seqs = found.get(conversation);
    if (seqs === undefined) found.set(conversation, [seq]);
    else seqs.push(seq);
  }
  return found;
}

/** The button that opens the dialog for exporting what the search has found. Draws once its words are here. */
export function ExportHits(): JSX.Element {
  const { t, hasWords, wantWords, session, search, toasts } = useUi();
  const [choice, setChoice] = createSignal<MessagesChoice | null>(null);
  const [busy, setBusy] = createSignal(false);
  wantWords('export');
  wantWords('reading');
  const collect = async (): Promise<void> => {
    setBusy(true);
    const hits: SearchHit[] = [];
    const request = { query: search.query().trim(), conversation: search.scope(), order: search.order(), hitLimit: hitsLimit, zone: screenZone(), loose: search.loose() }; // prettier-ignore
    try {
      await session.search(request, (update) => void hits.push(...update.hits)).finished;
      const found = groupHits(hits);
      const note = search.count() > hits.length ? t('messages.hitsCut', { count: hits.length }) : undefined;
      setChoice({
        conversations: [...found.keys()],
        found,

        messages: hits.length,
        name: null,
        note,
        route: { screen: 'search' },
      });
    } catch (cause) {
      toasts.fail(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show when={hasWords('export') && hasWords('reading')}>
      <IconButton icon="save" label={t('messages.openHits')} disabled={busy()} onClick={() => void collect()} />
      <Show when={choice()}>{(chosen) => <MessagesDialog choice={chosen()} onClose={() => setChoice(null)} />}</Show>
    </Show>
  );
}
