// Where a list of articles is scrolled to, by article and not by pixels, so that it holds while rows come and go.

export interface Place {
  readonly article: HTMLElement;
  /** From the top of the scroller to the top of the article. */
  readonly offsetPx: number;
}

/** Articles hidden under the sticky day do not count as seen. */
const stickyPx = 40;

/** The first article that is seen, found in a few steps. */
export function firstSeen(scroller: HTMLElement): Place | null {
  const articles = scroller.querySelectorAll<HTMLElement>('article');
  const top = scroller.getBoundingClientRect().top;
  let low = 0;
  let high = articles.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((articles[middle]?.getBoundingClientRect().bottom ?? 0) > top + stickyPx) high = middle;
    else low = middle + 1;
  }
  const article = articles[low];
  return article === undefined ? null : { article, offsetPx: article.getBoundingClientRect().top - top };
}

/** Makes a change of rows without moving what is seen; focus that went with its row goes to the scroller. */
export function keepPlace(scroller: HTMLElement, change: () => void): void {
  const place = firstSeen(scroller);
  const hadFocus = scroller.contains(document.activeElement);
  change();
  if (place?.article.isConnected === true) {
    const offsetPx = place.article.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollTop += offsetPx - place.offsetPx;
  }
  if (hadFocus && !scroller.contains(document.activeElement)) scroller.focus({ preventScroll: true });
}

/** Puts an article at a distance from the top of the scroller, or in its middle. */
export function placeArticle(scroller: HTMLElement, article: HTMLElement, at: number | 'middle'): void {
  const box = article.getBoundingClientRect();
  const wanted = at === 'middle' ? Math.max(stickyPx, (scroller.clientHeight - box.height) / 2) : at;
  scroller.scrollTop += box.top - scroller.getBoundingClientRect().top - wanted;
}
