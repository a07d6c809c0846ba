// Statistics in the built app: from the menu, over two imported conversations, with the table behind a chart and the words.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { goToImport, importFiles } from './interface';
import type { Site } from './serve';

const ida = `01/06/2025, 10:00 - Ida: The bicycle is in the cellar 🚲
01/06/2025, 10:01 - Jon: Thank you, I found the bicycle
02/06/2025, 23:59 - Ida: Good night
`;
const tea = `03/06/2025, 08:00 - Kim: 火锅好了
03/06/2025, 08:02 - Jon: 火锅真好吃
`;
let app: OpenedApp;
let page: Page;
let site: Site;
let folder: string;

beforeAll(async () => {
  app = await openApp({ 'WhatsApp Chat with Ida.txt': ida, 'WhatsApp Chat with Kim.txt': tea });
  ({ page, site, folder } = app);
  for (const name of ['WhatsApp Chat with Ida.txt', 'WhatsApp Chat with Kim.txt']) {
    await goToImport(page, site.url);
    await importFiles(page, join(folder, name));
  }
});

afterAll(() => app.close());

const bars = (name: string): Promise<string[]> => page.getByRole('list', { name, exact: true }).locator('li').allInnerTexts();
const inOneLine = (texts: readonly string[]): string[] => texts.map((text) => text.replace(/\s+/g, ' ').trim());

describe('statistics', () => {
  it('of all conversations count messages, people, days and hours, with a table behind each chart', async () => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'Statistics' }).click();
    await page.getByRole('heading', { name: 'Statistics', level: 1 }).waitFor();
    await page.getByText('Most days in a row').waitFor();
    expect(await page.locator('dl').first().innerText()).toMatch(/Messages\s+5\s+Days with messages\s+3\s+/);
    // Jon wrote in both conversations, and answered Ida after one minute and Kim after two.
    expect(inOneLine(await bars('Who wrote'))[0]).toMatch(/^(?:Jon 2|Ida 2|Jon 1)/);
    expect(inOneLine(await bars('Where'))).toEqual(['Ida 3', 'Kim 2']);
    const hours = page.locator('section').filter({ has: page.getByRole('heading', { name: 'By weekday and hour' }) });
    await hours.getByText('As a table').click();
    // The rows are drawn once the browser says that it is open.
    await hours.locator('tbody tr').first().waitFor();
    expect(inOneLine(await hours.locator('tbody tr').allInnerTexts())).toEqual(['Monday 23:00 1', 'Tuesday 08:00 2', 'Sunday 10:00 2']);
  });

  it('count the words of both scripts when asked', async () => {
    // Begins anew, so that a second try does not find what a first one left.
    await page.reload();
    await page.getByRole('button', { name: 'Count words' }).click();
    const words = page.getByRole('list', { name: 'Word', exact: true });
    await words.waitFor();
    expect(inOneLine(await words.locator('li').allInnerTexts())).toEqual(expect.arrayContaining(['bicycle 2', '火锅 2']));
    expect(inOneLine(await bars('Emoji'))).toEqual(['🚲 1']);
  });

  it('of one conversation are found from its bar, and change when more is imported', async () => {
    await page.getByRole('list', { name: 'Where' }).getByRole('link', { name: 'Ida' }).click();
    const facts = page.locator('main dl').first();
    await expect.poll(() => facts.innerText(), { timeout: 60_000 }).toMatch(/Messages\s+3\s+Days with messages\s+2\s+/);
    const address = page.url();
    writeFileSync(join(folder, 'WhatsApp Chat with Ida.txt'), `${ida}03/06/2025, 09:00 - Jon: Good morning\n`);
    await goToImport(page, site.url);
    await importFiles(page, join(folder, 'WhatsApp Chat with Ida.txt'));
    await page.goto(address);
    await expect.poll(() => facts.innerText(), { timeout: 60_000 }).toMatch(/Messages\s+4\s+Days with messages\s+3\s+/);
  });
});
