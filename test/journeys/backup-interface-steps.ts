// Steps of backups through the interface of the built app, in English, as a person takes them.
import axe from 'axe-core';
import type { BrowserContext, Locator, Page } from 'playwright';

export interface Account {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export const main = (page: Page): Locator => page.getByRole('main');

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  main(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .click();

/** What axe finds serious or critical on the screen as it is now, as rule and element. */
export async function graveFaults(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] });
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`);
  });
}

/** The first two of the three steps, to the one that asks for a secret; gives the doctor's steps with their outcomes. */
export async function connect(page: Page, drive: Account, look: () => Promise<void>): Promise<readonly string[]> {
  await page.getByRole('radio', { name: /^WebDAV/ }).check();
  await look();
  await press(page, 'Next');
  await page.getByLabel('Address of the folder').fill(drive.url);
  await page.getByLabel('User name').fill(drive.username);
  await page.getByLabel('Password', { exact: true }).fill(drive.password);
  await press(page, 'Test the connection');
  await page
    .getByRole('status')
    .filter({ hasText: /Everything that a backup needs works|Backups work here/ })
    .waitFor();
  await look();
  const steps = await page.getByRole('list', { name: 'Connection doctor' }).getByRole('listitem').allInnerTexts();
  await press(page, 'Next');
  return steps;
}

/** Headless Chromium has no dialog to choose a folder in: a real one, of the origin's own, is chosen. */
export function offerFolder(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const choose = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('My backup', { create: true });
    Object.assign(globalThis, { showDirectoryPicker: choose });
  });
}

/** The first two of the three steps with the folder that `offerFolder` offers, to the end of the doctor's. */
export async function chooseFolder(page: Page): Promise<void> {
  await page.getByRole('radio', { name: /^Folder/ }).check();
  await press(page, 'Next');
  await press(page, 'Choose a folder');
  await main(page).getByText('Everything that a backup needs works.').waitFor();
}

/** The last of the three steps for a new backup. */
export async function giveSecret(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Passphrase for the backup').fill(passphrase);
  await page.getByLabel('The passphrase again').fill(passphrase);
  await press(page, 'Set up the backup');
}

/** Reads the words off the sheet, and enters the three that are asked for; gives all of them. */
export async function copyRecoveryWords(page: Page, look: () => Promise<void>): Promise<readonly string[]> {
  await press(page, 'Make the words');
  const listed = main(page).locator('[translate=no]');
  await listed.first().waitFor();
  const words = await listed.allInnerTexts();
  await look();
  await press(page, 'I have it on paper');
  await page.getByRole('heading', { name: 'Three of the words' }).waitFor();
  await look();
  for (const field of await main(page).locator('input[data-place]').all())
    await field.fill(words[Number(await field.getAttribute('data-place'))] ?? '');
  await press(page, 'Make them a key');
  await page.getByRole('heading', { name: 'The words on your paper now open the backup' }).waitFor({ timeout: 30_000 });
  return words;
}

/** The value beside a term, on the card that is open. */
export const factOf = (page: Page, term: string): Promise<string> =>
  main(page)
    .locator('dt')
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator('xpath=following-sibling::dd[1]')
    .first()
    .innerText();
