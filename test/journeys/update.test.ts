// Checks F6: a new version waits until the owner says so, the old one goes on working from its own files, and no import is
// interrupted in any tab.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium, waitForControl } from './browser';
import { buildSite } from './build-app';
import { serveSite } from './serve';
import { importDemo } from './steps';

const nextFolder = join(inject('harnessFolder'), '../harness-next');
let browser: Browser;
beforeAll(async () => {
  await buildSite(nextFolder, 'test/journeys/harness-next.ts');
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** What a running tab does by itself now and then. */
async function findUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  await page.waitForFunction(() => window.session.updateReady);
}

describe('a new version', () => {
  it('is offered, waits for imports in all tabs, and then comes to all tabs', async () => {
    const site = await serveSite(inject('harnessFolder'));
    const context = await browser.newContext();
    const [one, other] = [await context.newPage(), await context.newPage()];
    for (const page of [one, other]) {
      await page.goto(site.url);
      await waitForControl(page);
      await page.reload();
    }
    await one.evaluate(() => window.session.onEvent((event) => event.kind === 'update-ready' && (document.title += ', update ready')));
    site.deploy(nextFolder);
    await findUpdate(one);
    await one.waitForFunction(() => document.title === 'harness, update ready');

    // The host has none of the old version's files any more; the old tabs have all of them.
    const before = site.requests.length;
    expect(await importDemo(one)).toBeGreaterThan(50);
    await other.reload();
    expect(await other.title()).toBe('harness');
    expect(site.requests.slice(before).filter(({ path }) => path.includes('assets/'))).toEqual([]);

    // An import in the other tab: held at its commit by the test.
    const release = await other.evaluateHandle(
      () =>
        new Promise<{ end: () => void }>((held) => {
          void navigator.locks.request('camphor-importing', { mode: 'shared' }, () => new Promise<void>((end) => held({ end })));
        }),
    );
    expect(await one.evaluate(() => window.session.update().catch((error: { code: string }) => error.code))).toBe('busy');
    expect(await one.title()).toBe('harness, update ready');

    await release.evaluate(({ end }) => end());
    const reloaded = Promise.all([one, other].map((page) => page.waitForEvent('load')));
    await one.evaluate(() => void window.session.update());
    await reloaded;
    for (const page of [one, other]) await page.waitForFunction(() => document.title === 'harness, next version');
    await context.close();
    await site.close();
  });
});
