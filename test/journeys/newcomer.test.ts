// The way of someone who has read the README and nothing else: a chat comes in, a word of it is found, a drive is set up, a
// backup is made and verified. Every step is taken by the words on the screen, none by an address or a shortcut.
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApache } from '../interop/servers/apache';
import type { RunningServer } from '../interop/servers/server-process';
import { chooseFolder, giveSecret, main, offerFolder, press } from './backup-interface-steps';
import { launchChromium, type Watched, watch } from './browser';
import { conversationRow, importFiles, messageWith, search } from './interface';
import { serveSite, type Site } from './serve';

const chat = fileURLToPath(new URL('../samples/whatsapp/WhatsApp Chat with Bob.txt', import.meta.url));
const passphrase = 'seven quiet moths over snow';
const account = { username: 'ann', password: 'drive-canary-7Qx' };

let browser: Browser;
let site: Site;
let server: RunningServer;

beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite(inject('appFolder'), { headers: true });
  server = await startApache({ origin: new URL(site.url).origin, ...account });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await site.close();
});

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });

async function newcomer(width: number, height: number): Promise<{ readonly page: Page; readonly watched: Watched }> {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  await offerFolder(context);
  const watched = await watch(context);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(site.url);
  return { page, watched };
}

/** From the last test of a drive to the words that say it is verified. */
async function backUpAndVerify(page: Page): Promise<void> {
  await press(page, 'Next');
  await giveSecret(page, passphrase);
  await heading(page, 'The drive is set up').waitFor();
  await press(page, 'Go on to the first backup');
  await heading(page, /^Up to .* will be sent$/).waitFor();
  await press(page, 'Back up now');
  await heading(page, /^(?:Backed up|Written to the folder) and read back$/).waitFor();
  await press(page, 'Verify now');
  await heading(page, 'Everything that was read is whole').waitFor();
  await main(page)
    .getByText(/^Today, 100\s?% of it re-read$/)
    .waitFor();
}

describe('someone who has read the README', () => {
  it('tries the invented archive, then a chat of their own, and finds a message in it', async () => {
    const { page, watched } = await newcomer(1280, 800);
    await heading(page, 'Your conversations, kept.').waitFor();
    await page.getByRole('button', { name: 'Try it with an invented archive' }).click();
    await page.getByRole('button', { name: 'Import 3 archives' }).click();
    await heading(page, '101 new messages').waitFor();
    await press(page, 'Import another');
    await heading(page, 'How do I get my archive?').waitFor();
    expect(await importFiles(page, chat)).toBe('12 new messages');
    await press(page, 'Read');
    await messageWith(page, 'multi-line message').waitFor();
    await search(page, 'multi-line', '1 hit');
    await page.getByRole('search').getByText('multi-line').first().click();
    await page.getByText('Hit 1 of 1').waitFor();
    expect(watched.errors).toEqual([]);
    await page.context().close();
  });

  it('goes on from the import to a drive that is first mistyped, and verifies a backup there', async () => {
    const { page, watched } = await newcomer(1280, 800);
    await importFiles(page, chat);
    await press(page, 'Set up a backup');
    await heading(page, 'Not backed up yet').waitFor();
    await press(page, 'Set up a backup');
    await page.getByRole('radio', { name: /^WebDAV/ }).check();
    await press(page, 'Next');
    const place = new URL(server.url);
    await page.getByLabel('User name').fill(account.username);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByLabel('Address of the folder').fill(`${place.host}/elsewhere`);
    await press(page, 'Test the connection');
    await main(page).getByText('they hold for one folder').waitFor();
    await page.getByLabel('Address of the folder').fill(`${place.host}${place.pathname}chest`);
    await press(page, 'Test again');
    await main(page).getByText('Everything that a backup needs works.').waitFor();
    await backUpAndVerify(page);
    await heading(page, /^Safe: backed up today, verified today$/).waitFor();
    expect(watched.violations).toEqual([]);
    await page.context().close();
  });

  it('on a phone’s width, sets up a folder and learns what it is worth', async () => {
    const { page, watched } = await newcomer(360, 740);
    await importFiles(page, chat);
    await press(page, 'Read');
    await messageWith(page, 'multi-line message').waitFor();
    await page.goBack();
    await page.goBack();
    await conversationRow(page, 'Bob').waitFor();
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Backup' }).click();
    await press(page, 'Set up a backup');
    await chooseFolder(page);
    const steps = await page.getByRole('list', { name: 'Connection doctor' }).getByRole('listitem').allInnerTexts();
    expect(steps.filter((step) => /password|address|page in/.test(step))).toEqual([]);
    await backUpAndVerify(page);
    await heading(page, /^Written to a folder today, not yet a copy elsewhere$/).waitFor();
    expect(watched.errors).toEqual([]);
    await page.context().close();
  });
});
