// Moving through a conversation: opening anywhere, jumping, and reading on at both ends while the place is kept.

import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { PageAnchor } from '../../model/view';
import type { Ui } from '../ui';
import { firstSeen, keepPlace, placeArticle } from './scroll-place';
import type { TimelineState } from './timeline-state';
import { type Side, reaches } from './window';

/** Within this distance of an end of what is mounted, more is read. */
const reachPx = 1600;
/** Where an article stands that was jumped to: below the sticky day. */
const topPx = 44;
const flashMs = 1700;
/** For so long after the last scrolling the button that leads to the end lies over what is read. */
const restMs = 2000;
/** So near to the last line it is being read. */
const lastPx = 8;

export interface Reader {
  /** Position of the first message that is seen. */
  readonly position: Accessor<number>;
  /** Position that was jumped to a moment ago, or null. */
  readonly flash: Accessor<number | null>;
  /** True where the end is seen, or less than a screen away. */
  readonly atEnd: Accessor<boolean>;
  /** True while the list is scrolled, and for a moment after. */
  readonly moving: Accessor<boolean>;
  readonly toStart: () => void;
  readonly toEnd: () => void;
  /** Shows a position at the top; with `light` in the middle, flashed and focused. */
  readonly jump: (position: number, light?: boolean) => void;
  readonly onScroll: () => void;
}

interface Needs {
  readonly ui: Ui;
  readonly state: TimelineState;
  readonly id: Accessor<ConversationId>;
  readonly scroller: () => HTMLElement;
}

export function createReader(needs: Needs): Reader {
  const { ui, state, id, scroller } = needs;
  const { flash, show } = createFlash(scroller);
  const { position, atEnd, measure, onScroll } = createMeasure(needs);
  const { moving, move } = createMoving();
  const open = async (anchor: PageAnchor, where: number | 'middle' | 'end'): Promise<void> => {
    try {
      const at = await state.open(id(), anchor);
      if (at === null) return;
      const article = articleAt(scroller(), at);
      if (where === 'end') scroller().scrollTop = scroller().scrollHeight;
      else if (article !== null) placeArticle(scroller(), article, where);
      if (where === 'middle') show(at);
      measure();
    } catch (cause) {
      ui.toasts.fail(cause);
    }
  };
  const jump = (at: number, light = false): void => {
    const article = articleAt(scroller(), at);
    if (article === null) return void open({ at: 'position', position: at }, light ? 'middle' : topPx);
    placeArticle(scroller(), article, light ? 'middle' : topPx);
    if (light) show(at);
    measure();
  };
  followRoute(needs, open, jump);
  followNotes(needs);
  return {
    position,
    flash,
    atEnd,
    moving,
    jump,
    onScroll() {
      move();
      onScroll();
    },
    toStart: () => void open({ at: 'start' }, topPx),
    toEnd: () => void open({ at: 'end' }, 'end'),
  };
}

function articleAt(scroller: HTMLElement, position: number): HTMLElement | null {
  return scroller.querySelector<HTMLElement>(`article[data-position="${position}"]`);
}

function createFlash(scroller: () => HTMLElement): { readonly flash: Accessor<number | null>; readonly show: (position: number) => void } {
  const [flash, setFlash] = createSignal<number | null>(null);
  const show = (position: number): void => {
    setFlash(position);
    setTimeout(() => setFlash((now) => (now === position ? null : now)), flashMs);
    // Who steps through hits from the search field stays in it.
    if (document.activeElement?.matches('[data-search-field]') !== true) articleAt(scroller(), position)?.focus({ preventScroll: true });
  };
  return { flash, show };
}

function createMoving(): { readonly moving: Accessor<boolean>; readonly move: () => void } {
  const [moving, setMoving] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const move = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => setMoving(false), restMs);
    setMoving(true);
  };
  return { moving, move };
}

