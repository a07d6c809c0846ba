import { For, type JSX, Show, createMemo, createSignal, createUniqueId } from 'solid-js';
import { IconButton } from '../primitives/button';
import { useUi } from '../ui';
import { BrushHandle } from './brush-handle';
import { type Histogram, histogramOf, placeOf, sumOf, yearMarks } from './histogram';
import { createBrush, createCounts } from './month-brush';
import css from './month-histogram.module.css';
import { type MonthRange, monthLabel } from './month-range';

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
