import { For, type JSX, Show, createMemo } from 'solid-js';
import css from './charts.module.css';

export interface HeatCell {
  readonly column: number;
  readonly row: number;
  readonly value: number;
  readonly title: string;
}

export interface HeatLabel {
  readonly at: number;
  readonly text: string;
}

const cellPx = 13;
const gapPx = 2;
const stepPx = cellPx + gapPx;
const headPx = 16;

/** Five steps, so that a few large numbers do not hide the small ones: shares of the most, by square root. */
export function heatOf(value: number, most: number): number {
  return value === 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(value / Math.max(1, most)) * 4));
}

/** Counts in rows and columns, darker where there are more. */
export function HeatGrid(props: {
  readonly label: string;
  readonly cells: readonly HeatCell[];
  readonly columns: number;
  readonly rows: number;
  readonly columnLabels: readonly HeatLabel[];
  readonly rowLabels: readonly HeatLabel[];
  readonly rowLabelPx: number;
}): JSX.Element {
  // Made once for all cells: a prop is made anew each time it is read.
  const cells = createMemo(() => props.cells);
  const most = createMemo(() => cells().reduce((sum, { value }) => Math.max(sum, value), 0));
  const widthPx = (): number => props.rowLabelPx + props.columns * stepPx;
  const heightPx = (): number => headPx + props.rows * stepPx;
  return (
    <div class={css['scroll']} tabindex="0" role="region" aria-label={props.label}>
      <svg class={css['grid']} role="img" aria-label={props.label} width={widthPx()} height={heightPx()}>
        <For each={props.columnLabels}>
          {({ at, text }) => (
            <text class={css['mark']} x={props.rowLabelPx + at * stepPx} y={headPx - 5}>
              {text}
            </text>
          )}
        </For>
        <For each={props.rowLabels}>
          {({ at, text }) => (
            <text class={css['mark']} x={0} y={headPx + at * stepPx + cellPx - 2}>
              {text}
            </text>
          )}
        </For>
        <For each={cells()}>
          {(cell) => (
            <rect
              class={css['cell']}
              data-heat={heatOf(cell.value, most())}
              x={props.rowLabelPx + cell.column * stepPx}
              y={headPx + cell.row * stepPx}
              width={cellPx}
              height={cellPx}
              rx={3}
            >
              <Show when={cell.title}>
                <title>{cell.title}</title>
              </Show>
            </rect>
          )}
        </For>
      </svg>
    </div>
  );
}
