// The main job through the interface of the built app, as a person does it: a ZIP with pictures goes in, is read and searched,
// is there again offline, is locked by a passphrase, and a bookmark outlives the undo of another import.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium, type Watched, waitForControl, watch } from './browser';
import { serveSite, type Site } from './serve';

const passphrase = 'seven quiet moths over snow';
const otherChat = `01/06/2025, 10:00 - Ida: The bicycle is in the cellar
01/06/2025, 10:01 - Jon: Thank you, I found it
01/06/2025, 10:02 - Ida: The key is under the flower pot
`;
let browser: Browser;
let context: BrowserContext;
let site: Site;
let page: Page;
let watched: Watched;
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
  await page.goto(site.url);
});

afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Chooses files on the import screen and takes all that is proposed. */
async function importFile(path: string): Promise<void> {
  await page.getByLabel('Choose files', { exact: true }).first().setInputFiles(path);
  await page
    .getByRole('button', { name: /^Import/ })
    .last()
    .click();
  await page
    .getByText(/new messages?|Nothing new/)
    .first()
    .waitFor();
}

/** Opens a conversation by its row in the list. */
async function openConversation(name: string): Promise<void> {
  await page.locator('a[href*="#/c/"]', { hasText: name }).first().click();
  await page.locator('article').first().waitFor();
}

const message = (text: string) => page.locator('article', { hasText: text }).first();

describe('the main job', () => {
  it('imports a ZIP with pictures and shows what came in', async () => {
    await importFile(join(inject('appFolder'), 'demo.zip'));
    await page.locator('a[href*="#/c/"]', { hasText: '周末爬山' }).waitFor();
    await page.locator('a[href*="#/c/"]', { hasText: 'Lena' }).waitFor();
  });

  it('shows messages, system lines and pictures', async () => {
    await openConversation('Lena');
    await message('I am crying in the post office').waitFor();
    const image = page.locator('article img').last();
    await image.waitFor();
    expect(await image.evaluate((shown: HTMLImageElement) => shown.decode().then(() => shown.naturalWidth))).toBeGreaterThan(100);
  });

  it('finds a two-character Chinese word everywhere, and opens the hit in context', async () => {
    await page.goto(`${site.url}#/search`);
    await page.getByRole('combobox').or(page.getByRole('searchbox')).first().fill('饭团');
    await page.getByText('3 hits').waitFor();
    await page.locator('mark', { hasText: '饭团' }).first().click();
    await message('饭团').waitFor();
  });

  it('finds an English phrase with from: and before:', async () => {
    await page.goto(`${site.url}#/search`);
    await page.getByRole('combobox').or(page.getByRole('searchbox')).first().fill('"hidden the cart" from:Lena before:2026-03-01');
    await page.getByText('1 hit', { exact: true }).waitFor();
    await page.locator('mark', { hasText: 'hidden the cart' }).first().click();
    await message('I have hidden the cart.').waitFor();
  });

  it('bookmarks a message, imports another chat, and undoes that import: the bookmark stays', async () => {
    await message('I have hidden the cart.').hover();
    await message('I have hidden the cart.').getByRole('button', { name: 'Message menu' }).click();
    await page.getByRole('menuitem', { name: 'Bookmark' }).click();
    await message('I have hidden the cart.')
      .getByText('Bookmarked')
      .or(message('I have hidden the cart.').getByLabel('Bookmarked'))
      .first()
      .waitFor({ state: 'attached' });
    await page.goto(`${site.url}#/import`);
    await importFile(join(folder, 'WhatsApp Chat with Ida.txt'));
    await page.locator('a[href*="#/c/"]', { hasText: 'Ida' }).waitFor();
    await page.goto(`${site.url}#/receipts`);
    await page.locator('a[href*="#/receipts/"]').first().click();
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /Undo/ }).click();
    await page.locator('a[href*="#/c/"]', { hasText: 'Ida' }).waitFor({ state: 'detached' });
    await openConversation('Lena');
    await message('I have hidden the cart.')
      .getByText('Bookmarked')
      .or(message('I have hidden the cart.').getByLabel('Bookmarked'))
      .first()
      .waitFor({ state: 'attached' });
  });

  it('is all there after a reload without any network', async () => {
    await waitForControl(page);
    await context.setOffline(true);
    await page.goto(site.url);
    await page.reload();
    await openConversation('周末爬山');
    await message('照片我都存好了').waitFor();
    await page.goto(`${site.url}#/search`);
    await page.getByRole('combobox').or(page.getByRole('searchbox')).first().fill('熱茶');
    await page.getByText('2 hits').waitFor();
    await page.goto(`${site.url}#/import`);
    await importFile(join(folder, 'WhatsApp Chat with Ida.txt'));
    await page.locator('a[href*="#/c/"]', { hasText: 'Ida' }).waitFor();
    await context.setOffline(false);
  });

  it('locks by a passphrase, refuses a wrong one, and opens with the right one', async () => {
    await page.goto(`${site.url}#/settings`);
    await page.getByRole('button', { name: /Set a passphrase/ }).click();
    const fields = page.getByRole('dialog').locator('input[type="password"]');
    for (let at = 0; at < (await fields.count()); at += 1) await fields.nth(at).fill(passphrase);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Set|Save|passphrase/ })
      .last()
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 60_000 });
    await page.keyboard.press('Alt+l');
    const field = page.locator('input[type="password"]');
    await field.waitFor();
    expect(await page.content()).not.toMatch(/Lena|饭团|cart/);
    await field.fill('not the right passphrase');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await field.fill(passphrase);
    await page.keyboard.press('Enter');
    await openConversation('Lena');
    await message('I have hidden the cart.').waitFor();
  });

  it('asks for it again after a reload', async () => {
    await page.reload();
    await page.locator('input[type="password"]').waitFor();
    expect(await page.locator('a[href*="#/c/"]').count()).toBe(0);
  });

  it('did nothing that the policies forbid, asked no one else for anything, and named nobody in the address or the title', () => {
    expect(watched.violations).toEqual([]);
    expect(watched.requests.filter((url) => !url.startsWith(site.url) && !url.startsWith('blob:') && !url.startsWith('data:'))).toEqual([]);
    expect(page.url()).not.toMatch(/Lena|%E9|cart/);
  });
});
