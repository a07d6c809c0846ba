// Choosing by mouse, finger and keyboard: while messages are chosen, a click on one and Space choose it or let it go; with Shift, and
// with Shift and an arrow, all up to it; Escape lets all go.

import { createEffect, onCleanup } from 'solid-js';
import type { MessageView } from '../../model/view';
import type { Choosing } from './choosing';

interface Hands {
  readonly choosing: Choosing;
  readonly scroller: () => HTMLElement;
  /** What is mounted. */
  readonly mounted: () => readonly MessageView[];
  /** Where a step leads that is not mounted. */
  readonly jump: (position: number) => void;
  readonly copy: () => void;
  readonly onLimit: () => void;
  readonly onFail: (cause: unknown) => void;
}

const boxSelector = 'input[data-choice]';

/** Focuses the box of a message that is mounted; gives false where it is not. */
export function focusChoice(scroller: HTMLElement, position: number): boolean {
  const box = scroller.querySelector<HTMLElement>(`${boxSelector}[data-choice="${position}"]`);
  box?.focus({ preventScroll: true });
  box?.closest('li')?.scrollIntoView({ block: 'nearest' });
  return box !== null;
}

/** Listens for as long as the owner lives. */
export function chooseByHand(hands: Hands): void {
  createEffect(() => {
    if (!hands.choosing.isOn()) return;
    const scroller = hands.scroller();
    const onClick = (event: MouseEvent): void => clickMessage(event, hands);
    const onKey = (event: KeyboardEvent): void => pressKey(event, hands);
    scroller.addEventListener('click', onClick, { capture: true });
    document.addEventListener('keydown', onKey, { capture: true });
    onCleanup(() => {
      scroller.removeEventListener('click', onClick, { capture: true });
      document.removeEventListener('keydown', onKey, { capture: true });
    });
  });
}

function messageAt(element: Element, { mounted }: Hands): MessageView | undefined {
  const seq = element.closest('li')?.querySelector<HTMLElement>('article[data-seq]')?.dataset['seq'];
  return mounted().find((message) => String(message.seq) === seq);
}

async function choose(message: MessageView, isRange: boolean, hands: Hands): Promise<void> {
  try {
    const isWhole = isRange ? await hands.choosing.extend(message) : hands.choosing.toggle(message);
    if (!isWhole) hands.onLimit();
  } catch (cause) {
    hands.onFail(cause);
  }
}

function clickMessage(event: MouseEvent, hands: Hands): void {
  const { target } = event;
  if (!(target instanceof Element) || target.closest('[aria-haspopup=menu]') !== null) return;
  const message = messageAt(target, hands);
  if (message === undefined) return;
  event.stopPropagation();
  const box = target.matches(boxSelector) ? (target as HTMLInputElement) : null;
  if (box === null) event.preventDefault();
  void choose(message, event.shiftKey, hands).then(() => {
    // The browser has turned it over, whatever came of it.
    if (box !== null) box.checked = hands.choosing.has(message.seq);
    focusChoice(hands.scroller(), message.position);
  });
}

function pressKey(event: KeyboardEvent, hands: Hands): void {
  if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector('dialog[open], :popover-open') !== null) return;
  const active = document.activeElement;
  const isNear = active === null || active === document.body || active.closest('main')?.contains(hands.scroller()) === true;
  if (!isNear) return;
  const done = keyActions(event, active, hands);
  if (!done) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Gives true where the key was ours. */
function keyActions(event: KeyboardEvent, active: Element | null, hands: Hands): boolean {
  const { choosing, scroller } = hands;
  const mod = event.ctrlKey || event.metaKey;
  if (event.key === 'Escape') {
    choosing.clear();
    scroller().focus({ preventScroll: true });
    return true;
  }
  if (mod && event.key.toLowerCase() === 'c' && (getSelection()?.isCollapsed ?? true)) {
    hands.copy();
    return true;
  }
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (mod || step === undefined || active?.closest('[role=toolbar]')) return false;
  stepTo((active === null ? undefined : messageAt(active, hands)?.position) ?? choosing.at() ?? 0, step, event.shiftKey, hands);
  return true;
}

function stepTo(from: number, step: number, isRange: boolean, hands: Hands): void {
  const message = hands.mounted().find(({ position }) => position === from + step);
  if (message === undefined) {
    if (hands.mounted().every(({ position }) => position !== from)) hands.jump(from);
    return;
  }
  focusChoice(hands.scroller(), message.position);
  if (isRange) void choose(message, true, hands);
}
