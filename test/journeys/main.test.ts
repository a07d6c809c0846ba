// The main job through the interface of the built app, as a person does it: a ZIP with pictures goes in, is read and searched,
// is there again offline, is locked by a passphrase, and a bookmark outlives the undo of another import.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withoutHashes } from './asset-names';
import { launchChromium, type Watched, waitForControl, watch } from './browser';
import {
  conversationRow,
  goToImport,
  importFiles,
  lockField,
  messageWith,
  noteShown,
  openConversation,
  search,
  setPassphrase,
  type Shown,
  unlock,
} from './interface';
import { serveSite, type Site } from './serve';

const passphrase = 'seven quiet moths over snow';
const otherChat = `01/06/2025, 10:00 - Ida: The bicycle is in the cellar
01/06/2025, 10:01 - Jon: Thank you, I found it
01/06/2025, 10:02 - Ida: The key is under the flower pot
`;
/** Names and words of both archives, of the queries and of the passphrase. */
const content = /Lena|Ida|Jon|bicycle|cart|moths|周末|爬山|妈妈|林夏|饭团|熱茶|%E[4-9]/i;
let browser: Browser;
let context: BrowserContext;
let site: Site;
let page: Page;
let watched: Watched;
let shown: Shown;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camphor-main-'));
  writeFileSync(join(folder, 'WhatsApp Chat with Ida.txt'), otherChat);
  browser = await launchChromium();
  site = await serveSite(inject('appFolder'), { headers: true });
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  watched = await watch(context);
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  shown = await noteShown(page);
  await page.goto(site.url);
});

afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

const bookmark = (text: string): Locator => messageWith(page, text).getByRole('img', { name: 'Bookmarked' });

/** Opens the hit that holds the text; its message is lit in the conversation, between its neighbours. */
async function openHit(text: string): Promise<Locator> {
  await page.getByRole('list', { name: 'Hits' }).getByRole('button').filter({ hasText: text }).click();
  await page.waitForFunction(() => document.activeElement?.matches('article'));
  return page.locator('article:focus');
}

async function widthOfLastPicture(): Promise<number> {
  const image = page.locator('article img').last();
  return image.evaluate((picture: HTMLImageElement) => picture.decode().then(() => picture.naturalWidth));
}

