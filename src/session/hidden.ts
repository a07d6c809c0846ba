// A tab that nobody looks at gives back what it only keeps to be fast.

/** A short look elsewhere costs nothing. */
const hiddenMs = 5 * 60_000;

export function whenHiddenLong(release: () => unknown): void {
  let timer = 0;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.hidden) timer = window.setTimeout(release, hiddenMs);
  });
}
