import { For, type JSX, Show, createMemo } from 'solid-js';
import css from './charts.module.css';

export interface Column {
  readonly key: string;
  readonly value: number;
  /** What the column says when pointed at. */
  readonly title: string;
  /** The value for people; in a picture it stands above the column, where all of them have room. */
  readonly words?: string;
  /** Written below, at the beginning of a stretch such as a year. */
  readonly mark?: string;
}

const heightPx = 120;
const marksPx = 18;
/** The columns together are about as wide as a card, but no column is wider or narrower than these. */
const roomPx = 640;
const leastColumnPx = 5;
const mostColumnPx = 32;
/** Marks that would touch are left out. */
const leastMarkStepPx = 44;

/** Marks that have room, by place. */
export function shownMarks(columns: readonly Column[], columnPx: number): ReadonlySet<number> {
  const shown = new Set<number>();
  let freeFromPx = -Infinity;
  for (const [at, { mark }] of columns.entries()) {
    if (mark === undefined || at * columnPx < freeFromPx) continue;
    shown.add(at);
    freeFromPx = at * columnPx + leastMarkStepPx;
  }
  return shown;
}

/** Columns of counts over time; many are narrower, and beyond the width they scroll. */
export function ColumnChart(props: { readonly label: string; readonly columns: readonly Column[] }): JSX.Element {
  const columns = createMemo(() => props.columns);
  const most = createMemo(() => Math.max(1, ...columns().map(({ value }) => value)));
  const columnPx = createMemo(() => Math.min(mostColumnPx, Math.max(leastColumnPx, Math.floor(roomPx / Math.max(1, columns().length)))));
  const widthPx = (): number => Math.max(1, columns().length) * columnPx();
  const marks = createMemo(() => shownMarks(columns(), columnPx()));
  const barPx = (value: number): number => (value === 0 ? 0 : Math.max(1.5, (value / most()) * heightPx));
  return (
    <div class={css['scroll']} tabindex="0" role="region" aria-label={props.label}>
      <svg
        class={css['columns']}
        role="img"
        aria-label={props.label}
        width={Math.max(leastMarkStepPx, widthPx())}
        height={heightPx + marksPx}
      >
        <For each={columns()}>
          {(column, at) => (
            <>
              <rect
                class={css['column']}
                x={at() * columnPx() + columnPx() * 0.1}
                y={heightPx - barPx(column.value)}
                width={columnPx() * 0.8}
                height={barPx(column.value)}
                rx={Math.min(2, columnPx() / 4)}
              >
                <title>{column.title}</title>
              </rect>
              <Show when={marks().has(at())}>
                <text class={css['mark']} x={at() * columnPx()} y={heightPx + marksPx - 4}>
                  {column.mark}
                </text>
              </Show>
            </>
          )}
        </For>
      </svg>
    </div>
  );
}
