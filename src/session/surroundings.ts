// What the page stands in: reasons not to start at all, and hosts that put several people's sites on one origin.

export type Refusal = 'insecure-origin' | 'framed' | 'browser-too-old';

/** What is looked at; `window` has all of it. */
export interface Surroundings {
  readonly isSecureContext: boolean;
  /** True inside a frame of any page. */
  readonly framed: boolean;
  /** Names of the platform's parts that the app cannot do without and that are missing. */
  readonly missing: readonly string[];
}

/** Why the app must not start here, or null. */
export function findRefusal(surroundings: Surroundings): Refusal | null {
  if (surroundings.framed) return 'framed';
  if (!surroundings.isSecureContext) return 'insecure-origin';
  return surroundings.missing.length > 0 ? 'browser-too-old' : null;
}

const neededGlobals = ['indexedDB', 'crypto', 'BroadcastChannel', 'WebAssembly', 'Worker'];

export function surroundingsOf(window: Window): Surroundings {
  const missing = neededGlobals.filter((name) => !(name in window));
  if (!('locks' in window.navigator)) missing.push('locks');
  return { isSecureContext: window.isSecureContext, framed: window.top !== window, missing };
}

/** Hosts that serve the sites of different people from paths of one origin. */
const sharedHosts = [
  'github.io',
  'gitlab.io',
  'codeberg.page',
  'gitee.io',
  'pages.debian.net',
  'neocities.org',
  'sourceforge.io',
  'tilde.club',
];

/** True where other people's or other projects' pages may share this origin, and with it all that is kept here. */
export function sharesOrigin(page: URL): boolean {
  const folder = page.pathname.replace(/[^/]*$/, '');
  if (folder === '/') return false;
  return folder.startsWith('/~') || sharedHosts.some((host) => page.hostname === host || page.hostname.endsWith(`.${host}`));
}
