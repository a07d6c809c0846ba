// Checks F1 and F3: the app breaks none of its own policies, asks no other origin for anything, and what is injected into
// its page does nothing.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium, watch, waitForControl } from './browser';
import { serveSite } from './serve';
import { countHits, importDemo } from './steps';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe.each([true, false])('on a host with headers: %s', (headers) => {
  it('the app starts without a violation, an error or a foreign request', async () => {
    const site = await serveSite(inject('appFolder'), { headers });
    const context = await browser.newContext();
    const watched = await watch(context);
    const page = await context.newPage();
    await page.goto(site.url);
    await page.getByRole('button').first().waitFor();
    await waitForControl(page);
    await page.reload();
    await page.getByRole('button').first().waitFor();
    expect(watched.violations).toEqual([]);
    expect(watched.errors).toEqual([]);
    expect(watched.requests.length).toBeGreaterThan(5);
    expect(watched.requests.filter((url) => new URL(url.replace(/^blob:/, '')).origin !== new URL(site.url).origin)).toEqual([]);
    await context.close();
    await site.close();
  });

  it('import and search do so, too, also from a folder of the host', async () => {
    const site = await serveSite(inject('harnessFolder'), { headers, base: '/some/folder/' });
    const context = await browser.newContext();
    const watched = await watch(context);
    const page = await context.newPage();
    await page.goto(site.url);
    expect(await importDemo(page)).toBeGreaterThan(0);
    expect(await countHits(page, 'the')).toBeGreaterThan(0);
    expect(watched.violations).toEqual([]);
    expect(watched.errors).toEqual([]);
    expect(watched.requests.filter((url) => new URL(url.replace(/^blob:/, '')).origin !== new URL(site.url).origin)).toEqual([]);
    await context.close();
    await site.close();
  });

  it('injected markup, scripts, styles, workers and requests do nothing', async () => {
    const foreign = await serveSite(inject('appFolder'));
    const site = await serveSite(inject('appFolder'), { headers });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(site.url);
    await page.getByRole('button').first().waitFor();
    const outcome = await page.evaluate(async (foreignUrl) => {
      const ends: Record<string, string> = {};
      const attempt = async (name: string, run: () => unknown): Promise<void> => {
        try {
          await run();
          ends[name] = 'open';
        } catch {
          ends[name] = 'blocked';
        }
      };
      const script = document.createElement('script');
      await attempt('markup', () => document.body.insertAdjacentHTML('beforeend', `<img src="x" onerror="document.title='ran'">`));
      await attempt('inner html', () => (document.body.innerHTML = '<b>x</b>'));
      await attempt('script text', () => (script.textContent = `document.title = 'ran'`));
      await attempt('script address', () => (script.src = `${foreignUrl}x.js`));
      await attempt('timer text', () => setTimeout(`document.title = 'ran'` as unknown as () => void, 0));
      await attempt('worker of a blob', () => new Worker(URL.createObjectURL(new Blob([''], { type: 'text/javascript' }))));
      await attempt('worker elsewhere', () => new Worker(`${foreignUrl}x.js`));
      await attempt('service worker elsewhere', () => navigator.serviceWorker.register('./assets/x.js?y'));
      await attempt('policy', () =>
        (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }).trustedTypes.createPolicy('other', {}),
      );
      await attempt('policy again', () =>
        (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }).trustedTypes.createPolicy(
          'app-scripts',
          {},
        ),
      );
      await attempt('fetch', () => fetch(foreignUrl, { mode: 'no-cors' }));
      await attempt('module', () => import(/* @vite-ignore */ `${foreignUrl}x.js`));
      const image = new Image();
      await attempt('image', () => {
        image.src = `${foreignUrl}pixel.png`;
        return image.decode();
      });
      const style = document.createElement('style');
      style.textContent = 'body { opacity: 0.5 }';
      document.head.append(style);
      ends['style'] = getComputedStyle(document.body).opacity === '1' ? 'blocked' : 'open';
      ends['title'] = document.title === 'ran' ? 'open' : 'blocked';
      return ends;
    }, foreign.url);
    expect(Object.entries(outcome).filter(([, end]) => end !== 'blocked')).toEqual([]);
    expect(Object.keys(outcome)).toHaveLength(15);
    expect(foreign.requests).toEqual([]);
    await context.close();
    await site.close();
    await foreign.close();
  });
});
