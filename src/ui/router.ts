// Hash routes. They hold random local ids only: never a name, never a query.

import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { ConversationId, ReceiptId } from '../model/ids';

export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'conversation'; readonly id: ConversationId; readonly seq: number | null }
  | { readonly screen: 'search' }
  | { readonly screen: 'import' }
  | { readonly screen: 'receipts'; readonly id: ReceiptId | null }
  | { readonly screen: 'settings' };

export interface Router {
  readonly route: Accessor<Route>;
  /** Goes there; the browser's back comes back, unless `replace`. */
  go(route: Route, replace?: boolean): void;
}

const home: Route = { screen: 'home' };

/** The route that a hash such as `#/c/ab12/40` stands for; whatever is not understood is home. */
export function parseRoute(hash: string): Route {
  const [path = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first, second, third] = path.split('/').map(decodePart);
  if (first === 'c' && second) return { screen: 'conversation', id: second as ConversationId, seq: parseSeq(third) };
  if (first === 'search' || first === 'import' || first === 'settings') return { screen: first };
  if (first === 'receipts') return { screen: 'receipts', id: second ? (second as ReceiptId) : null };
  return home;
}

/** The inverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  switch (route.screen) {
    case 'home':
      return '#/';
    case 'conversation':
      return `#/c/${encodeURIComponent(route.id)}${route.seq === null ? '' : `/${route.seq}`}`;
    case 'receipts':
      return route.id === null ? '#/receipts' : `#/receipts/${encodeURIComponent(route.id)}`;
    default:
      return `#/${route.screen}`;
  }
}

/** Follows the address bar for as long as the owner lives. */
export function createRouter(): Router {
  const [route, setRoute] = createSignal<Route>(parseRoute(location.hash), { equals: (a, b) => formatRoute(a) === formatRoute(b) });
  const follow = (): void => void setRoute(parseRoute(location.hash));
  window.addEventListener('hashchange', follow);
  onCleanup(() => window.removeEventListener('hashchange', follow));
  return {
    route,
    go(next, replace = false) {
      const hash = formatRoute(next);
      if (hash === location.hash) return;
      if (replace) history.replaceState(null, '', hash);
      else history.pushState(null, '', hash);
      setRoute(next);
    },
  };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function parseSeq(part: string | undefined): number | null {
  return part !== undefined && /^\d{1,10}$/.test(part) ? Number(part) : null;
}
