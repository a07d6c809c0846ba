// Room on a device, in the built app: media that a verified backup has go from it, their small pictures stay, and each is fetched
// when it is opened.
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApache } from '../interop/servers/apache';
import type { RunningServer } from '../interop/servers/server-process';
import { type OpenedApp, openApp } from './app';
import { connect, factOf, giveSecret, graveFaults, main, press } from './backup-interface-steps';
import { messageWith, openConversation, takeButton } from './interface';

const passphrase = 'seven quiet moths over snow';
const caption = 'The view from the kitchen table';
let app: OpenedApp;
let page: Page;
let server: RunningServer;

beforeAll(async () => {
  app = await openApp({});
  ({ page } = app);
  const account = { username: 'attic', password: 'drive-canary-7Qx' };
  server = await startApache({ origin: new URL(app.site.url).origin, ...account });
  await page.getByRole('button', { name: 'Try it with an invented archive' }).click();
  await takeButton(page).click();
  await page.getByRole('heading', { name: '101 new messages' }).waitFor();
  await press(page, 'Read');
  await page.goto(`${app.site.url}#/backup/new`);
  await connect(page, { url: `${server.url}chest/`, ...account }, async () => {});
  await giveSecret(page, passphrase);
  await page.getByRole('heading', { name: 'The drive is set up' }).waitFor();
  await page.goto(`${app.site.url}#/backup`);
  await press(page, /^Manage/);
});

afterAll(async () => {
  await app.close();
  await server.stop();
});

const show = (): Promise<void> => press(page, 'Show what would go');
const mediaHere = async (): Promise<string> => {
  await page.goto(`${app.site.url}#/settings`);
  return factOf(page, 'Media');
};

it('lets nothing go before all of it is backed up and read back', async () => {
  await show();
  await main(page).getByText('Something here is not backed up yet. Back up first.').waitFor();
  await press(page, 'Back up now');
  await page.getByRole('heading', { name: /^Up to .* will be sent$/ }).waitFor();
  await press(page, 'Back up now');
  await page.getByRole('heading', { name: 'Backed up and read back' }).waitFor();
  await press(page, 'Close');
  await show();
  await main(page).getByText('This drive was never read back whole.', { exact: false }).waitFor();
  const drive = page.url();
  await main(page).getByRole('link', { name: /^Check and verify/ }).click(); // prettier-ignore
  await page.getByLabel('How much').selectOption({ label: 'Everything; the whole backup is downloaded' });
  await press(page, 'Verify now');
  await page.getByRole('heading', { name: 'Everything that was read is whole' }).waitFor();
  await page.goto(drive);
});

it('says what would go, lets it go, and keeps the small pictures', async () => {
  expect(await mediaHere()).toMatch(/^7 \((?!0 B).*\)$/);
  await page.goBack();
  await show();
  await main(page).getByText(/^7 files, /).waitFor(); // prettier-ignore
  expect(await graveFaults(page)).toEqual([]);
  await press(page, 'Remove from this device');
  await main(page).getByText(/^7 files went\. That made .* of room\.$/).waitFor(); // prettier-ignore

  await openConversation(page, 'Lena');
  const small = messageWith(page, caption).locator('img');
  await messageWith(page, caption).scrollIntoViewIfNeeded();
  await small.waitFor();
  expect(await small.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(20);
});

it('fetches a picture when it is opened', async () => {
  await messageWith(page, caption).getByRole('button', { name: /^Photo/ }).click(); // prettier-ignore
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Only the small picture is kept on this device.').waitFor();
  expect(await graveFaults(page)).toEqual([]);
  const width = (): Promise<number> => dialog.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth);
  const before = await width();
  await dialog.getByRole('button', { name: 'Get it' }).click();
  await dialog.getByText('Only the small picture').waitFor({ state: 'detached' });
  await expect.poll(width).toBeGreaterThan(before);
  await page.keyboard.press('Escape');
});

it('fetches a voice message when it is to be played, and all that is left at once', async () => {
  await page.getByRole('article').last().focus();
  await page.keyboard.press('Home');
  const voice = page.getByRole('article').filter({ has: page.getByRole('button', { name: /^(?:Voice message|Audio)/ }) }).first(); // prettier-ignore
  await voice.getByRole('button', { name: /^(?:Voice message|Audio)/ }).click();
  await page.getByRole('article').getByRole('button', { name: 'Get it' }).click();
  await page.getByRole('article').getByRole('button', { name: /^(?:Voice message|Audio)/ }).first().click(); // prettier-ignore
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0);
  await page.goto(`${app.site.url}#/backup`);
  await press(page, 'History');
  await press(page, 'Get all media');
  await main(page).getByText('All media are here.').waitFor();
  const allowed = [app.site.url, server.url].map((url) => new URL(url).origin);
  expect(app.watched.requests.filter((url) => !allowed.includes(new URL(url.replace(/^blob:/, '')).origin))).toEqual([]);
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});
