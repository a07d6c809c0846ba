import { type JSX, Show, Suspense, createEffect, createSignal, lazy, on } from 'solid-js';
import { copyText } from '../primitives/copy-text';
import type { ConversationView, MessageView } from '../../model/view';
import type { Ui } from '../ui';
import { useUi } from '../ui';
import { changeMark } from '../keeping/change-mark';
import type { Reader } from '../reading/reader';
import type { TimelineState } from '../reading/timeline-state';
import { ChoiceBar, type ChoiceAction } from './choice-bar';
import { chooseByHand, focusChoice } from './choose-by-hand';
import { type Choosing, choiceLimit, createChoosing } from './choosing';
import { writtenText } from './written-text';

const ExportChosen = lazy(async () => ({ default: (await import('../exports/export-messages')).ExportChosen }));

/** Bookmarks are written one after the other; of more messages they are not offered. */
const bookmarkLimit = 200;

interface Needs {
  readonly conversation: () => ConversationView;
  readonly state: TimelineState;
  readonly reader: Reader;
  readonly scroller: () => HTMLElement;
}

export interface Selecting {
  readonly choosing: Choosing;
  /** Chooses the first message, and goes to its box. */
  readonly start: (message: MessageView) => void;
  /** The bar with what can be done, and its dialogs; empty while nothing is chosen. */
  readonly bar: () => JSX.Element;
}

/** Choosing messages of the conversation that is shown; another conversation begins with none. */
export function useSelecting({ conversation, state, reader, scroller }: Needs): Selecting {
  const ui = useUi();
  const { session, toasts, t } = ui;
  const choosing = createChoosing((anchor, after) => session.vault.page(conversation().id, anchor, 0, after));
  createEffect(on(() => conversation().id, choosing.clear, { defer: true }));
  const copy = (): void => {
    copyText(writtenText(choosing.messages(), t, ui.format()), toasts);
  };
  chooseByHand({
    choosing,
    scroller,
    copy,
    mounted: () => state.window()?.messages ?? [],
    jump: (position) => reader.jump(position, true),
    onLimit: () => toasts.notice('select.limit', { count: choiceLimit }),
    onFail: toasts.fail,
  });
  return {
    choosing,
    start(message) {
      if (!choosing.has(message.seq)) choosing.toggle(message);
      requestAnimationFrame(() => focusChoice(scroller(), message.position));
    },
    bar: () => (
      <Show when={choosing.isOn()}>
        <Bar conversation={conversation()} choosing={choosing} amend={state.amend} copy={copy} />
      </Show>
    ),
  };
}

function Bar(props: {
  readonly conversation: ConversationView;
  readonly choosing: Choosing;
  readonly amend: TimelineState['amend'];
  readonly copy: () => void;
}): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const [exporting, setExporting] = createSignal<'messages' | 'evidence' | null>(null);
  const actions = (): readonly ChoiceAction[] => [
    { icon: 'copy', label: t('select.copy'), run: props.copy },
    { icon: 'save', label: t('select.export'), run: () => setExporting('messages') },
    { icon: 'shield', label: t('select.evidence'), run: () => setExporting('evidence') },
    ...(props.choosing.count() > bookmarkLimit
      ? []
      : [
          { icon: 'bookmark' as const, label: t(bookmarkWords(props.choosing)), run: () => void bookmark(ui, props.choosing, props.amend) },
        ]),
  ];
  return (
    <>
      <ChoiceBar choosing={props.choosing} actions={actions()} />
      <Suspense>
        <Show when={exporting()}>
          {(kind) => (
            <ExportChosen
              conversation={props.conversation}
              seqs={seqsOf(props.choosing)}
              isEvidence={kind() === 'evidence'}
              onClose={() => setExporting(null)}
            />
          )}
        </Show>
      </Suspense>
    </>
  );
}

const seqsOf = (choosing: Choosing): readonly number[] => choosing.messages().map(({ seq }) => seq);

const areBookmarked = (choosing: Choosing): boolean => choosing.messages().every(({ bookmarked }) => bookmarked);
const bookmarkWords = (choosing: Choosing): 'message.bookmark' | 'message.unbookmark' =>
  areBookmarked(choosing) ? 'message.unbookmark' : 'message.bookmark';

/** All of them get a bookmark; where all have one, all lose it. */
async function bookmark(ui: Ui, choosing: Choosing, amend: TimelineState['amend']): Promise<void> {
  const bookmarked = !areBookmarked(choosing);
  for (const message of choosing.messages()) {
    if (message.bookmarked === bookmarked) continue;
    await changeMark(ui, message, message, { ...message, bookmarked }, (mark) => {
      const change = (was: MessageView): MessageView => ({ ...was, bookmarked: mark.bookmarked });
      amend(message.seq, change);
      choosing.amend(message.seq, change);
    });
  }
}
