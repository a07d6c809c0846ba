// The menu of a message by right click, by the keyboard's menu key (both are `contextmenu`), and by holding a finger on it where
// the browser makes no such event of that.

const holdMs = 500;
const movePx = 10;

/** What has a menu of its own in the browser, or is being selected, keeps it. */
function isTheirs(target: EventTarget | null): boolean {
  const selection = getSelection();
  if (selection !== null && !selection.isCollapsed) return true;
  return target instanceof Element && target.closest('a, img, video, audio, input, textarea, [role=menu]') !== null;
}

/**
 * Calls `open` with what inside of `element` the owner asks for. A menu opened while a button
 * or a finger is down would close when that is let go, so it waits.
 */
export function openOnHold(element: HTMLElement, open: (target: Element) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let down: { readonly x: number; readonly y: number } | null = null;
  let waiting: Element | null = null;
  const release = (): void => {
    clearTimeout(timer);
    const target = waiting;
    [down, waiting] = [null, null];
    if (target !== null) setTimeout(() => open(target));
  };
  element.addEventListener('contextmenu', (event) => {
    clearTimeout(timer);
    const { target } = event;
    if (event.shiftKey || isTheirs(target) || !(target instanceof Element) || target.closest('article') === null) return;
    event.preventDefault();
    if (down === null) open(target);
    else waiting = target;
  });
  element.addEventListener('pointerdown', ({ pointerType, clientX, clientY, target }) => {
    clearTimeout(timer);
    down = { x: clientX, y: clientY };
    if (pointerType === 'touch' && target instanceof Element && !isTheirs(target)) timer = setTimeout(() => (waiting = target), holdMs);
  });
  element.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (down === null || Math.hypot(clientX - down.x, clientY - down.y) <= movePx) return;
    clearTimeout(timer);
    waiting = null;
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const) element.addEventListener(end, release);
}
