// What belongs together, through the interface of the built app: an address book names a number, two conversations are joined
// and separated, and an original archive is kept, saved byte for byte and removed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { chooseFiles, conversationRow, goToImport, messageWith, openConversation, search, takeButton } from './interface';
import type { Site } from './serve';

const number = '+86 138 0013 8000';
const first = `01/06/2025, 10:00 - ${number}: The bicycle is in the cellar
01/06/2025, 10:01 - Jon: Thank you, I found it there
01/06/2025, 10:02 - ${number}: The key is under the flower pot
`;
const second = `${first}01/06/2025, 10:09 - Jon: Both wheels are flat
`;
const book = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ida Sommer\r\nTEL;TYPE=CELL:138-0013-8000\r\nTEL:+86 10 6552 9988\r\nEND:VCARD\r\n';

const path = (name: string): string => join(folder, name);
const firstFile = `WhatsApp Chat with ${number}.txt`;
let app: OpenedApp;
let page: Page;
let site: Site;
let folder: string;

beforeAll(async () => {
  app = await openApp({ [firstFile]: first, 'WhatsApp Chat with Cellar.txt': second, 'contacts.vcf': book });
  ({ page, site, folder } = app);
});

afterAll(() => app.close());

describe('what belongs together', () => {
  it('keeps the original of a chat, saves it byte for byte and removes it', async () => {
    await chooseFiles(page, path(firstFile));
    await page.getByRole('checkbox', { name: /^Keep the original archive too, sealed \(/ }).check();
    await page.getByRole('checkbox', { name: 'Let it travel in backups' }).waitFor();
    await takeButton(page).click();
    await page.getByRole('link', { name: 'Whole receipt' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Save file ${firstFile}` }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toBe(first);
    await page.getByRole('button', { name: 'Remove the original' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the original' }).click();
    await page.getByText('The original was removed. Messages and media stay.').waitFor();
    await page.getByRole('heading', { name: 'The original archive' }).waitFor({ state: 'detached' });
  });

  it('names a number by the contacts, and leaves the number visible', async () => {
    await conversationRow(page, number).waitFor();
    await goToImport(page, site.url);
    await chooseFiles(page, path('contacts.vcf'));
    await page.getByText('2 numbers and addresses with a name').waitFor();
    const country = page.getByLabel('Numbers without a country code are from');
    expect(await country.inputValue()).toBe('CN');
    await takeButton(page).click();
    await page.getByRole('heading', { name: '2 numbers and addresses have a name now' }).waitFor();
    await openConversation(page, 'Ida Sommer');
    await page.getByRole('button', { name: 'Conversation menu' }).click();
    await page.getByRole('menuitem', { name: 'Details of the conversation' }).click();
    await page.getByRole('complementary', { name: 'Details' }).getByText(number).waitFor();
    await search(page, 'from:"Ida Sommer" flower', '1 hit');
  });

  it('joins another conversation, shows each message once, and separates both again', async () => {
    await goToImport(page, site.url);
    await chooseFiles(page, path('WhatsApp Chat with Cellar.txt'));
    await page.getByLabel('Which conversation it continues').selectOption('new');
    await takeButton(page).click();
    await page.getByRole('heading', { name: '4 new messages' }).waitFor();
    await search(page, 'bicycle', '2 hits');
    await page.keyboard.press('Escape');
    await page.goto(`${site.url}#/`);
    await openConversation(page, 'Ida Sommer');
    await page.getByRole('button', { name: 'Conversation menu' }).click();
    await page.getByRole('menuitem', { name: 'Join with another conversation…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Join with another conversation' });
    await dialog.getByLabel('Find a conversation').fill('cell');
    await dialog.getByRole('button', { name: /^Cellar/ }).click();
    await dialog.getByText('3 messages are in both').waitFor();
    expect(await dialog.getByRole('status').innerText()).toContain('1 only in Cellar');
    await dialog.getByRole('button', { name: 'Join', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await conversationRow(page, 'Cellar').waitFor({ state: 'detached' });
    await messageWith(page, 'Both wheels are flat').waitFor();
    expect(await page.getByRole('region', { name: 'Messages' }).locator('article').count()).toBe(4);
    await search(page, 'bicycle', '1 hit');
    await page.keyboard.press('Escape');
    await page.goto(`${site.url}#/`);
    await openConversation(page, 'Ida Sommer');
    await page.getByRole('button', { name: 'Conversation menu' }).click();
    await page.getByRole('menuitem', { name: 'Separate again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Separate', exact: true }).click();
    await conversationRow(page, 'Cellar').waitFor();
    await search(page, 'bicycle', '2 hits');
  });

  it('takes the names away with the undo of the contacts', async () => {
    await page.goto(`${site.url}#/receipts`);
    await page
      .getByRole('main')
      .getByRole('link', { name: /contacts\.vcf/ })
      .click();
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click();
    await conversationRow(page, number).waitFor();
  });
});
