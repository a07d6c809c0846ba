import { For, type JSX, Match, Show, Switch, createSignal } from 'solid-js';
import type { Progress } from '../../model/progress';
import type { ConversationView, JoinPreview } from '../../model/view';
import { progressShare } from '../import/import-state';
import { SourceBadge } from '../primitives/avatar';
import { Button } from '../primitives/button';
import { Bar, Field, State } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { Phrase } from '../primitives/phrase';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './join-dialog.module.css';

const shownLimit = 50;

/** Two conversations as one: which other one, what they have in common, and joining them. */
export function JoinDialog(props: { readonly conversation: ConversationView; readonly onClose: () => void }): JSX.Element {
  const { t, session, toasts } = useUi();
  const [chosen, setChosen] = createSignal<ConversationView | null>(null);
  const [preview, setPreview] = createSignal<JoinPreview | null>(null);
  const [progress, setProgress] = createSignal<Progress | null>(null);
  const [busy, setBusy] = createSignal(false);
  const choose = async (other: ConversationView | null): Promise<void> => {
    setChosen(other);
    setPreview(null);
    setProgress(null);
    if (other === null) return;
    try {
      const found = await session.previewJoin(props.conversation.id, other.id, setProgress);
      if (chosen() === other) setPreview(found);
    } catch (cause) {
      if (chosen() === other) setChosen(null);
      toasts.fail(cause);
    }
  };
  const join = async (other: ConversationView): Promise<void> => {
    setBusy(true);
    try {
      await session.joinConversations(props.conversation.id, other.id, setProgress);
      props.onClose();
      toasts.notice('join.done');
    } catch (cause) {
      setBusy(false);
      toasts.fail(cause);
    }
  };
  return (
    <Dialog title={t('join.title')} onClose={() => busy() || props.onClose()}>
      <Show when={chosen()} fallback={<Picker conversation={props.conversation} onChoose={(other) => void choose(other)} />}>
        {(other) => (
          <>
            <div role="status">
              <Switch fallback={<Bar label={t('join.comparing', { name: other().name })} share={progressShare(progress())} />}>
                <Match when={busy()}>
                  <Bar label={t('join.joining')} share={progressShare(progress())} />
                </Match>
                <Match when={preview()}>{(found) => <Found preview={found()} here={props.conversation} there={other()} />}</Match>
              </Switch>
            </div>
            <DialogActions>
              <Button disabled={busy()} onClick={() => void choose(null)}>
                {t('join.another')}
              </Button>
              <Button look="main" icon="transfer" disabled={busy() || preview() === null} onClick={() => void join(other())}>
                {t('join.now')}
              </Button>
            </DialogActions>
          </>
        )}
      </Show>
    </Dialog>
  );
}

/** All other conversations, those called alike first. */
function Picker(props: { readonly conversation: ConversationView; readonly onChoose: (other: ConversationView) => void }): JSX.Element {
  const { t, format, conversations } = useUi();
  const [typed, setTyped] = createSignal('');
  const found = (): readonly ConversationView[] => {
    const { id: own, name: ownName } = props.conversation;
    const wanted = typed().trim().toLocaleLowerCase();
    return (conversations() ?? [])
      .filter(({ id, name }) => id !== own && name.toLocaleLowerCase().includes(wanted))
      .toSorted((a, b) => Number(b.name === ownName) - Number(a.name === ownName))
      .slice(0, shownLimit);
  };
  return (
    <>
      <p class={css['words']}>
        <Phrase of="join.words" values={{ name: props.conversation.name }} />
      </p>
      <Field label={t('join.find')} type="search" autofocus onInput={(event) => setTyped(event.currentTarget.value)} />
      <ul class={css['list']} aria-label={t('join.choose')}>
        <For each={found()} fallback={<li class={paneCss['quiet']}>{t('join.none')}</li>}>
          {(other) => (
            <li>
              <button type="button" class={css['item']} onClick={() => props.onChoose(other)}>
                <bdi class={css['name']}>{other.name}</bdi>
                <SourceBadge source={other.source} />
                <span class={css['sums']}>
                  {t('count.messages', { count: other.messageCount })}
                  {t('mark.dot')}
                  {format().dateRange(other.firstAtMs ?? NaN, other.lastAtMs ?? NaN)}
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}

function Found(props: { readonly preview: JoinPreview; readonly here: ConversationView; readonly there: ConversationView }): JSX.Element {
  const { t } = useUi();
  const shift = (): string => {
    const minutes = Math.abs(props.preview.shiftMinutes);
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  };
  return (
    <>
      <p class={paneCss['lead']}>{t('join.same', { count: props.preview.same })}</p>
      <p>
        <Phrase of="join.onlyHere" values={{ count: props.preview.onlyHere, name: label(props.here, props.there, t) }} />
        {t('mark.dot')}
        <Phrase of="join.onlyHere" values={{ count: props.preview.onlyThere, name: label(props.there, props.here, t) }} />
      </p>
      <Show when={props.preview.same === 0}>
        <State look="warn">{t('join.noneSame')}</State>
      </Show>
      <Show when={props.preview.shiftMinutes !== 0}>
        <p>
          <Phrase of="join.shift" values={{ shift: shift(), name: props.there.name }} />
        </p>
      </Show>
    </>
  );
}

/** Of two that are called the same, which one is meant. */
function label(one: ConversationView, other: ConversationView, t: ReturnType<typeof useUi>['t']): string {
  return one.name === other.name ? t('mark.aside', { words: one.name, aside: t(`source.${one.source}`) }) : one.name;
}
