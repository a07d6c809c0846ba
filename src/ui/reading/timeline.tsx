import { For, type JSX, Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Attachment } from '../../model/message';
import type { ConversationView, MessageView, PageAnchor } from '../../model/view';
import { dayToMs } from '../format';
import { IconButton } from '../primitives/button';
import { createLoaded } from '../primitives/loaded';
import { MenuPopover } from '../primitives/menu';
import { screenZone, useUi } from '../ui';
import { isVisual } from './attachments';
import { CalendarDialog } from './calendar-dialog';
import { Lightbox, type LightboxItem } from './lightbox';
import { useMessageMenu } from './message-menu';
import { MessageRow } from './message-row';
import { MonthRail } from './month-rail';
import { type Row, groupByDay } from './rows';
import { firstSeen, keepPlace, placeArticle } from './scroll-place';
import css from './timeline.module.css';
import { TimelineHead } from './timeline-head';
import { createTimelineState } from './timeline-state';
import { reaches } from './window';

/** Within this distance of an end of what is mounted, more is read. */
const reachPx = 1600;
const topPx = 44;
const flashMs = 1700;

/** One conversation, from any of its messages on. */
export function Timeline(props: { readonly conversation: ConversationView }): JSX.Element {
  const ui = useUi();
  const { t, format, session, toasts } = ui;
  const state = createTimelineState((conversation, anchor, before, after) => session.vault.page(conversation, anchor, before, after));
  const [flash, setFlash] = createSignal<number | null>(null);
  const [position, setPosition] = createSignal(0);
  const [lightbox, setLightbox] = createSignal<{ readonly items: readonly LightboxItem[]; readonly start: number } | null>(null);
  const menu = useMessageMenu(state.amend);
  let scroller!: HTMLDivElement;
  let waiting = false;

  const id = (): ConversationView['id'] => props.conversation.id;
  const days = createDays(() => state.window()?.messages ?? []);
  const months = createLoaded(
    () => ({ conversation: id(), edition: ui.edition() }),
    (wanted) => session.vault.months(wanted.conversation, screenZone()),
    toasts.fail,
  );
  const atEnd = createMemo(() => {
    const window = state.window();
    return window === null || (reaches(window, 'after') && position() >= window.messageCount - 30);
  });

  const articleAt = (at: number): HTMLElement | null => scroller.querySelector<HTMLElement>(`article[data-position="${at}"]`);
  const show = (at: number): void => {
    setFlash(at);
    setTimeout(() => setFlash((now) => (now === at ? null : now)), flashMs);
    articleAt(at)?.focus({ preventScroll: true });
  };
  const open = async (anchor: PageAnchor, where: number | 'middle' | 'end'): Promise<void> => {
    try {
      const at = await state.open(id(), anchor);
      if (at === null) return;
      const article = articleAt(at);
      if (where === 'end') scroller.scrollTop = scroller.scrollHeight;
      else if (article !== null) placeArticle(scroller, article, where);
      if (where === 'middle') show(at);
      measure();
    } catch (cause) {
      toasts.fail(cause);
    }
  };
  const jump = (at: number, light = false): void => {
    const article = articleAt(at);
    if (article === null) return void open({ at: 'position', position: at }, light ? 'middle' : topPx);
    placeArticle(scroller, article, light ? 'middle' : topPx);
    if (light) show(at);
    measure();
  };
  const measure = (): void => {
    waiting = false;
    const place = firstSeen(scroller);
    if (place === null || state.opening()) return;
    setPosition(Number(place.article.dataset['position']));
    ui.places.set(id(), { seq: Number(place.article.dataset['seq']), offsetPx: place.offsetPx });
    if (scroller.scrollTop < reachPx) void grow('before');
    if (scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < reachPx) void grow('after');
  };
  const grow = async (side: 'before' | 'after'): Promise<void> => {
    const before = state.window();
    try {
      await state.grow(id(), side, (change) => keepPlace(scroller, change));
      if (state.window() !== before) measure();
    } catch (cause) {
      toasts.fail(cause);
    }
  };
  const onScroll = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(measure);
  };

  const wantedSeq = createMemo(() => {
    const route = ui.route();
    return route.screen === 'conversation' ? route.seq : null;
  });
  createEffect(
    on([id, wantedSeq, ui.edition], ([now, seq], former) => {
      const isNew = former === undefined || former[0] !== now;
      const known = ui.places.get(now);
      if (seq !== null && (isNew || former[1] !== seq)) void openSeq(seq);
      else if (!isNew && former[2] === ui.edition()) return;
      else if (known === undefined) void open({ at: 'end' }, 'end');
      else void open({ at: 'seq', seq: known.seq }, known.offsetPx);
    }),
  );
  const openSeq = (seq: number): void => {
    const mounted = scroller?.querySelector<HTMLElement>(`article[data-seq="${seq}"]`);
    const isHere = state.window()?.messages[0]?.conversation === id();
    if (mounted && isHere) jump(Number(mounted.dataset['position']), true);
    else void open({ at: 'seq', seq }, 'middle');
  };
  const openMedia = (message: MessageView, attachment: Attachment): void => {
    const items = (state.window()?.messages ?? []).flatMap((one) =>
      one.attachments.filter(isVisual).map((each) => ({ message: one, attachment: each })),
    );
    setLightbox({
      items,
      start: Math.max(
        0,
        items.findIndex((item) => item.message.seq === message.seq && item.attachment === attachment),
      ),
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || (event.target !== scroller && !(event.target as Element).matches('article')))
      return;
    if (event.key === 'Home') void open({ at: 'start' }, topPx);
    else if (event.key === 'End') void open({ at: 'end' }, 'end');
    else return;
    event.preventDefault();
  };

  return (
    <main class={css['pane']}>
      <TimelineHead
        conversation={props.conversation}
        onStart={() => void open({ at: 'start' }, topPx)}
        onEnd={() => void open({ at: 'end' }, 'end')}
      />
      <SearchSteps />
      <div class={css['area']} classList={{ [css['railed'] ?? '']: ui.wide() && (months()?.length ?? 0) > 1 }}>
        <div
          class={css['scroll']}
          ref={scroller}
          tabindex="0"
          role="region"
          aria-label={t('timeline.messages')}
          aria-busy={state.opening()}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
        >
          <div class={css['days']}>
            <Show when={state.window() !== null && reaches(state.window()!, 'before')}>
              <p class={css['edge']}>{t(props.conversation.messageCount === 0 ? 'timeline.empty' : 'timeline.start')}</p>
            </Show>
            <For each={days.keys()}>
              {(key) => (
                <section>
                  <h2 class={css['day']}>
                    <span>{key === '' ? t('timeline.unknownDay') : format().day(dayToMs(key), Date.now())}</span>
                  </h2>
                  <ol>
                    <For each={days.rowsOf(key)}>
                      {(row) => (
                        <MessageRow
                          row={row}
                          messageCount={state.window()?.messageCount ?? 0}
                          isGroup={props.conversation.shape !== 'direct' && props.conversation.shape !== 'self'}
                          flash={flash() === row.message.position}
                          onOpenMedia={openMedia}
                          onJump={(at) => jump(at, true)}
                          onMenu={menu.open}
                        />
                      )}
                    </For>
                  </ol>
                </section>
              )}
            </For>
          </div>
        </div>
        <Show when={ui.wide() && (months()?.length ?? 0) > 1}>
          <MonthRail months={months() ?? []} position={position()} onJump={(at) => jump(at)} />
        </Show>
        <Show when={!atEnd()}>
          <IconButton class={css['float'] ?? ''} icon="down" label={t('timeline.toEnd')} onClick={() => void open({ at: 'end' }, 'end')} />
        </Show>
      </div>
      <Show when={menu.target()}>
        {(target) => (
          <MenuPopover label={t('message.menu')} anchor={target().anchor} items={menu.items(target().message)} onClose={menu.close} />
        )}
      </Show>
      {menu.details()}
      <Show when={ui.dialog() === 'calendar' && (months()?.length ?? 0) > 0}>
        <CalendarDialog
          conversation={id()}
          months={months() ?? []}
          position={position()}
          onJump={(at) => jump(at)}
          onClose={() => ui.setDialog(null)}
        />
      </Show>
      <Show when={lightbox()}>
        {(shown) => (
          <Lightbox
            items={shown().items}
            start={shown().start}
            onClose={() => setLightbox(null)}
            onShow={(message) => {
              setLightbox(null);
              jump(message.position, true);
            }}
          />
        )}
      </Show>
    </main>
  );
}

