import { For, type JSX, Show, createEffect, createMemo, createSignal, createUniqueId, on, onCleanup } from 'solid-js';
import { IconButton } from '../primitives/button';
import { useUi } from '../ui';
import { BrushHandle } from './brush-handle';
import { type Histogram, histogramOf, monthAtPlace, placeOf, sumOf, yearMarks } from './histogram';
import css from './month-histogram.module.css';
import { type MonthRange, monthLabel, splitRange, withRange } from './month-range';

/** Keys change the query once they rest. */
const keysRestMs = 400;
const markLimit = 6;
const drawnHeight = 100;

/** Hits by month, above the hits: dragging over it, or moving its handles, narrows the query to those months. */
export function MonthHistogram(): JSX.Element {
  const { t, format } = useUi();
  const wordsId = createUniqueId();
  const counts = createCounts();
  const histogram = createMemo(() => histogramOf(counts.months(), counts.range()));
  const brush = createBrush(
    () => histogram(),
    () => counts.range(),
  );
  const [pointed, setPointed] = createSignal<MonthRange | null>(null);
  const monthWords = (month: number): string => format().month(monthLabel(month));
  const rangeWords = ({ from, to }: MonthRange): string =>
    from === to ? monthWords(from) : t('search.monthRange', { from: monthWords(from), to: monthWords(to) });
  const words = (drawn: Histogram): string => {
    const range = pointed() ?? brush.chosen() ?? drawn;
    return t('search.monthsCount', { months: rangeWords(range), count: sumOf(counts.months(), range) });
  };
  const shown = (): Histogram | null => {
    const drawn = histogram();
    return drawn !== null && (drawn.from < drawn.to || counts.range() !== null) ? drawn : null;
  };
  return (
    <Show when={shown()}>
      {(drawn) => (
        <div class={css['histogram']} role="group" aria-label={t('search.months')}>
          <div class={css['plot']} data-months="" {...brush.pointer(setPointed)}>
            <Columns drawn={drawn()} chosen={brush.chosen()} label={t('search.monthsLabel', { months: rangeWords(drawn()) })} />
            <For each={['from', 'to'] as const}>
              {(end) => (
                <BrushHandle
                  label={t(`search.months.${end}`)}
                  describedBy={wordsId}
                  month={(brush.chosen() ?? drawn())[end]}
                  words={monthWords((brush.chosen() ?? drawn())[end])}
                  least={end === 'from' ? drawn().from : (brush.chosen() ?? drawn()).from}
                  most={end === 'to' ? drawn().to : (brush.chosen() ?? drawn()).to}
                  place={placeOf(drawn(), (brush.chosen() ?? drawn())[end] + (end === 'to' ? 1 : 0))}
                  onMove={(month) => brush.moveByKeys(end, month)}
                  onSettle={() => brush.settle()}
                />
              )}
            </For>
          </div>
          <Marks drawn={drawn()} />
          <div class={css['words']}>
            <span id={wordsId}>{words(drawn())}</span>
            <Show when={counts.range()}>
              <IconButton icon="close" label={t('search.allMonths')} onClick={() => brush.clear()} />
            </Show>
          </div>
        </div>
      )}
    </Show>
  );
}

/**
 * The counts that are drawn: once a search was counted whole, narrowing it by months draws the same counts, so that the
 * months beside the chosen ones stay in sight. A query that came narrowed shows its own.
 */
function createCounts() {
  const { search } = useUi();
  const split = createMemo(() => splitRange(search.query()));
  const range = createMemo(() => split().range, null, { equals: (a, b) => a?.from === b?.from && a?.to === b?.to });
  const subject = createMemo(() => JSON.stringify([split().rest, search.scope(), search.loose()]));
  const [whole, setWhole] = createSignal<{ readonly subject: string; readonly months: ReadonlyMap<string, number> } | null>(null);
  createEffect(
    on([search.done, search.months], ([done, months]) => {
      if (done && range() === null) setWhole({ subject: subject(), months });
    }),
  );
  const months = createMemo(() => {
    const kept = whole();
    return range() !== null && kept?.subject === subject() ? kept.months : search.months();
  });
  return { range, months };
}

/** What is chosen, while it is being chosen and once the query says so. */
function createBrush(histogram: () => Histogram | null, range: () => MonthRange | null) {
  const { search, language } = useUi();
  const [moving, setMoving] = createSignal<MonthRange | null>(null);
  let rest: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(rest));
  const settle = (): void => {
    clearTimeout(rest);
    const [chosen, drawn] = [moving(), histogram()];
    setMoving(null);
    if (chosen === null || drawn === null) return;
    const isWhole = chosen.from <= drawn.from && chosen.to >= drawn.to;
    const next = withRange(search.query(), isWhole ? null : chosen, language());
    if (next !== search.query()) search.setQuery(next);
  };
  const chosen = (): MonthRange | null => moving() ?? range();
  return {
    chosen,
    settle,
    clear: () => search.setQuery(withRange(search.query(), null, language())),
    moveByKeys(end: 'from' | 'to', month: number): void {
      const drawn = histogram();
      if (drawn === null) return;
      const { from, to } = chosen() ?? drawn;
      setMoving({ from, to, [end]: month });
      clearTimeout(rest);
      rest = setTimeout(settle, keysRestMs);
    },
    pointer: (point: (range: MonthRange | null) => void) => pointerOf(histogram, chosen, { setMoving, settle, point }),
  };
}

