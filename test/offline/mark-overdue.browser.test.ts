// The date that the page leaves and the service worker finds, by the caches of a real browser; what wakes it is a stand-in.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { overdueCache, overdueTag } from '../../src/model/overdue';
import { markOverdue } from '../../src/offline/mark-overdue';
import { keepOverdueMark } from '../../src/session/overdue-mark';

const hourMs = 3_600_000;

afterEach(async () => {
  vi.restoreAllMocks();
  await caches.delete(overdueCache);
});

/** A browser that wakes the service worker, if the owner's system lets it. */
function makeBrowser(state: PermissionState): { readonly tags: Set<string> } {
  const tags = new Set<string>();
  const periodicSync = {
    register: async (tag: string) => void tags.add(tag),
    unregister: async (tag: string) => void tags.delete(tag),
  };
  vi.spyOn(navigator.serviceWorker, 'getRegistration').mockResolvedValue({ periodicSync } as unknown as ServiceWorkerRegistration);
  vi.spyOn(navigator.permissions, 'query').mockResolvedValue({ state } as PermissionStatus);
  return { tags };
}

/** Wakes the service worker with that tag; gives how often it marked the icon. */
async function wake(tag: string): Promise<number> {
  let marks = 0;
  const self = Object.assign(new EventTarget(), { navigator: { setAppBadge: async () => void (marks += 1) } });
  markOverdue(self);
  const work: Promise<unknown>[] = [];
  const event = Object.assign(new Event('periodicsync'), { tag, waitUntil: (one: Promise<unknown>) => void work.push(one) });
  self.dispatchEvent(event);
  await Promise.all(work);
  return marks;
}

describe('the mark of an overdue backup', () => {
  it('is set where the date has gone by, and not before', async () => {
    const { tags } = makeBrowser('granted');
    expect(await wake(overdueTag)).toBe(0);
    await keepOverdueMark(Date.now() + hourMs);
    expect([...tags]).toEqual([overdueTag]);
    expect(await wake(overdueTag)).toBe(0);
    await keepOverdueMark(Date.now() - hourMs);
    expect(await wake(overdueTag)).toBe(1);
    expect(await wake('of-another')).toBe(0);
  });

  it('goes with the last schedule, and nothing of it is left', async () => {
    const { tags } = makeBrowser('granted');
    await keepOverdueMark(Date.now() - hourMs);
    await keepOverdueMark(null);
    expect([...tags]).toEqual([]);
    expect(await caches.has(overdueCache)).toBe(false);
    expect(await wake(overdueTag)).toBe(0);
  });

  it('is nothing where the browser does not wake the app: no date is left in the clear for it', async () => {
    const { tags } = makeBrowser('denied');
    await keepOverdueMark(Date.now() - hourMs);
    expect([...tags]).toEqual([]);
    expect(await caches.has(overdueCache)).toBe(false);
  });
});
