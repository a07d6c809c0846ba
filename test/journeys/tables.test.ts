// Bring your own, through the interface of the built app: a table that nothing recognises is explained, imported and read; the
// next one with its columns is known at once; a report says nothing of what is in it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import type { Watched } from './browser';
import { chooseFiles, conversationRow, goToImport, importFiles, messageWith, openConversation, takeButton } from './interface';
import type { Site } from './serve';

const header = 'moment,room,who,words\n';
const rows = (day: number): string =>
  Array.from(
    { length: 12 },
    (_, at) => `0${day}/03/2025 10:${10 + at},Balcony,${at % 2 === 0 ? 'Ida' : 'Jon'},Bed ${day}.${at} is watered\n`,
  ).join('');
let app: OpenedApp;
let page: Page;
let site: Site;
let watched: Watched;
let folder: string;

beforeAll(async () => {
  app = await openApp({
    'garden.csv': header + rows(1) + rows(2),
    'later.csv': header + rows(2) + rows(3),
    'diary.txt': 'Dear diary, 12 eggs.\n',
  });
  ({ page, site, watched, folder } = app);
});

afterAll(() => app.close());

const column = (name: string) => page.getByRole('combobox', { name, exact: true });
const use = () => page.getByRole('button', { name: 'Use these columns' });
const status = () => page.getByRole('main').getByRole('status');

describe('a table that nothing recognises', () => {
  it('is said to be one, without a word of it', async () => {
    await page.locator('input[type="file"][multiple]').setInputFiles([join(folder, 'garden.csv'), join(folder, 'diary.txt')]);
    await page.getByText('Nothing here was recognised').waitFor();
    await page.getByText('garden.csv', { exact: true }).waitFor();
    await page.getByText('Report', { exact: true }).click();
    const report = await page.locator('main pre').last().innerText();
    expect(report).toContain('00/00/0000 00:00,xxxxxxx,xxx,xxx 0.0 xx xxxxxxx');
    expect(report).toContain('xxxx xxxxx, 00 xxxx.');
    expect(report).not.toMatch(/Ida|Jon|Balcony|water|diary|garden/i);
  });

  it('is explained with the keyboard, and its messages follow', async () => {
    await page.getByRole('button', { name: 'Choose the columns' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What are the columns of garden.csv?' }).waitFor();
    await page.getByText('24 of the first 24 rows become messages').waitFor();
    expect(await column('Time').inputValue()).toBe('moment');
    expect(await column('Conversation').inputValue()).toBe('room');
    // Read as months the second of March is the third of February: both rise, so it has to be looked at.
    await column('How times are written').selectOption('DMY');
    await column('Sender').selectOption('who');
    await column('Text').selectOption('words');
    await page.getByRole('list', { name: 'The first messages' }).getByText('Ida').first().waitFor();
    await column('Time').selectOption('words');
    await page.getByText('No row becomes a message yet').waitFor();
    expect(await use().isDisabled()).toBe(true);
    await column('Time').selectOption('moment');
    await column('How times are written').selectOption('DMY');
    await page.getByText('1 March 2025').first().waitFor();
    expect(await status().first().innerText()).toBe('24 of the first 24 rows become messages');
  });

  it('has its columns saved as a file that opens again', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the columns as a file' }).click(),
    ]);
    const path = join(folder, 'columns.json');
    await download.saveAs(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ format: 'camphor-columns', roles: { time: 'moment', sender: 'who' } });
    await column('Sender').selectOption('');
    await page.getByLabel('Open a file of columns').setInputFiles(path);
    await page.waitForFunction(() => [...document.querySelectorAll('select')].some((select) => select.value === 'who'));
    await page.getByLabel('Open a file of columns').setInputFiles(join(folder, 'diary.txt'));
    await page.getByText('holds no columns that Camphor saved').waitFor();
  });

  it('is imported as what it was said to be', async () => {
    await use().click();
    await page.getByRole('heading', { name: 'This is what is in it' }).waitFor();
    await page.getByRole('radio', { name: 'Ida' }).check();
    await takeButton(page).click();
    await page.getByRole('heading', { name: '24 new messages' }).waitFor();
    await conversationRow(page, 'Balcony').waitFor();
    await openConversation(page, 'Balcony');
    await messageWith(page, 'Bed 2.11 is watered').waitFor();
  });

  it('makes the next file with its columns known at once, and counts what is new', async () => {
    await goToImport(page, site.url);
    await chooseFiles(page, join(folder, 'later.csv'));
    await page.getByText('Read by the columns that you chose.').waitFor();
    await page.getByRole('button', { name: 'Change the columns' }).click();
    await page.getByRole('button', { name: 'Back', exact: true }).last().click();
    await takeButton(page).click();
    await page.getByRole('heading', { name: '12 new messages' }).waitFor();
  });

  it('leaves other archives to their importers, and no complaint of the page', async () => {
    await goToImport(page, site.url);
    expect(await importFiles(page, join(inject('appFolder'), 'demo.zip'))).toBe('101 new messages');
    expect(watched.violations).toEqual([]);
    expect(watched.errors).toEqual([]);
    expect(watched.requests.filter((url) => new URL(url.replace(/^blob:/, '')).origin !== new URL(site.url).origin)).toEqual([]);
  });
});
