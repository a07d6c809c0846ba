// The whole app offline. A new version waits until the owner says so (src/session/updates.ts), then serves all tabs.

import { markOverdue } from '../src/offline/mark-overdue';
import { serveOffline } from '../src/offline/serve-offline';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: Parameters<typeof serveOffline>[0] };

serveOffline(self.__WB_MANIFEST);
markOverdue(self);

self.addEventListener('message', (event) => {
  if ((event.data as { readonly type?: unknown } | null)?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
