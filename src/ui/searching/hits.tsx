import { type Accessor, For, type JSX, Show, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import type { SearchHit } from '../../model/view';
import { Icon } from '../icons/icon';
import { Button } from '../primitives/button';
import { Menu, type MenuItem } from '../primitives/menu';
import { dayKey } from '../format';
import { useUi } from '../ui';
import { dayOfQuery, openDay } from './day-query';
import css from './search.module.css';
import { Snippet } from './snippet';

/** Rows drawn in one frame: what a slow phone does without a stutter. */
const rowsAFrame = 15;

/** Of the hits as many as have been drawn so far: more in each frame, anew for each search, which its first hit tells. */
function createDrawn(hits: Accessor<readonly SearchHit[]>): Accessor<readonly SearchHit[]> {
  const [grown, setGrown] = createSignal<{ readonly first: SearchHit | undefined; readonly rows: number }>({ first: undefined, rows: 0 });
  const rows = (): number => (grown().first === hits()[0] ? grown().rows : rowsAFrame);
  let frame = 0;
  createEffect(() => {
    cancelAnimationFrame(frame);
    const next = { first: hits()[0], rows: rows() + rowsAFrame };
    if (rows() < hits().length) frame = requestAnimationFrame(() => setGrown(next));
  });
  onCleanup(() => cancelAnimationFrame(frame));
  const drawn = createMemo(() => hits().slice(0, rows()));
  return drawn;
}

/** Messages that were found, in order of time. */
export function Hits(): JSX.Element {
  const { t, search } = useUi();
  const drawn = createDrawn(() => search.hits());
  return (
    <>
      <ol aria-label={t('search.results')}>
        <For each={drawn()}>
          {(hit, index) => <HitRow hit={hit} isCurrent={index() === search.at()} onOpen={() => search.open(index())} />}
        </For>
      </ol>
      <Show when={search.done() && search.hits().length < search.count()}>
        <p class={css['bottom']}>
          <Button onClick={() => search.more()}>{t('search.more')}</Button>
        </p>
      </Show>
    </>
  );
}

function HitRow(props: { readonly hit: SearchHit; readonly isCurrent: boolean; readonly onOpen: () => void }): JSX.Element {
  const ui = useUi();
  const { t, format, search } = ui;
  const day = (): string => dayKey(props.hit.sentAtMs);
  const wholeDay = (): MenuItem => ({ label: t('message.wholeDay'), icon: 'calendar', run: () => openDay(ui, day()) });
  const onlyHere = (): MenuItem => ({
    label: t('search.onlyHere', { name: props.hit.conversationName }),
    icon: 'chat',
    run: () => search.setScope(props.hit.conversation),
  });
  const items = (): readonly MenuItem[] => [...(day() === '' ? [] : [wholeDay()]), ...(search.scope() === null ? [onlyHere()] : [])];
  return (
    <li class={css['hitRow']}>
      <button type="button" class={css['hit']} aria-current={props.isCurrent ? 'true' : undefined} onClick={() => props.onOpen()}>
        <bdi class={css['where']}>
          {search.scope() === null ? props.hit.conversationName : (props.hit.senderName ?? props.hit.conversationName)}
        </bdi>
        <time class={css['when']} title={format().instant(props.hit.sentAtMs)}>
          {dayOfQuery(search.query()) === null ? format().date(props.hit.sentAtMs) : format().clock(props.hit.sentAtMs)}
        </time>
        <Show when={search.scope() === null && props.hit.senderName !== props.hit.conversationName && props.hit.senderName}>
          {(name) => <bdi class={css['who']}>{name()}</bdi>}
        </Show>
        <span class={css['snippet']} dir="auto">
          <Show when={props.hit.snippet !== ''} fallback={t(`kind.${props.hit.kind}`)}>
            <Snippet snippet={props.hit.snippet} highlights={props.hit.highlights} />
          </Show>
        </span>
        <Show when={props.hit.note}>
          {(note) => (
            <span class={css['hitNote']} dir="auto">
              <Icon name="note" />
              <span>
                <Snippet {...note()} />
              </span>
            </span>
          )}
        </Show>
      </button>
      <Show when={items().length > 0}>
        <span class={css['hitMenu']}>
          <Menu icon="more" label={t('search.hitMenu')} items={items()} />
        </span>
      </Show>
    </li>
  );
}
