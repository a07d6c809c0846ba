import type { JSX } from 'solid-js';
import css from './month-histogram.module.css';

const yearMonths = 12;

/** One end of the chosen months: a slider whose values are months. */
export function BrushHandle(props: {
  readonly label: string;
  /** Id of the words about what is chosen. */
  readonly describedBy: string;
  readonly month: number;
  readonly words: string;
  readonly least: number;
  readonly most: number;
  /** Share of the width. */
  readonly place: number;
  readonly onMove: (month: number) => void;
  /** The owner is done moving it. */
  readonly onSettle: () => void;
}): JSX.Element {
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') return props.onSettle();
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -yearMonths, PageUp: yearMonths, Home: -Infinity, End: Infinity,
    }; // prettier-ignore
    const by = steps[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const month = Math.min(props.most, Math.max(props.least, props.month + by));
    if (month !== props.month) props.onMove(month);
  };
  return (
    <div
      class={css['handle']}
      style={{ left: `${props.place * 100}%` }}
      role="slider"
      tabindex="0"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-orientation="horizontal"
      aria-valuemin={props.least}
      aria-valuemax={props.most}
      aria-valuenow={props.month}
      aria-valuetext={props.words}
      onKeyDown={press}
      onBlur={() => props.onSettle()}
    />
  );
}
