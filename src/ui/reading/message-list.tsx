import { For, type JSX, Show } from 'solid-js';
import type { ConversationView } from '../../model/view';
import { dayToMs } from '../format';
import { openDay } from '../searching/day-query';
import { useUi } from '../ui';
import { createDays } from './days';
import { openOnHold } from './hold';
import { MessageRow, type RowProps } from './message-row';
import type { Reader } from './reader';
import type { TimelineState } from './timeline-state';
import css from './timeline.module.css';
import { reaches } from './window';

interface ListProps extends Pick<RowProps, 'onOpenMedia' | 'onMenu' | 'choosing'> {
  readonly ref: (element: HTMLElement) => void;
  readonly conversation: ConversationView;
  readonly state: TimelineState;
  readonly reader: Reader;
}

/** The mounted messages, day by day, in one region that scrolls. Home and End lead to the ends of the conversation. */
export function MessageList(props: ListProps): JSX.Element {
  const { t } = useUi();
  const days = createDays(() => props.state.window()?.messages ?? []);
  const atStart = (): boolean => {
    const window = props.state.window();
    return window !== null && reaches(window, 'before');
  };
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
    const isOurs = event.target === event.currentTarget || (event.target as Element).matches('article');
    if (!isOurs || event.altKey || event.ctrlKey || event.metaKey) return;
    const go = { Home: props.reader.toStart, End: props.reader.toEnd }[event.key];
    if (go === undefined) return;
    event.preventDefault();
    go();
  };
  const openMenu = (target: Element): void => {
    const article = target.closest<HTMLElement>('article[data-seq]');
    const message = props.state.window()?.messages.find(({ seq }) => String(seq) === article?.dataset['seq']);
    if (article !== null && message !== undefined)
      props.onMenu(message, article.querySelector<HTMLElement>('[aria-haspopup=menu]') ?? article);
  };
  return (
    <div
      class={css['scroll']}
      ref={(element) => {
        props.ref(element);
        openOnHold(element, openMenu);
      }}
      tabindex="0"
      role="region"
      aria-label={t('timeline.messages')}
      aria-busy={props.state.opening()}
      onScroll={() => props.reader.onScroll()}
      onKeyDown={onKeyDown}
    >
      <div class={css['days']}>
        <Show when={atStart()}>
          <p class={css['edge']}>{t(props.conversation.messageCount === 0 ? 'timeline.empty' : 'timeline.start')}</p>
        </Show>
        <For each={days.keys()}>{(key) => <DaySection day={key} rows={days.rowsOf(key)} {...props} />}</For>
      </div>
    </div>
  );
}

function DaySection(props: ListProps & { readonly day: string; readonly rows: readonly RowProps['row'][] }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const isGroup = (): boolean => props.conversation.shape !== 'direct' && props.conversation.shape !== 'self';
  return (
    <section>
      <h2 class={css['day']}>
        <Show when={props.day !== ''} fallback={<span>{t('timeline.unknownDay')}</span>}>
          <button type="button" title={t('message.wholeDay')} onClick={() => openDay(ui, props.day)}>
            <span>{format().day(dayToMs(props.day), Date.now())}</span>
          </button>
        </Show>
      </h2>
      <ol>
        <For each={props.rows}>
          {(row) => (
            <MessageRow
              row={row}
              messageCount={props.state.window()?.messageCount ?? 0}
              isGroup={isGroup()}
              flash={props.reader.flash() === row.message.position}
              onOpenMedia={props.onOpenMedia}
              onJump={(at) => props.reader.jump(at, true)}
              onMenu={props.onMenu}
              choosing={props.choosing}
            />
          )}
        </For>
      </ol>
    </section>
  );
}
