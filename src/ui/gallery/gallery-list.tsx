import { For, type JSX, Show, createMemo, createSignal, onCleanup, onMount } from 'solid-js';
import { Virtualizer } from 'virtua/solid';
import type { GalleryShelf, GalleryView } from '../../model/gallery';
import type { Attachment } from '../../model/message';
import type { MessageView } from '../../model/view';
import { useUi } from '../ui';
import type { GalleryItems } from './gallery-items';
import { rowsOf } from './gallery-rows';
import css from './gallery.module.css';
import { ItemLine } from './item-line';
import { Tile } from './tile';

const leastTilePx = 108;

/** Months and what they hold; only what is near the screen is read and drawn. */
export function GalleryList(props: {
  readonly shelf: GalleryShelf;
  readonly view: GalleryView;
  readonly items: GalleryItems;
  readonly onOpen: (index: number, message: MessageView, attachment: Attachment) => void;
  readonly onShow: (message: MessageView) => void;
}): JSX.Element {
  const { t, format } = useUi();
  let scroll!: HTMLDivElement;
  const [widthPx, setWidthPx] = createSignal(0);
  onMount(() => {
    const watch = new ResizeObserver(() => setWidthPx(scroll.clientWidth));
    watch.observe(scroll);
    setWidthPx(scroll.clientWidth);
    onCleanup(() => watch.disconnect());
  });
  const perRow = (): number => (props.shelf === 'media' ? Math.max(3, Math.floor((Math.min(widthPx(), 1100) - 32) / leastTilePx)) : 1);
  const rows = createMemo(() => rowsOf(props.view.months, perRow()));
  return (
    <div class={css['scroll']} ref={(element) => (scroll = element)} tabindex="0" role="region" aria-label={t(`gallery.${props.shelf}`)}>
      <Virtualizer data={rows()} scrollRef={scroll} itemSize={props.shelf === 'media' ? leastTilePx + 4 : 72}>
        {(row) => (
          <Show
            when={row.kind === 'items' ? row : null}
            fallback={
              <Show when={row.kind === 'month' ? row : null}>
                {(month) => (
                  <h2 class={css['month']}>
                    {format().month(month().month)}
                    <span class={css['count']}>{t('gallery.items', { count: month().count })}</span>
                  </h2>
                )}
              </Show>
            }
          >
            {(stretch) => (
              <Show
                when={props.shelf === 'media'}
                fallback={
                  <div class={css['line']}>
                    <For each={props.items.range(stretch().from, stretch().to)}>
                      {(message) => <ItemLine shelf={props.shelf} message={message} onShow={props.onShow} />}
                    </For>
                  </div>
                }
              >
                <ul class={css['tiles']} style={{ 'grid-template-columns': `repeat(${perRow()}, minmax(0, 1fr))` }}>
                  <For each={props.items.range(stretch().from, stretch().to)} fallback={<li class={css['empty']} />}>
                    {(message, at) => (
                      <li>
                        <Tile message={message} onOpen={(attachment) => props.onOpen(stretch().from + at(), message, attachment)} />
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
            )}
          </Show>
        )}
      </Virtualizer>
    </div>
  );
}
