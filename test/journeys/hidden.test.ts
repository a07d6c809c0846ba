// Hidden conversations in the built app: nowhere until they are shown, behind the passphrase where there is one, and hidden again by
// hand, by the lock and when the tab was out of sight. The hidden one is named and worded by words that exist nowhere else.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { graveFaults, main, press } from './backup-interface-steps';
import { conversationRow, goToImport, importFiles, lockField, messageWith, openConversation, search, unlock } from './interface';

const passphrase = 'four words, well kept';
const secrets = /Quaxolith|Vembuzzard|zorptangle/;
const today = new Date('2026-05-14T12:00:00+02:00');
const hidden = `14/05/2024, 10:00 - Vembuzzard: the zorptangle is in bloom
14/05/2024, 10:01 - Jon: a second zorptangle at https://example.org/zorptangle
`;
const plain = `14/05/2024, 09:00 - Mara: The map is on the table
15/05/2024, 09:00 - Jon: Thank you
`;
let app: OpenedApp;
let page: Page;
/** The address of the conversation that is hidden, such as `c/ab12`. */
let id: string;

beforeAll(async () => {
  app = await openApp({ 'WhatsApp Chat with Quaxolith.txt': hidden, 'WhatsApp Chat with Mara.txt': plain });
  ({ page } = app);
  await page.clock.setFixedTime(today);
  for (const name of ['Quaxolith', 'Mara']) {
    await goToImport(page, app.site.url);
    await importFiles(page, join(app.folder, `WhatsApp Chat with ${name}.txt`));
  }
  await openConversation(page, 'Quaxolith');
  await messageWith(page, 'the zorptangle is in bloom').waitFor();
  id = /#\/c\/([^/]+)/.exec(page.url())?.[1] ?? '';
});

afterAll(() => app.close());

const recent = (query: string) => page.getByRole('search').getByRole('button', { name: new RegExp(`^${query}`) });
const strip = () => page.getByText('Hidden conversations are shown.');
const settings = (): Promise<unknown> => page.evaluate(() => void (location.hash = '#/settings'));
const everything = (): Promise<string> => page.evaluate(() => document.documentElement.outerHTML);

/** Asks for the screen and waits for what it shows when it is done. */
async function expectNothingAt(hash: string, done: string | RegExp): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), hash);
  await page.getByText(done).first().waitFor();
  expect(await everything(), hash).not.toMatch(secrets);
}

async function expectNowhere(): Promise<void> {
  await conversationRow(page, 'Mara').waitFor();
  await conversationRow(page, 'Quaxolith').waitFor({ state: 'detached' });
  await expectNothingAt(`#/c/${id}`, 'Choose a conversation');
  await expectNothingAt(`#/c/${id}/1`, 'Choose a conversation');
  await expectNothingAt('#/memories', 'The map is on the table');
  await expectNothingAt('#/people', 'Mara');
  await expectNothingAt('#/kept', 'Nothing kept yet');
  await expectNothingAt(`#/kept/${id}`, 'Nothing kept yet');
  await expectNothingAt('#/statistics', 'Most days in a row');
  await expectNothingAt(`#/statistics/${id}`, 'Mara');
  await expectNothingAt('#/receipts', 'WhatsApp Chat with Mara.txt');
  await expectNothingAt(`#/gallery/${id}`, 'Mara');
  await settings();
  await page.getByText('conversation is hidden', { exact: false }).waitFor();
  expect(await everything()).not.toMatch(secrets);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('Quax');
  await page.getByText('Nothing has this in its name.').waitFor();
  await page.keyboard.press('Escape');
  for (const query of ['zorptangle', 'from:Vembuzzard', 'in:Quaxolith', 'Quaxolith']) await search(page, query, '0 hits');
  await page.getByRole('combobox', { name: 'Search' }).fill('');
  await page.getByText('Keep recent searches').waitFor();
  expect(await recent('bloom').count()).toBe(0);
  expect(await page.getByRole('listbox').allInnerTexts().then(String)).not.toMatch(secrets);
}

it('are nowhere once hidden, and without a passphrase it is said that anybody can show them', async () => {
  await search(page, 'zorptangle', '2 hits');
  await page.getByRole('button', { name: 'Search in this conversation' }).click();
  await page.getByRole('combobox', { name: 'Search' }).fill('bloom');
  await page.getByRole('search').getByRole('status').filter({ hasText: '1 hit' }).waitFor(); // prettier-ignore
  await page.getByRole('list', { name: 'Hits' }).getByRole('button').first().click();
  await page.getByRole('combobox', { name: 'Search' }).fill('');
  await recent('bloom').waitFor();
  await press(page, 'Conversation menu');
  await page.getByRole('menuitem', { name: 'Hide', exact: true }).click();
  await page.getByText('There is no passphrase: whoever opens this browser can show it in the settings.').waitFor();
  await page.reload();
  await expectNowhere();
  await settings();
  await page.getByText('There is no passphrase: whoever opens this browser can show them too.').waitFor();
  expect(await graveFaults(page)).toEqual([]);
});

