// A tablet that is turned, or a window made narrow and wide again, in the built app: what was half done stays as it was.
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { chooseFiles, goToImport, importFiles, messageWith, openConversation, takeButton } from './interface';

const chatOf = (year: number): string =>
  Array.from({ length: 120 }, (_, at) => {
    const day = String(1 + (at % 28)).padStart(2, '0');
    const month = String(1 + Math.floor(at / 28)).padStart(2, '0');
    return `${day}/${month}/${year}, 10:00 - Ida: Letter ${year}-${at} about the garden, the bicycle and what the neighbours said\n`;
  }).join('');
let app: OpenedApp;
let page: Page;

beforeAll(async () => {
  app = await openApp({ 'WhatsApp Chat with Ida.txt': chatOf(2024), 'WhatsApp Chat with Jon.txt': chatOf(2025) });
  ({ page } = app);
  await goToImport(page, app.site.url);
  await importFiles(page, join(app.folder, 'WhatsApp Chat with Ida.txt'));
});

afterAll(() => app.close());

/** Upright and on its side again; `look` is called in both. */
async function turn(look: () => Promise<void>): Promise<void> {
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await page.setViewportSize({ width: 800, height: 1280 });
  await list.waitFor({ state: 'detached' });
  await look();
  await page.setViewportSize({ width: 1280, height: 800 });
  await list.waitFor();
  await look();
}

it('keeps what was typed into the steps of a new drive', async () => {
  await page.goto(`${app.site.url}#/backup/new`);
  await page.getByRole('radio', { name: /^WebDAV/ }).check();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByLabel('Address of the folder').fill('https://cloud.example.org/dav/');
  await page.getByLabel('User name').fill('ida');
  await turn(async () => {
    expect(await page.getByLabel('Address of the folder').inputValue()).toBe('https://cloud.example.org/dav/');
    expect(await page.getByLabel('User name').inputValue()).toBe('ida');
    expect(await page.getByLabel('User name').evaluate((field) => field === document.activeElement)).toBe(true);
  });
});

it('keeps what was chosen in the plan of an import', async () => {
  await goToImport(page, app.site.url);
  await chooseFiles(page, join(app.folder, 'WhatsApp Chat with Jon.txt'));
  const from = page.getByRole('main').locator('input[type=date]').first();
  if (!(await from.isVisible())) await page.getByRole('main').locator('summary').first().click();
  await from.fill('2025-03-01');
  await turn(async () => {
    expect(await from.inputValue()).toBe('2025-03-01');
    expect(await takeButton(page).isVisible()).toBe(true);
  });
});

it('keeps the message that is read in its place, and what is being searched for', async () => {
  await page.goto(`${app.site.url}#/`);
  await openConversation(page, 'Ida');
  const message = messageWith(page, 'Letter 2024-90 about');
  await message.evaluate((article) => article.scrollIntoView({ block: 'start' }));
  await page.waitForTimeout(300);
  await turn(async () => expect(await message.evaluate(isSeen)).toBe(true));
  await page.keyboard.press('/');
  await page.locator('[data-search-field]').fill('bicycle');
  await page.getByRole('search').getByRole('status').filter({ hasText: '120' }).waitFor();
  await page.evaluate(() => void (location.hash = '#/search'));
  await turn(async () => expect(await page.locator('[data-search-field]').inputValue()).toBe('bicycle'));
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});

function isSeen(article: Element): boolean {
  const { top, bottom } = article.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}
