// The service worker, seen from the page: registered after the page is up, checked for a new version now and then, and
// changed only when the owner says so and nothing is being imported in any tab.

import { CamphorError } from '../model/error';
import { importLockName } from './import-jobs';
import { ownScriptUrl } from './trusted-urls';

export interface Updates {
  /** True when a new version waits. */
  readonly ready: boolean;
  /** All tabs reload with the new version. Rejects with `busy`, `not-found` where none waits. */
  apply(): Promise<void>;
}

/** How often a page that stays open asks for a new version, when it is shown. */
const checkEveryMs = 3_600_000;

export function watchUpdates(onReady: () => void): Updates {
  // Missing in private windows of some browsers: then there is no offline use and nothing to update.
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  let activate: (() => void) | null = null;
  const start = async (): Promise<void> => {
    const { Workbox } = await import('workbox-window');
    const workbox = new Workbox(ownScriptUrl('service-worker.js'));
    workbox.addEventListener('waiting', () => {
      activate = () => workbox.messageSkipWaiting();
      onReady();
    });
    await workbox.register({ immediate: true });
    checkNowAndThen(() => workbox.update());
  };
  if (container !== undefined) {
    if (container.controller !== null) container.addEventListener('controllerchange', () => location.reload());
    // A failure leaves the app working from the network, as on the first visit.
    start().catch((cause: unknown) => console.warn('no offline use:', cause));
  }
  return {
    get ready() {
      return activate !== null;
    },
    apply: () => {
      const change = activate;
      if (change === null) return Promise.reject(new CamphorError('not-found', { what: 'update' }));
      return navigator.locks.request(importLockName, { ifAvailable: true }, async (lock) => {
        if (lock === null) throw new CamphorError('busy');
        change();
        // Held until the reload, so that no import begins in between.
        await new Promise<void>((resolve) => container?.addEventListener('controllerchange', () => resolve()));
      });
    },
  };
}

function checkNowAndThen(check: () => Promise<void>): void {
  let checkedMs = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - checkedMs < checkEveryMs) return;
    checkedMs = Date.now();
    // Offline is the usual reason; the next time the page is shown asks again.
    check().catch(() => {});
  });
}
