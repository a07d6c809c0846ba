// Checks F5: after the first visit nothing is asked of the host any more, and everything works without it.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openQuietly } from '../bench/quiet-browser.mjs';
import { browserBytes } from '../tools/renderer-memory';
import { launchChromium, waitForControl } from './browser';
import { serveSite } from './serve';
import { countHits, countMessages, importDemo } from './steps';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('without the host', () => {
  it('the app starts again at any of its addresses', async () => {
    const site = await serveSite(inject('appFolder'));
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(site.url);
    await waitForControl(page);
    await site.close();
    await context.setOffline(true);
    for (const address of ['', '#/settings', '#/import', 'index.html', '?utm=x', 'not/there']) {
      await page.goto('about:blank');
      const response = await page.goto(`${site.url}${address}`);
      expect({ address, status: response?.status() }).toEqual({ address, status: 200 });
      await page.locator('#app > *').first().waitFor();
    }
    await context.close();
  });

  it('importing, reading, searching and locking work', async () => {
    const site = await serveSite(inject('harnessFolder'), { headers: true });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(site.url);
    await waitForControl(page);
    await site.close();
    await context.setOffline(true);
    await page.reload();
    const added = await importDemo(page);
    expect(added).toBeGreaterThan(50);
    await page.reload();
    expect(await countMessages(page)).toBe(added);
    expect(await countHits(page, 'the')).toBeGreaterThan(0);
    expect(await importDemo(page)).toBe(0);
    expect(await page.evaluate(() => {
      window.session.lock();
      return window.session.vault.status().then(({ state }) => state);
    })).toBe('open'); // prettier-ignore
    await context.close();
  });

  it('what is not part of the app is not there, with or without a query', async () => {
    const site = await serveSite(inject('appFolder'));
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(site.url);
    await waitForControl(page);
    const before = site.requests.length;
    const statuses = await page.evaluate(async () => {
      const script = document.querySelector<HTMLScriptElement>('script[src]')?.src ?? '';
      const addresses = [script, `${script}?x`, 'manifest.webmanifest', 'manifest.webmanifest?x', 'not-there.js', '/elsewhere/x'];
      const answers = await Promise.all(addresses.map((address) => fetch(address)));
      return [...answers.map(({ status }) => status), (await fetch('manifest.webmanifest', { method: 'POST', body: 'x' })).status];
    });
    expect(statuses).toEqual([200, 404, 200, 404, 404, 404, 404]);
    expect(site.requests.slice(before)).toEqual([]);
    await context.close();
    await site.close();
  });
});

// A backup's packs come by the service worker, which Chromium cannot be kept from: a gigabyte of them stayed in the browser's memory.
// Playwright's own Chromium keeps them as well, for whoever asks.
it('the service worker keeps nothing of what is sent', async () => {
  const mebibyte = 2 ** 20;
  const site = await serveSite(inject('appFolder'));
  const page = await openQuietly(site.url, [], '', 'navigator.serviceWorker?.controller != null');
  const before = browserBytes();
  for (let pack = 0; pack < 40; pack += 1)
    await page.run(`fetch('not-there', { method: 'PUT', body: new Blob([new Uint8Array(${16 * mebibyte}).fill(1)]) }).then(() => null)`);
  await page.collect();
  await expect.poll(() => (browserBytes() - before) / mebibyte, { timeout: 20_000 }).toBeLessThan(250);
  await page.close();
  await site.close();
});