it('are not among all messages that are written in the clear', async () => {
  // A dialog of the system cannot be driven: as in Firefox, the file becomes a download.
  await app.context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.reload();
  await settings();
  await page.getByText('All conversations but hidden ones', { exact: false }).waitFor();
  await press(page, 'Export…');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Format').selectOption('jsonl');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  expect(text).toContain('The map is on the table');
  expect(text).not.toMatch(secrets);
  await dialog.getByRole('button', { name: 'It is there: remove the copy' }).click();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

it('are shown to whoever asks where there is no passphrase, until the tab was out of sight for long', async () => {
  await press(page, 'Show for now');
  await strip().waitFor();
  await openConversation(page, 'Quaxolith');
  await search(page, 'zorptangle', '2 hits');
  expect(await graveFaults(page)).toEqual([]);
  const turn = (away: boolean): Promise<void> =>
    page.evaluate((isAway) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => isAway });
      document.dispatchEvent(new Event('visibilitychange'));
    }, away);
  await turn(true);
  await page.clock.setFixedTime(new Date(today.getTime() + 4 * 60_000));
  await turn(false);
  await strip().waitFor();
  await turn(true);
  await page.clock.setFixedTime(new Date(today.getTime() + 10 * 60_000));
  await turn(false);
  await strip().waitFor({ state: 'detached' });
  await page.clock.setFixedTime(today);
  await expectNowhere();
});

it('are shown for the passphrase only, and hidden again by hand and by the lock', async () => {
  await settings();
  await main(page).getByRole('button', { name: 'Set a passphrase' }).last().click();
  const setting = page.getByRole('dialog', { name: 'Set a passphrase' });
  await setting.getByLabel('New passphrase', { exact: true }).fill(passphrase);
  await setting.getByLabel('New passphrase again').fill(passphrase);
  await setting.getByRole('button', { name: 'Set a passphrase' }).click();
  await setting.waitFor({ state: 'detached', timeout: 60_000 });

  await press(page, 'Show for now');
  const asking = page.getByRole('dialog', { name: 'Show hidden conversations' });
  const field = asking.getByLabel('Passphrase', { exact: true });
  await field.fill('not at all this one');
  await page.keyboard.press('Enter');
  await asking.getByText('The passphrase does not match.', { exact: false }).waitFor();
  expect(await everything()).not.toMatch(secrets);
  expect(await graveFaults(page)).toEqual([]);
  await field.fill(passphrase);
  await page.keyboard.press('Enter');
  await asking.waitFor({ state: 'detached' });
  await search(page, 'zorptangle', '2 hits');
  for (const [hash, shown] of [
    [`#/c/${id}`, 'the zorptangle is in bloom'],
    [`#/statistics/${id}`, 'Vembuzzard'],
    [`#/gallery/${id}`, 'Quaxolith'],
    ['#/receipts', 'WhatsApp Chat with Quaxolith.txt'],
  ] as const) {
    await page.evaluate((to) => void (location.hash = to), hash);
    await main(page).getByText(shown).first().waitFor();
  }
  await page.getByRole('button', { name: 'Hide again' }).click();
  await strip().waitFor({ state: 'detached' });
  await expect.poll(everything, { timeout: 30_000 }).not.toMatch(secrets);
  await expectNowhere();

  await settings();
  await press(page, 'Show for now');
  await field.fill(passphrase);
  await page.keyboard.press('Enter');
  await page.evaluate((to) => void (location.hash = to), `#/statistics/${id}`);
  await main(page).getByText('Vembuzzard').first().waitFor();
  await page.getByRole('button', { name: 'Hide again' }).click();
  await strip().waitFor({ state: 'detached' });
  await expect.poll(everything, { timeout: 30_000 }).not.toMatch(secrets);

  await settings();
  await press(page, 'Show for now');
  await field.fill(passphrase);
  await page.keyboard.press('Enter');
  await conversationRow(page, 'Quaxolith').waitFor();
  await page.keyboard.press('Alt+l');
  await lockField(page).waitFor();
  await unlock(page, passphrase);
  await expectNowhere();
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});

it('come back for good when they are no longer to be hidden', async () => {
  await settings();
  await press(page, 'Show for now');
  await page.getByRole('dialog').getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await press(page, 'No longer hide');
  await strip().waitFor({ state: 'detached' });
  await page.reload();
  await unlock(page, passphrase);
  await openConversation(page, 'Quaxolith');
});
