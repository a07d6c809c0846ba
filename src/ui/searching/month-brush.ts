// Choosing months on the histogram, by keys and by dragging, and what the query says of them.

import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { useUi } from '../ui';
import { type Histogram, monthAtPlace, placeOf } from './histogram';
import { type MonthRange, splitRange, withRange } from './month-range';

/** Keys change the query once they rest. */
const keysRestMs = 400;
/** How near to a handle a drag moves the handle, and does not begin anew. */
const graspPx = 14;

/**
 * The counts that are drawn: once a search was counted whole, narrowing it by months draws the same counts, so that the
 * months beside the chosen ones stay in sight. A query that came narrowed shows its own.
 */
export function createCounts() {
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
export function createBrush(histogram: () => Histogram | null, range: () => MonthRange | null) {
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
    const drawn = histogram();
    if (drawn === null) return null;
    const now = chosen() ?? drawn;
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