describe('the main job', () => {
  it('imports a ZIP with pictures and shows what came in', async () => {
    expect(await importFiles(page, join(inject('appFolder'), 'demo.zip'))).toBe('101 new messages');
    for (const name of ['Lena', '周末爬山', '妈妈']) await conversationRow(page, name).waitFor();
    const media = await page
      .getByRole('main')
      .getByText(/^\d+ found, \d+ missing$/)
      .allInnerTexts();
    expect(media.toSorted()).toEqual(['1 found, 0 missing', '3 found, 0 missing', '3 found, 1 missing']);
  });

  it('shows messages, system lines, pictures and their places', async () => {
    await openConversation(page, 'Lena');
    await messageWith(page, 'I am crying in the post office').waitFor();
    await messageWith(page, 'Messages and calls are end-to-end encrypted').waitFor();
    expect(await widthOfLastPicture()).toBeGreaterThan(100);
    await messageWith(page, 'The view from the kitchen table')
      .getByRole('button', { name: /^Photo/ })
      .click();
    const whole = page.getByRole('dialog', { name: 'Picture' }).getByRole('img');
    expect(await whole.evaluate((picture: HTMLImageElement) => picture.decode().then(() => picture.naturalWidth))).toBe(960);
    await page.keyboard.press('Escape');
    await whole.waitFor({ state: 'detached' });
  });

  it('finds a two-character Chinese word everywhere, and opens the hit in context', async () => {
    await search(page, '饭团', '3 hits');
    const message = await openHit('饭团还剩两个');
    expect(await message.innerText()).toContain('饭团还剩两个，谁要？');
    await messageWith(page, '热茶时间').waitFor();
    await messageWith(page, '一人一个，不许抢').waitFor();
  });

  it('finds an English phrase with from: and before:', async () => {
    await search(page, '"hidden the cart"', '3 hits');
    await search(page, '"hidden the cart" from:Lena', '1 hit');
    await search(page, '"hidden the cart" before:2026-03-01', '2 hits');
    await search(page, '"hidden the cart" from:Lena before:2026-03-01', '1 hit');
    const message = await openHit('hidden the cart');
    expect(await message.innerText()).toContain('The lake is frozen');
    expect(await page.getByRole('search').locator('mark').allInnerTexts()).toEqual(['hidden the cart']);
  });

  it('bookmarks a message, imports another chat, and undoes that import: the bookmark stays', async () => {
    const text = 'The lake is frozen';
    await messageWith(page, text).hover();
    await messageWith(page, text).getByRole('button', { name: 'Message menu' }).click();
    await page.getByRole('menuitem', { name: 'Bookmark', exact: true }).click();
    await bookmark(text).waitFor();
    await goToImport(page, site.url);
    expect(await importFiles(page, join(folder, 'WhatsApp Chat with Ida.txt'))).toBe('3 new messages');
    await conversationRow(page, 'Ida').waitFor();
    await page.getByRole('link', { name: 'Whole receipt' }).click();
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click();
    await page.getByText('Undone: 3 messages removed.').waitFor();
    await conversationRow(page, 'Ida').waitFor({ state: 'detached' });
    await page
      .getByRole('main')
      .getByText(/^Undone on/)
      .waitFor();
    await openConversation(page, 'Lena');
    await bookmark(text).waitFor();
  });

  it('is all there after a reload without any network', async () => {
    await waitForControl(page);
    await context.setOffline(true);
    const before = site.requests.length;
    await page.goto(site.url);
    await page.reload();
    await openConversation(page, '周末爬山');
    await messageWith(page, '照片我都存好了').waitFor();
    expect(await widthOfLastPicture()).toBeGreaterThan(100);
    await openConversation(page, 'Lena');
    await messageWith(page, 'I am crying in the post office').waitFor();
    await bookmark('The lake is frozen').waitFor();
    await search(page, '熱茶', '2 hits');
    await goToImport(page, site.url);
    expect(await importFiles(page, join(inject('appFolder'), 'demo.zip'))).toBe('Nothing new: everything in it was already here');
    await goToImport(page, site.url);
    expect(await importFiles(page, join(folder, 'WhatsApp Chat with Ida.txt'))).toBe('3 new messages');
    await search(page, 'flower pot', '1 hit');
    // The browser itself looks for a newer service worker, past what playwright cuts off; nothing else gets through.
    const asked = site.requests.slice(before).map(({ path }) => path);
    expect(asked.filter((path) => path !== '/service-worker.js')).toEqual([]);
    await context.setOffline(false);
  });

  it('locks by a passphrase, refuses a wrong one, and opens with the right one', async () => {
    await setPassphrase(page, site.url, passphrase);
    await page.keyboard.press('Alt+l');
    await lockField(page).waitFor();
    expect(withoutHashes(await page.locator('html').innerHTML())).not.toMatch(content);
    await lockField(page).fill('not the right passphrase');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'The passphrase does not match.' }).waitFor({ timeout: 60_000 });
    expect(withoutHashes(await page.locator('html').innerHTML())).not.toMatch(content);
    await unlock(page, passphrase);
    await openConversation(page, 'Lena');
    await messageWith(page, 'I am crying in the post office').waitFor();
    await bookmark('The lake is frozen').waitFor();
    await search(page, '饭团', '3 hits');
  });

  it('asks for it again after a reload', async () => {
    await page.reload();
    await lockField(page).waitFor();
    expect(withoutHashes(await page.locator('html').innerHTML())).not.toMatch(content);
    await unlock(page, passphrase);
    await conversationRow(page, 'Ida').waitFor();
  });

  it('did nothing that the policies forbid, asked no one else for anything, and named nobody in the address or the title', () => {
    expect(watched.violations).toEqual([]);
    expect(watched.errors).toEqual([]);
    expect(watched.requests.length).toBeGreaterThan(10);
    expect(watched.requests.filter((url) => new URL(url.replace(/^blob:/, '')).origin !== new URL(site.url).origin)).toEqual([]);
    expect(watched.requests.filter((url) => content.test(withoutHashes(url)))).toEqual([]);
    expect(shown.addresses.length).toBeGreaterThan(8);
    expect([...shown.addresses, ...shown.titles].filter((text) => content.test(text))).toEqual([]);
    expect(shown.titles).toContain('Camphor');
  });
});