interface PointerEnds {
  readonly setMoving: (range: MonthRange | null) => void;
  readonly settle: () => void;
  readonly point: (range: MonthRange | null) => void;
}

/** How near to a handle a drag moves the handle, and does not begin anew. */
const graspPx = 14;

type PlotEvent = PointerEvent & { readonly currentTarget: HTMLElement };

/** Drags over the plot, by mouse, pen or finger; a press without a drag chooses one column. */
function pointerOf(histogram: () => Histogram | null, chosen: () => MonthRange | null, { setMoving, settle, point }: PointerEnds) {
  let fixed: MonthRange | null = null;
  const columnAt = (event: PlotEvent): MonthRange | null => {
    const drawn = histogram();
    const box = event.currentTarget.getBoundingClientRect();
    if (drawn === null || box.width === 0) return null;
    const month = monthAtPlace(drawn, (event.clientX - box.left) / box.width);
    return drawn.columns[Math.floor((month - drawn.origin) / drawn.width)] ?? null;
  };
  const graspedEnd = (event: PlotEvent): MonthRange | null => {
    const [drawn, now] = [histogram(), chosen()];
    if (drawn === null || now === null) return null;
    const box = event.currentTarget.getBoundingClientRect();
    const distance = (month: number): number => Math.abs(box.left + placeOf(drawn, month) * box.width - event.clientX);
    const [fromPx, toPx] = [distance(now.from), distance(now.to + 1)];
    if (Math.min(fromPx, toPx) > graspPx) return null;
    return fromPx < toPx ? { from: now.to, to: now.to } : { from: now.from, to: now.from };
  };
  const move = (event: PlotEvent): void => {
    const column = columnAt(event);
    if (column === null) return;
    if (fixed === null) point(event.pointerType === 'mouse' ? column : null);
    else setMoving({ from: Math.min(fixed.from, column.from), to: Math.max(fixed.to, column.to) });
  };
  const end = (event: PlotEvent): void => {
    if (fixed === null) return;
    fixed = null;
    if (event.type === 'pointercancel') setMoving(null);
    else settle();
  };
  return {
    onPointerDown: (event: PlotEvent) => {
      if (event.button !== 0) return;
      point(null);
      const grasped = graspedEnd(event);
      fixed = grasped ?? columnAt(event);
      event.currentTarget.setPointerCapture(event.pointerId);
      if (grasped === null) move(event);
    },
    onPointerMove: move,
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: () => point(null),
  };
}

/** All columns are two paths, so that an update costs the same however many hits there are. */
function Columns(props: { readonly drawn: Histogram; readonly chosen: MonthRange | null; readonly label: string }): JSX.Element {
  const isChosen = (column: MonthRange): boolean =>
    props.chosen === null || (column.to >= props.chosen.from && column.from <= props.chosen.to);
  const path = (chosen: boolean): string =>
    props.drawn.columns
      .map((column, at) => {
        if (column.count === 0 || isChosen(column) !== chosen) return '';
        const height = Math.max(2, (column.count / props.drawn.most) * drawnHeight);
        return `M${at + 0.08} ${drawnHeight}v${-height}h.84v${height}z`;
      })
      .join('');
  return (
    <svg
      class={css['columns']}
      viewBox={`0 0 ${props.drawn.columns.length} ${drawnHeight}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      <path class={css['other']} d={path(false)} />
      <path class={css['column']} d={path(true)} />
    </svg>
  );
}

/** Years below their beginnings; where there is none, the first and the last month. */
function Marks(props: { readonly drawn: Histogram }): JSX.Element {
  const { format } = useUi();
  const place = (month: number): number => placeOf(props.drawn, month);
  // Months, since equal numbers keep their elements.
  const marks = createMemo((): readonly number[] => {
    const years = yearMarks(props.drawn, markLimit).map((year) => year * 12);
    const shown = years.filter((month) => place(month) < 0.92);
    return shown.length > 1 ? shown : [props.drawn.from];
  });
  const words = (month: number): string => (marks().length > 1 ? String(month / 12) : format().month(monthLabel(month)));
  return (
    <div class={css['marks']} aria-hidden="true">
      <For each={marks()}>{(month) => <span style={{ left: `${place(month) * 100}%` }}>{words(month)}</span>}</For>
    </div>
  );
}
