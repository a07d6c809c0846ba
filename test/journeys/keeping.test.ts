// Bookmarks in the built app: a real right click, a note and tags, found again in the list, by search and after a reload.
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { goToImport, importFiles } from './interface';

const chat = `01/06/2025, 10:00 - Ida: The bicycle is in the cellar 🚲
01/06/2025, 10:01 - Jon: Thank you, I found the bicycle
02/06/2025, 23:59 - Ida: Good night
`;
let app: OpenedApp;
let page: Page;

beforeAll(async () => {
  app = await openApp({ 'WhatsApp Chat with Ida.txt': chat });
  ({ page } = app);
  await goToImport(page, app.site.url);
  await importFiles(page, join(app.folder, 'WhatsApp Chat with Ida.txt'));
});

afterAll(() => app.close());

it('keeps a note and tags on a message, and finds it again', async () => {
  await page.goto(`${app.site.url}#/`);
  await page.getByRole('navigation').getByRole('link', { name: /Ida/ }).click();
  const message = page.getByRole('article').filter({ hasText: 'in the cellar' });
  await message.getByText('in the cellar').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Add a note' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('behind the winter clothes');
  await page.getByRole('textbox', { name: 'Tags' }).fill('Home');
  await page.getByRole('button', { name: 'Keep' }).click();
  await message.getByRole('note', { name: 'Your note' }).waitFor();

  // Another tab that shows the conversation hears of it, as of what is changed there.
  const other = await app.context.newPage();
  await other.goto(page.url());
  const there = other.getByRole('article').filter({ hasText: 'in the cellar' });
  await there.getByRole('note', { name: 'Your note' }).waitFor();
  const plain = 'Good night';
  await page.getByText(plain).last().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Bookmark', exact: true }).click();
  const bookmark = other.getByRole('article').filter({ hasText: plain }).getByRole('img', { name: 'Bookmarked' }); // prettier-ignore
  await bookmark.waitFor();
  await page.getByText(plain).last().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Remove bookmark' }).click();
  await bookmark.waitFor({ state: 'detached' });
  await other.close();

  await page.reload();
  await message.getByRole('note', { name: 'Your note' }).waitFor();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Bookmarks and notes' }).click();
  await page.getByRole('main').getByRole('article').waitFor();
  expect(await page.getByRole('main').getByRole('article').innerText()).toMatch(
    /Ida[^]*in the cellar[^]*behind the winter clothes[^]*#Home/,
  );

  await page.keyboard.press('/');
  const field = page.locator('[data-search-field]');
  for (const query of ['tag:home', 'winter', 'has:note -bookmark']) {
    await field.fill(query);
    await page.getByRole('search').getByText('behind the winter clothes').waitFor();
    expect(await page.getByRole('search').locator('ol').getByRole('listitem').count()).toBe(1);
  }
  await page.getByRole('search').locator('ol').getByRole('button', { name: /in the cellar/ }).click(); // prettier-ignore
  await page.waitForURL(/#\/c\/[^/]+\/\d+$/);
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});
