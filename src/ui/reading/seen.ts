// Work that waits until an element is near the screen: one observer for all.

import { onCleanup } from 'solid-js';

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Calls `act` once, when the element comes within a screen of being seen. */
export function whenSeen(element: Element, act: () => void): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        observer?.unobserve(entry.target);
        waiting.get(entry.target)?.();
      }
    },
    { rootMargin: '800px' },
  );
  waiting.set(element, act);
  observer.observe(element);
  onCleanup(() => observer?.unobserve(element));
}
