// While the app is closed: a look at the date by which a backup is due, and a mark on the icon where it has gone by. Nothing is sent,
// and nothing could be: the vault is locked.

import { overdueCache, overdueEntry, overdueTag } from '../model/overdue';

/** Present in Chromium; in no types yet. */
interface PeriodicSyncEvent extends Event {
  readonly tag: string;
  waitUntil(work: Promise<unknown>): void;
}

/** What is needed of the service worker's global. */
export interface WokenWorker {
  readonly navigator: { setAppBadge?(): Promise<void> };
  addEventListener(type: string, listener: (event: Event) => void): void;
}

/** In ms; null where none is kept. */
async function readDueMs(): Promise<number | null> {
  if (!(await caches.has(overdueCache))) return null;
  const text = await (await (await caches.open(overdueCache)).match(overdueEntry))?.text();
  const dueMs = Number(text ?? Number.NaN);
  return Number.isFinite(dueMs) ? dueMs : null;
}

/** Call once, while starting. */
export function markOverdue(worker: WokenWorker): void {
  const mark = async (): Promise<void> => {
    const dueMs = await readDueMs();
    if (dueMs !== null && dueMs <= Date.now()) await worker.navigator.setAppBadge?.();
  };
  worker.addEventListener('periodicsync', (event) => {
    if ((event as PeriodicSyncEvent).tag === overdueTag) (event as PeriodicSyncEvent).waitUntil(mark());
  });
}
