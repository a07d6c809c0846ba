import { For, type JSX, Show, createMemo, createSignal } from 'solid-js';
import type { MonthCount } from '../../model/view';
import { useUi } from '../ui';
import css from './timeline.module.css';

const stepsByKey: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowLeft: -1,
  ArrowDown: 1,
  ArrowRight: 1,
  PageUp: -12,
  PageDown: 12,
  Home: -Infinity,
  End: Infinity,
};

/** The months of a conversation from top to bottom, as one slider: click, drag, or arrows by month and page keys by year. */
export function MonthRail(props: {
  readonly months: readonly MonthCount[];
  readonly position: number;
  readonly onJump: (position: number) => void;
}): JSX.Element {
  const { t, format } = useUi();
  const [hover, setHover] = createSignal<number | null>(null);
  let track!: HTMLDivElement;
  const last = (): number => props.months.length - 1;
  const current = createMemo(() => {
    return monthAt(props.months, props.position);
  });
  const share = (index: number): string => `${last() === 0 ? 0 : (index / last()) * 100}%`;
  const indexAt = (event: PointerEvent): number => {
    const box = track.getBoundingClientRect();
    return Math.round(Math.min(1, Math.max(0, (event.clientY - box.top) / box.height)) * last());
  };
  const jump = (index: number): void => {
    const month = props.months[Math.min(last(), Math.max(0, index))];
    if (month !== undefined) props.onJump(month.firstPosition);
  };
  const years = createMemo(() => {
    const room = Math.max(1, Math.ceil(props.months.length / 24));
    let lastShown = -Infinity;
    return props.months.flatMap(({ month }, index) => {
      const isFirst = index === 0 || props.months[index - 1]?.month.slice(0, 4) !== month.slice(0, 4);
      if (!isFirst || index - lastShown < room) return [];
      lastShown = index;
      return [{ year: month.slice(0, 4), index }];
    });
  });
  const monthName = (index: number): string => format().month(props.months[index]?.month ?? '1970-01');
  return (
    <div
      class={css['rail']}
      role="slider"
      tabindex="0"
      aria-label={t('timeline.rail')}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={last()}
      aria-valuenow={current()}
      aria-valuetext={monthName(current())}
      onKeyDown={(event) => {
        const by = stepsByKey[event.key];
        if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        jump(current() + by);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        jump(indexAt(event));
      }}
      onPointerMove={(event) => {
        const index = indexAt(event);
        if (event.buttons > 0 && index !== hover()) jump(index);
        setHover(index);
      }}
      onPointerLeave={() => setHover(null)}
    >
      <div class={css['years']}>
        <For each={years()}>
          {(year) => (
            <span class={css['tick']} style={{ 'inset-block-start': share(year.index) }}>
              {year.year}
            </span>
          )}
        </For>
      </div>
      <div class={css['track']} ref={(element) => (track = element)}>
        <span class={css['thumb']} style={{ 'inset-block-start': share(current()) }} />
        <Show when={hover() !== null}>
          <span class={css['tip']} style={{ 'inset-block-start': share(hover() ?? 0) }}>
            {monthName(hover() ?? 0)}
          </span>
        </Show>
      </div>
    </div>
  );
}

/** Index of the month that holds a position. */
export function monthAt(months: readonly MonthCount[], position: number): number {
  return Math.max(
    0,
    months.findLastIndex(({ firstPosition }) => firstPosition <= position),
  );
}
