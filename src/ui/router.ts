// Hash routes. They hold random local ids only: never a name, never a query.

import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { ConversationId, ReceiptId } from '../model/ids';

export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'conversation'; readonly id: ConversationId; readonly seq: number | null }
  | { readonly screen: 'search' }
  | { readonly screen: 'memories' | 'people' }
  | { readonly screen: 'import' }
  | { readonly screen: 'receipts'; readonly id: ReceiptId | null }
  | { readonly screen: 'settings' }
  | { readonly screen: 'statistics' | 'kept'; readonly id: ConversationId | null }
  | { readonly screen: 'gallery'; readonly id: ConversationId }
  | {
      readonly screen: 'backup';
      readonly page: BackupPage;
      readonly drive: string | null;
      readonly snapshot: string | null;
    };

/** Those of one drive stand in its address by their name; the first three have no drive. */
export const backupPages = ['home', 'new', 'restore', 'drive', 'history', 'snapshot', 'keys', 'sheet', 'health', 'retention'] as const;
export type BackupPage = (typeof backupPages)[number];

export interface Router {
  readonly route: Accessor<Route>;
  /** Goes there; the browser's back comes back, unless `replace`. */
  go(route: Route, replace?: boolean): void;
}

const home: Route = { screen: 'home' };
const pagesOfDrive: readonly BackupPage[] = backupPages.slice(backupPages.indexOf('drive') + 1);

/** The address of a backup screen. */
export function backupRoute(page: BackupPage, drive: string | null = null, snapshot: string | null = null): Route {
  return { screen: 'backup', page, drive, snapshot };
}

/** The route that a hash such as `#/c/ab12/40` stands for; whatever is not understood is home. */
export function parseRoute(hash: string): Route {
  const [path = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first, second, third, fourth] = path.split('/').map(decodePart);
  if (first === 'c' && second) return { screen: 'conversation', id: second as ConversationId, seq: parseSeq(third) };
  if (first === 'search' || first === 'memories' || first === 'people' || first === 'import' || first === 'settings')
    return { screen: first };
  if (first === 'receipts') return { screen: 'receipts', id: second ? (second as ReceiptId) : null };
  if (first === 'gallery' && second) return { screen: 'gallery', id: second as ConversationId };
  if (first === 'statistics' || first === 'kept') return { screen: first, id: second ? (second as ConversationId) : null };
  if (first === 'backup') return parseBackup(second, third, fourth);
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
    case 'gallery':
    case 'statistics':
    case 'kept':
      return `#/${route.screen}${route.id === null ? '' : `/${encodeURIComponent(route.id)}`}`;
    case 'backup':
      return formatBackup(route);
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

function parseBackup(drive: string | undefined, page: string | undefined, snapshot: string | undefined): Route {
  if (!drive) return backupRoute('home');
  if (drive === 'new' || drive === 'restore') return backupRoute(drive);
  const found = pagesOfDrive.find((one) => one === page) ?? 'drive';
  if (found === 'snapshot') return snapshot ? backupRoute('snapshot', drive, snapshot) : backupRoute('history', drive);
  return backupRoute(found, drive);
}

function formatBackup({ page, drive, snapshot }: Extract<Route, { screen: 'backup' }>): string {
  const parts = [
    ...(drive === null ? (page === 'home' ? [] : [page]) : [encodeURIComponent(drive), ...(page === 'drive' ? [] : [page])]),
    ...(snapshot === null ? [] : [encodeURIComponent(snapshot)]),
  ];
  return ['#/backup', ...parts].join('/');
}
