// Searching in the built app: months are brushed by mouse and keys, groups and days opened, similar spelling and pinyin find what
// only they find, and a saved search and the recent ones are there again after a lock and a reload.
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { goToImport, importFiles, search } from './interface';
import type { Site } from './serve';

/** One message about wine a month from January 2020 to December 2024: sixty. */
const ida = Array.from({ length: 60 }, (_, month) => {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `15/${two((month % 12) + 1)}/${2020 + Math.floor(month / 12)}, 10:00 - ${month % 2 === 0 ? 'Ida' : 'Jon'}: wine number ${month}\n`;
}).join('');
const kim = `15/03/2023, 08:00 - Kim: 晚上吃火锅吗
15/03/2023, 08:02 - Jon: The bicycle is in the cellar
16/03/2023, 09:00 - Kim: no wine today
`;
let app: OpenedApp;
let page: Page;
let site: Site;
let folder: string;

beforeAll(async () => {
  app = await openApp({ 'WhatsApp Chat with Ida.txt': ida, 'WhatsApp Chat with Kim.txt': kim }, 'Asia/Shanghai');
  ({ page, site, folder } = app);
  for (const name of ['WhatsApp Chat with Ida.txt', 'WhatsApp Chat with Kim.txt']) {
    await goToImport(page, site.url);
    await importFiles(page, join(folder, name));
  }
});

afterAll(() => app.close());

const field = (): Locator => page.getByRole('combobox', { name: 'Search' });
const count = (words: string): Promise<void> =>
  page
    .getByRole('search')
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${words}$`) })
    .waitFor();
const histogram = (): Locator => page.getByRole('group', { name: 'Hits by month' });
const handle = (name: string): Locator => histogram().getByRole('slider', { name });
const hits = (): Locator => page.getByRole('list', { name: 'Hits', exact: true }).getByRole('listitem');

describe('searching', () => {
  it('counts hits by month, and narrows to months by keys and by dragging', async () => {
    await search(page, 'wine', '61 hits');
    await histogram().getByText('January 2020 to December 2024, 61 hits').waitFor();
    await handle('First month').focus();
    for (let year = 0; year < 3; year++) await page.keyboard.press('PageUp');
    expect(await handle('First month').getAttribute('aria-valuetext')).toBe('January 2023');
    await count('25 hits');
    expect(await field().inputValue()).toBe('during:2023-01..2024-12 wine');
    await histogram().getByText('January 2023 to December 2024, 25 hits').waitFor();
    const plot = await histogram().locator('[data-months]').boundingBox();
    if (plot === null) throw new Error('nothing is drawn');
    // Sixty columns: from the middle of the eleventh to that of the fourteenth.
    const middleOf = (month: number): number => plot.x + ((month + 0.5) / 60) * plot.width;
    await page.mouse.move(middleOf(10), plot.y + 20);
    await page.mouse.down();
    await page.mouse.move(middleOf(13), plot.y + 20, { steps: 4 });
    await page.mouse.up();
    await count('4 hits');
    expect(await field().inputValue()).toBe('during:2020-11..2021-02 wine');
    await histogram().getByRole('button', { name: 'All months' }).click();
    await count('61 hits');
  });

  it('groups by conversation and by time', async () => {
    await page.getByRole('button', { name: 'By time' }).click();
    const groups = page.getByRole('list', { name: 'Groups of hits' }).getByRole('button');
    expect(await groups.allInnerTexts()).toEqual(['2024\n12', '2023\n13', '2022\n12', '2021\n12', '2020\n12']);
    await page.getByRole('button', { name: 'By conversation' }).click();
    await groups.filter({ hasText: 'Ida' }).waitFor();
    expect(await groups.allInnerTexts()).toEqual(['Ida\n60', 'Kim\n1']);
    await groups.filter({ hasText: 'Kim' }).click();
    await count('1 hit');
    await page.getByRole('button', { name: 'Only in Kim' }).click();
    await count('61 hits');
  });

  it('finds everything of a day from a hit, and the days beside it', async () => {
    await search(page, 'wine number 38', '1 hit');
    await hits().first().hover();
    await page.getByRole('button', { name: 'Hit menu' }).click();
    await page.getByRole('menuitem', { name: 'Everything of this day' }).click();
    await count('3 hits');
    expect(await field().inputValue()).toBe('on:2023-03-15');
    await page.getByRole('button', { name: 'The day after' }).click();
    await count('1 hit');
    // The count comes with the first update, the hit is drawn a moment later.
    await hits().filter({ hasText: 'no wine today' }).waitFor();
  });

  it('finds by similar spelling and by pinyin what nothing else finds', async () => {
    await search(page, 'bicycel', '0 hits');
    await page.getByRole('button', { name: 'Similar spelling' }).click();
    await count('1 hit');
    expect(await hits().locator('mark').allInnerTexts()).toEqual(['bicycle']);
    await page.getByRole('button', { name: 'Similar spelling' }).click();
    await search(page, 'huoguo', '0 hits');
    await page.getByRole('button', { name: 'By pinyin' }).click();
    await count('1 hit');
    expect(await hits().locator('mark').allInnerTexts()).toEqual(['火锅']);
    await page.getByRole('button', { name: 'By pinyin' }).click();
  });

  it('shows where a pattern cannot be read', async () => {
    await field().fill('wine /(a/');
    await page.getByText('Here, at character 7.').waitFor();
    expect(await page.getByRole('search').locator('code mark').innerText()).toBe('(');
  });

  it('keeps a saved search and the recent ones over a reload, sealed', async () => {
    await search(page, 'during:2023-03 wine', '2 hits');
    await page.getByRole('button', { name: 'Save this search' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save this search' });
    await dialog.getByLabel('Name').fill('Wine that March');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The search is saved.').waitFor();
    await hits().first().getByRole('button').first().click();
    await page.goto(`${site.url}#/search`);
    await page.reload();
    await field().waitFor();
    const recent = page.getByRole('region', { name: 'Recent searches' }).getByRole('listitem');
    await recent.first().waitFor();
    expect(await recent.first().innerText()).toContain('during:2023-03 wine');
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(stored).not.toMatch(/wine/i);
    await page.getByRole('region', { name: 'Saved searches' }).getByRole('button', { name: 'Wine that March' }).first().click();
    await count('2 hits');
    expect(await field().inputValue()).toBe('during:2023-03 wine');
  });
});
