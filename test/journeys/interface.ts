// Steps through the interface of the built app, in English, as a person takes them.
import type { Locator, Page } from 'playwright';

/** Addresses and titles that a page has shown: neither may name anybody. */
export interface Shown {
  readonly addresses: string[];
  readonly titles: string[];
}

/** Notes every address, also those of the history's entries, and every title. Call before the page is opened. */
export async function noteShown(page: Page): Promise<Shown> {
  const shown: Shown = { addresses: [], titles: [] };
  page.on('framenavigated', (frame) => shown.addresses.push(frame.url()));
  await page.exposeBinding('noteTitle', (_, title: string) => void shown.titles.push(title));
  await page.addInitScript(() => {
    const note = (window as unknown as { noteTitle: (title: string) => void }).noteTitle;
    new MutationObserver(() => note(document.title)).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return shown;
}

/** Chooses files on the screen that is open and waits until the app has looked at them. */
export async function chooseFiles(page: Page, ...paths: string[]): Promise<void> {
  await page.locator('input[type="file"][multiple]').setInputFiles(paths);
  await page.getByRole('heading', { name: /^This is what is in it|archives were found/ }).waitFor();
}

/** The button that takes in what was found. */
export const takeButton = (page: Page): Locator => page.getByRole('main').getByRole('button', { name: /^Import( \d+ archives)?$/ });

/** Takes in files from the import screen (or the first one); gives the words of the result, such as `3 new messages`. */
export async function importFiles(page: Page, ...paths: string[]): Promise<string> {
  await chooseFiles(page, ...paths);
  await takeButton(page).click();
  const result = page.getByRole('heading', { name: /new messages?$|^Nothing new/ });
  await result.waitFor();
  return result.innerText();
}

/** The import screen, ready for another archive. */
export async function goToImport(page: Page, siteUrl: string): Promise<void> {
  await page.goto(`${siteUrl}#/import`);
  const another = page.getByRole('button', { name: 'Import another' });
  await another
    .or(page.getByRole('heading', { name: 'What can be imported' }))
    .first()
    .waitFor();
  if (await another.isVisible()) await another.click();
}

/** A row of the list of conversations. */
export const conversationRow = (page: Page, name: string): Locator =>
  page.locator('nav a[data-conversation]').filter({ has: page.getByText(name, { exact: true }) });

/** Opens a conversation by its row in the list. */
export async function openConversation(page: Page, name: string): Promise<void> {
  await conversationRow(page, name).click();
  await page.getByRole('region', { name: 'Messages' }).locator('article').first().waitFor();
}

/** The message that holds this text. */
export const messageWith = (page: Page, text: string): Locator =>
  page.getByRole('region', { name: 'Messages' }).locator('article').filter({ hasText: text }).first();

/** Asks for a query everywhere; waits for exactly these words on the number of hits. */
export async function search(page: Page, query: string, count: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Search' });
  if (!(await field.isVisible())) await page.getByRole('button', { name: 'Search everything' }).click();
  await field.fill(query);
  await page
    .getByRole('search')
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${count}$`) })
    .waitFor();
}

/** Sets the first passphrase on the settings screen. */
export async function setPassphrase(page: Page, siteUrl: string, passphrase: string): Promise<void> {
  await page.goto(`${siteUrl}#/settings`);
  await page.getByRole('button', { name: 'Set a passphrase' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set a passphrase' });
  await dialog.getByLabel('New passphrase', { exact: true }).fill(passphrase);
  await dialog.getByLabel('New passphrase again').fill(passphrase);
  await dialog.getByRole('button', { name: 'Set a passphrase' }).click();
  await dialog.waitFor({ state: 'detached', timeout: 60_000 });
}

/** The field of the lock screen. */
export const lockField = (page: Page): Locator => page.getByRole('main').getByLabel('Passphrase', { exact: true });

/** Opens the vault with the passphrase. */
export async function unlock(page: Page, passphrase: string): Promise<void> {
  await lockField(page).fill(passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor({ timeout: 60_000 });
}
