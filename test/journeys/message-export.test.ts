// Messages as files in the clear, written by the built app: inside of the browser, and into a file that the owner chose.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { MessageExport } from '../../src/model/export';
import { launchChromium, watch, type Watched } from './browser';
import { serveSite, type Site } from './serve';
import { importDemo } from './steps';

const request: MessageExport = {
  conversations: null,
  fromMs: null,
  toMs: null,
  found: null,
  format: 'jsonl',
  media: 'none',
  names: 'shown',
  zone: 'Europe/Berlin',
  language: 'en',
};
let browser: Browser;
let site: Site;
let context: BrowserContext;
let page: Page;
let watched: Watched;

beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite(inject('harnessFolder'));
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  watched = await watch(context);
  page = await context.newPage();
  await page.goto(site.url);
});
afterEach(async () => {
  expect(watched.violations).toEqual([]);
  expect(watched.errors).toEqual([]);
  await context.close();
});

/** What lies inside of the browser of an export, in the clear. */
function hasPrivateFile(): Promise<boolean> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    return root.getFileHandle('camphor-messages').then(
      () => true,
      () => false,
    );
  });
}

describe('messages as a file', () => {
  it('lie inside of the browser until they are discarded, or the owner locks', async () => {
    const messages = await importDemo(page);
    const found = await page.evaluate(async (asked) => {
      const { exports } = window.session;
      const { file, ...result } = await exports.runMessages(asked, null, () => {});
      return { result, text: await (file?.text() ?? '') };
    }, request);
    expect(found.result).toMatchObject({ messages, leftOutMedia: 0 });
    expect(found.text.trim().split('\n')).toHaveLength(messages);
    expect(await hasPrivateFile()).toBe(true);
    await page.evaluate(() => window.session.exports.discard('messages'));
    expect(await hasPrivateFile()).toBe(false);
    await page.evaluate((asked) => window.session.exports.runMessages(asked, null, () => {}), { ...request, media: 'beside' } as const);
    expect(await hasPrivateFile()).toBe(true);
    await page.evaluate(() => window.session.lock());
    await expect.poll(hasPrivateFile).toBe(false);
  });

  it('as a page open from the disk by themselves, and ask nothing of anybody', async () => {
    const messages = await importDemo(page);
    const text = await page.evaluate(
      async (asked) => {
        const { file } = await window.session.exports.runMessages(asked, null, () => {});
        return (await file?.text()) ?? '';
      },
      { ...request, format: 'html', media: 'inside' } as const,
    );
    const folder = mkdtempSync(join(tmpdir(), 'camphor-messages-'));
    try {
      writeFileSync(join(folder, 'messages.html'), text);
      // Of the page itself: the app's service worker goes on filling its cache meanwhile.
      const asked: string[] = [];
      page.on('request', (sent) => asked.push(sent.url()));
      await page.goto(pathToFileURL(join(folder, 'messages.html')).href);
      await page.waitForSelector('body.ready');
      expect(await page.locator('#sums').textContent()).toContain(`${messages} messages`);
      expect(await page.locator('li.message').count()).toBeGreaterThan(0);
      expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe('grid');
      expect(asked.filter((url) => !/^(?:file|data):/.test(url))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('go into the file that was chosen; cancelled, it leaves there what was there', async () => {
    await importDemo(page);
    const found = await page.evaluate(async (asked) => {
      const root = await navigator.storage.getDirectory();
      const chosen = await root.getFileHandle('chosen.zip', { create: true });
      const { exports } = window.session;
      const read = async (): Promise<string> => (await chosen.getFile()).text();
      const result = await exports.runMessages({ ...asked, media: 'beside' }, chosen, () => {});
      const whole = await read();
      const codeOf = (error: { code: string }): string => error.code;
      const cancelled = exports.runMessages(asked, chosen, () => exports.cancel()).catch(codeOf);
      const busy = await exports.runMessages(asked, chosen, () => {}).catch(codeOf);
      return { result, busy, cancelled: await cancelled, isSame: (await read()) === whole, head: whole.slice(0, 2) };
    }, request);
    expect(found).toMatchObject({ busy: 'busy', cancelled: 'cancelled', isSame: true, head: 'PK' });
    expect(found.result.media).toBeGreaterThan(0);
  });
});