/** Says what is seen, keeps the place for coming back, and reads on where an end is near. */
function createMeasure({ ui, state, id, scroller }: Needs): {
  readonly position: Accessor<number>;
  readonly atEnd: Accessor<boolean>;
  readonly measure: () => void;
  readonly onScroll: () => void;
} {
  const [position, setPosition] = createSignal(0);
  const [atEnd, setAtEnd] = createSignal(true);
  let waiting = false;
  let isLast = false;
  const grow = async (side: Side): Promise<void> => {
    const before = state.window();
    try {
      await state.grow(id(), side, (change) => keepPlace(scroller(), change));
      if (state.window() !== before) measure();
    } catch (cause) {
      ui.toasts.fail(cause);
    }
  };
  const measure = (): void => {
    waiting = false;
    const element = scroller();
    // Without a height every end is near, and reading on would never stop: the pane is hidden or was closed meanwhile.
    if (element.clientHeight === 0 || state.opening()) return;
    const place = firstSeen(element);
    if (place === null) return;
    setPosition(Number(place.article.dataset['position']));
    const window = state.window();
    const belowPx = element.scrollHeight - element.clientHeight - element.scrollTop;
    const hasLast = window !== null && reaches(window, 'after');
    isLast = hasLast && belowPx < lastPx;
    setAtEnd(hasLast && belowPx < element.clientHeight);
    ui.places.set(id(), { seq: Number(place.article.dataset['seq']), offsetPx: place.offsetPx });
    if (element.scrollTop < reachPx) void grow('before');
    if (belowPx < reachPx) void grow('after');
  };
  const onScroll = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(measure);
  };
  followWidth(scroller, () => {
    const place = ui.places.get(id());
    const article = scroller().querySelector<HTMLElement>(`article[data-seq="${place?.seq}"]`);
    if (isLast) scroller().scrollTop = scroller().scrollHeight;
    else if (place !== undefined && article !== null) placeArticle(scroller(), article, place.offsetPx);
  });
  return { position, atEnd, measure, onScroll };
}

/** Lines break anew in another width, and not every browser keeps the place then: `restore` is called before it is painted. */
function followWidth(scroller: () => HTMLElement, restore: () => void): void {
  let widthPx = 0;
  const observer = new ResizeObserver(([entry]) => {
    const had = widthPx;
    widthPx = entry?.contentRect.width ?? 0;
    if (had !== 0 && widthPx !== 0 && had !== widthPx) restore();
  });
  onMount(() => observer.observe(scroller()));
  onCleanup(() => observer.disconnect());
}

/** The list of conversations is read anew whenever the owner has changed anything, in whichever tab. */
function followNotes({ ui, state, id, scroller }: Needs): void {
  const reread = (): Promise<void> => state.reread(id(), (change) => keepPlace(scroller(), change));
  createEffect(on(ui.conversations, () => void reread().catch(ui.toasts.fail), { defer: true }));
}

/** Opens what the address asks for; after a commit reads again where the reader is. */
function followRoute(
  { ui, state, id, scroller }: Needs,
  open: (anchor: PageAnchor, where: number | 'middle' | 'end') => Promise<void>,
  jump: Reader['jump'],
): void {
  const wantedSeq = createMemo(() => {
    const route = ui.route();
    return route.screen === 'conversation' ? route.seq : null;
  });
  const openSeq = (seq: number, isNew: boolean): void => {
    const mounted = isNew ? undefined : state.window()?.messages.find((message) => message.seq === seq && message.conversation === id());
    if (mounted !== undefined && articleAt(scroller(), mounted.position) !== null) jump(mounted.position, true);
    else void open({ at: 'seq', seq }, 'middle');
  };
  createEffect(
    on([id, wantedSeq, ui.edition], ([now, seq, edition], former) => {
      const isNew = former === undefined || former[0] !== now;
      const known = ui.places.get(now);
      if (seq !== null && (isNew || former[1] !== seq)) openSeq(seq, isNew);
      else if (!isNew && former[2] === edition) return;
      else if (known === undefined) void open({ at: 'end' }, 'end');
      else void open({ at: 'seq', seq: known.seq }, known.offsetPx);
    }),
  );
}
