// A backup that is due while the app is closed, in the real service worker: woken by the browser, it marks the icon and sends nothing.
import { expect, inject, it } from 'vitest';
import { overdueCache, overdueEntry, overdueTag } from '../../src/model/overdue';
import { launchChromium, waitForControl, watch } from './browser';
import { serveSite } from './serve';

it('periodic background sync looks at the date, marks the icon, and asks nobody', async () => {
  const browser = await launchChromium();
  const site = await serveSite(inject('appFolder'), { headers: true });
  try {
    const context = await browser.newContext();
    const watched = await watch(context);
    const page = await context.newPage();
    await page.goto(site.url);
    await waitForControl(page);
    const keep = (dueMs: number): Promise<void> =>
      page.evaluate(async ([cache, entry, text]) => (await caches.open(cache)).put(entry, new Response(text)), [
        overdueCache,
        overdueEntry,
        String(dueMs),
      ] as const);
    const [worker] = context.serviceWorkers();
    if (worker === undefined) throw new Error('no service worker');
    await worker.evaluate(() => {
      const marks = { count: 0 };
      Object.assign(self, { marks });
      Object.defineProperty(navigator, 'setAppBadge', { value: async () => void (marks.count += 1) });
    });
    const marks = (): Promise<number> =>
      worker.evaluate(() => (self as unknown as { readonly marks: { readonly count: number } }).marks.count);
    const session = await context.newCDPSession(page);
    const registered = new Promise<string>((resolve) =>
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => first && resolve(first.registrationId)),
    );
    await session.send('ServiceWorker.enable');
    const registrationId = await registered;
    const wake = (tag: string) =>
      session.send('ServiceWorker.dispatchPeriodicSyncEvent', { origin: new URL(site.url).origin, registrationId, tag });
    const before = watched.requests.length;
    await keep(Date.now() + 3_600_000);
    await wake(overdueTag);
    await keep(Date.now() - 1000);
    await wake('of-another');
    expect(await marks()).toBe(0);
    await wake(overdueTag);
    await expect.poll(marks).toBe(1);
    expect(watched.requests.slice(before)).toEqual([]);
    expect(watched.errors).toEqual([]);
  } finally {
    await browser.close();
    await site.close();
  }
});
