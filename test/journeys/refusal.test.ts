// Checks F14 and F7, and the page on an insecure origin: where the app must not start, it says why and does nothing.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium, waitForControl, watch } from './browser';
import { serveSite } from './serve';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium(['--host-resolver-rules=MAP nas 127.0.0.1']);
});
afterAll(() => browser.close());

describe('inside a frame of another page', () => {
  it.each([false, true])('the app does not open (host with headers: %s)', async (headers) => {
    const site = await serveSite(inject('appFolder'), { headers });
    const framing = await serveSite(inject('appFolder'), {
      answer: (path) =>
        path === '/frame' ? { type: 'text/html', body: `<iframe src="${site.url}" width="800" height="600"></iframe>` } : null,
    });
    const page = await browser.newPage();
    await page.goto(`${framing.url}frame`);
    const frame = page.frameLocator('iframe');
    if (headers) {
      await expect.poll(() => site.requests.length).toBeGreaterThan(0);
      expect(await frame.locator('#app').count()).toBe(0);
    } else {
      await frame.getByRole('heading', { name: 'Camphor does not open inside another page' }).waitFor();
      expect(await frame.getByRole('button').count()).toBe(0);
    }
    expect(site.requests.filter(({ path }) => path.includes('vault'))).toEqual([]);
    await page.close();
    await site.close();
    await framing.close();
  });
});

describe('on an insecure origin', () => {
  it('one page says why nothing works there and what to do, in both languages', async () => {
    const site = await serveSite(inject('appFolder'));
    const context = await browser.newContext();
    const watched = await watch(context);
    const page = await context.newPage();
    await page.goto(site.url.replace('localhost', 'nas'));
    await page.getByRole('heading', { name: 'Camphor cannot work at this address' }).waitFor();
    expect(await page.locator('section[lang="zh-CN"] h1').innerText()).toBe('樟木箱无法在这个地址运行');
    expect(await page.getByRole('listitem').count()).toBe(6);
    expect(watched.violations).toEqual([]);
    expect(watched.errors).toEqual([]);
    await context.close();
    await site.close();
  });
});

describe('a form posted from another site', () => {
  it('brings nothing in', async () => {
    const site = await serveSite(inject('harnessFolder'));
    const form = `<form method="post" enctype="multipart/form-data" action="${site.url}"><input type="file" name="file"><button>send</button></form>`;
    const forging = await serveSite(inject('appFolder'), {
      answer: (path) => (path === '/form' ? { type: 'text/html', body: form } : null),
    });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(site.url);
    await waitForControl(page);
    await page.goto(`${forging.url}form`);
    await page.setInputFiles('input', { name: 'chat.txt', mimeType: 'text/plain', buffer: Buffer.from('01/01/2020, 10:00 - A: hello') });
    const before = site.requests.length;
    const answer = page.waitForResponse((response) => response.url() === site.url && response.request().method() === 'POST');
    await page.click('button');
    expect((await answer).status()).toBe(404);
    expect(site.requests.slice(before)).toEqual([]);
    await page.close();
    const later = await context.newPage();
    await later.goto(site.url);
    expect(await later.evaluate(() => window.session.vault.open().then(({ state }) => state))).toBe('empty');
    expect(await later.evaluate(async () => (await caches.keys()).length)).toBe(1);
    await context.close();
    await site.close();
    await forging.close();
  });
});