/** Days and rows of the mounted messages; what did not change keeps its identity. */
function createDays(messages: () => readonly MessageView[]): {
  readonly keys: () => readonly string[];
  readonly rowsOf: (key: string) => readonly Row[];
} {
  let former: ReadonlyMap<number, Row> = new Map();
  const days = createMemo(() => {
    const next = groupByDay(messages(), former);
    former = new Map(next.flatMap(({ rows }) => rows.map((row) => [row.message.seq, row] as const)));
    return new Map(next.map(({ key, rows }) => [key, rows]));
  });
  return { keys: createMemo(() => [...days().keys()]), rowsOf: (key) => days().get(key) ?? [] };
}

/** While hits are stepped through: which one this is, and the way to the next. */
function SearchSteps(): JSX.Element {
  const { t, search } = useUi();
  return (
    <Show when={search.at() >= 0}>
      <div class={css['steps']} role="status">
        <p>{t('search.position', { number: search.at() + 1, total: search.count() })}</p>
        <IconButton icon="up" label={t('command.formerHit')} disabled={search.at() <= 0} onClick={() => search.step(-1)} />
        <IconButton
          icon="down"
          label={t('command.nextHit')}
          disabled={search.at() >= search.hits().length - 1}
          onClick={() => search.step(1)}
        />
        <IconButton icon="close" label={t('search.endSteps')} onClick={() => search.leave()} />
      </div>
    </Show>
  );
}
