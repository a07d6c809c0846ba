// The date by which a backup is due, left for the service worker, where the browser wakes it now and then (periodic background sync:
// an installed app in Chromium). It marks the icon; it sends nothing.

import { overdueCache, overdueEntry, overdueTag } from '../model/overdue';

/** The browser decides; it is asked not to come more often than this. */
const leastMs = 12 * 3_600_000;

interface PeriodicSync {
  register(tag: string, options: { readonly minInterval: number }): Promise<void>;
  unregister(tag: string): Promise<void>;
}

async function findSync(): Promise<PeriodicSync | null> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as { readonly periodicSync?: PeriodicSync } | undefined;
  if (registration?.periodicSync === undefined) return null;
  const asked = await navigator.permissions.query({ name: 'periodic-background-sync' as PermissionName });
  return asked.state === 'granted' ? registration.periodicSync : null;
}

/** Keeps the date, in ms, or takes it away (null). Does nothing where the browser has no such thing. Never throws. */
export async function keepOverdueMark(dueMs: number | null): Promise<void> {
  try {
    const sync = await findSync();
    if (sync === null) return;
    if (dueMs === null) {
      await sync.unregister(overdueTag);
      await caches.delete(overdueCache);
      return;
    }
    await (await caches.open(overdueCache)).put(overdueEntry, new Response(String(dueMs)));
    await sync.register(overdueTag, { minInterval: leastMs });
  } catch {
    // Not installed any more, or refused: the app says what is due when it is opened.
  }
}
