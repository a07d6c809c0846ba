// The verbs of the service worker: the whole app from the cache, and nothing else from anywhere.
//
// It answers only what it holds, and only without a query: what code in a confined worker can still do is `import()` of an
// address of the app's own host, and here that ends before it becomes a request (design.md §4).

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { countOutside } from '../model/outside-memory';
import { shareAddress, takeShared } from './take-shared';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const consentAddress = 'oauth.html';

/** Where the build puts the worker that reaches the owner's drive, and nothing else. */
const driveFolder = 'drive/';

interface Clients {
  get(id: string): Promise<{ readonly url: string } | undefined>;
}

/**
 * True where workers/drive asks: a drive may be at the app's own address, as on a NAS that serves both. That worker is the only one
 * that is started by an address of its own; the confined ones come from a `blob:`.
 */
async function isDriveWorker(event: Event, folder: URL): Promise<boolean> {
  const { clients } = self as unknown as { readonly clients: Clients };
  const client = await clients.get((event as Event & { readonly clientId: string }).clientId);
  return client !== undefined && client.url.startsWith(new URL(driveFolder, folder).href);
}

const withBody: readonly string[] = ['POST', 'PUT', 'PATCH'];
/** What is sent to a drive is mostly a pack; how long it is cannot be seen here. */
const packBytes = 16 * 1024 * 1024;

/** Puts the app's files (names with hashes, from the build) between the page and the network. Call once, while starting. */
export function serveOffline(files: readonly PrecacheEntry[]): void {
  // Answered or left alone, a request comes by here with what it sends, and nothing else here would make the collector run. An answer
  // ends the event: this comes first.
  addEventListener('fetch', (event) => {
    const { request } = event as Event & { readonly request: Request };
    if (withBody.includes(request.method)) countOutside(packBytes);
  });
  precacheAndRoute([...files], { ignoreURLParametersMatching: [], cleanURLs: false, directoryIndex: 'index.html' });
  cleanupOutdatedCaches();
  // The page's addresses are relative: below its folder it would look for its files in the wrong place.
  const folder = new URL('./', location.href);
  const showPage = createHandlerBoundToURL('index.html');
  // Where a service's page of consent leads back to: with a query, which is for that page alone. Bound when it is asked for,
  // since a site without that page would have no service worker at all.
  const consent = new URL(consentAddress, folder);
  registerRoute(
    ({ url, request }) => request.mode === 'navigate' && url.pathname === consent.pathname,
    (options) => createHandlerBoundToURL(consentAddress)(options),
  );
  registerRoute(
    new NavigationRoute(async (options) => (options.url.pathname === folder.pathname ? showPage(options) : Response.redirect(folder.href))),
  );
  registerRoute(
    ({ url, request }) => request.mode === 'navigate' && url.href === new URL(shareAddress, folder).href,
    ({ request }) => takeShared(request, folder),
    'POST',
  );
  const refuse = async ({ event, request }: { readonly event: Event; readonly request: Request }): Promise<Response> =>
    (await isDriveWorker(event, folder)) ? fetch(request) : new Response(null, { status: 404, statusText: 'Not part of the app' });
  for (const method of methods) registerRoute(({ sameOrigin }) => sameOrigin, refuse, method);
}
