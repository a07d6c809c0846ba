// Backups through the interface of the built app, as a person does it, on a real WebDAV server: a drive in three steps, recovery
// words, a first backup, its history, its care; then another device that has nothing but the address and the passphrase.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApache } from '../interop/servers/apache';
import type { RunningServer } from '../interop/servers/server-process';
import { withoutHashes } from './asset-names';
import { type Account, connect, copyRecoveryWords, factOf, giveSecret, graveFaults, main, press } from './backup-interface-steps';
import { launchChromium, type Watched, watch } from './browser';
import { conversationRow, messageWith, noteShown, openConversation, type Shown, takeButton } from './interface';
import { serveSite, type Site } from './serve';

const passphrase = 'seven quiet moths over snow';
/** Names of the archive, and what opens the drive and the backup. */
const secretWords = /Lena|周末爬山|妈妈|林夏|饭团|moths|attic-canary|canary-7Qx|%E[4-9]/i;

interface Device {
  readonly page: Page;
  readonly watched: Watched;
  readonly shown: Shown;
}

let browser: Browser;
let site: Site;
let server: RunningServer;
let drive: Account;
let first: Device;
let second: Device;
/** Screens that axe has looked at. */
const looked: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite(inject('appFolder'), { headers: true });
  const account = { username: 'attic-canary', password: 'drive-canary-7Qx' };
  server = await startApache({ origin: new URL(site.url).origin, ...account });
  drive = { url: `${server.url}chest/`, ...account };
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await site.close();
});

async function newDevice(): Promise<Device> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  const watched = await watch(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const shown = await noteShown(page);
  await page.goto(site.url);
  return { page, watched, shown };
}

/** The screen as it is has no grave fault of accessibility. */
async function look(page: Page, screen: string): Promise<void> {
  expect(await graveFaults(page), screen).toEqual([]);
  looked.push(screen);
}

async function openLink(page: Page, name: RegExp): Promise<void> {
  await main(page).getByRole('link', { name }).click();
}

async function widthOfPicture(page: Page, caption: string): Promise<number> {
  const picture = messageWith(page, caption).locator('img');
  return picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
}

describe('a device with conversations', () => {
  it('sets up a drive in three steps', async () => {
    first = await newDevice();
    const { page } = first;
    await page.getByRole('button', { name: 'Try it with an invented archive' }).click();
    await takeButton(page).click();
    await page.getByRole('heading', { name: '101 new messages' }).waitFor();
    await press(page, 'Read');
    await conversationRow(page, 'Lena').waitFor();
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Backup' }).click();
    await page.getByRole('heading', { name: 'Not backed up yet' }).waitFor();
    await look(page, 'no drive');
    await press(page, 'Set up a backup');
    const steps = await connect(page, drive, () => look(page, 'connecting'));
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.filter((step) => /\b(?:fails|not tried)\b/.test(step))).toEqual([]);
    await page.getByRole('heading', { name: 'A passphrase for the new backup' }).waitFor();
    await look(page, 'secret');
    await giveSecret(page, passphrase);
    await page.getByRole('heading', { name: 'The drive is set up' }).waitFor({ timeout: 60_000 });
    await look(page, 'drive ready');
  });

  it('makes a recovery sheet, whose words are entered again', async () => {
    const { page } = first;
    await press(page, 'Make a recovery sheet');
    await look(page, 'before the sheet');
    const words = await copyRecoveryWords(page, () => look(page, 'sheet'));
    expect(new Set(words).size).toBeGreaterThan(12);
    expect(words.length).toBe(24);
    await press(page, 'Show the drive');
  });

  it('backs up: the plan first, then progress, then what was sent', async () => {
    const { page } = first;
    await press(page, 'Back up now');
    await page.getByRole('heading', { name: /^Up to .* will be sent$/ }).waitFor();
    expect(await factOf(page, 'The snapshot holds')).toBe('3 conversations · 101 messages');
    await look(page, 'plan');
    const progress = page.getByRole('progressbar').waitFor();
    await press(page, 'Back up now');
    await progress;
    await page.getByRole('heading', { name: 'Backed up and read back' }).waitFor({ timeout: 60_000 });
    expect(await factOf(page, 'Read back')).toContain('sizes of all files');
    await look(page, 'result');
    await press(page, 'Close');
  });

  it('shows the snapshot in its history, looks into it and opens a file', async () => {
    const { page } = first;
    await openLink(page, /^History 1 snapshot/);
    const row = main(page).getByRole('link', { name: /3 conversations · 101 messages/ });
    await row.waitFor();
    expect(await row.count()).toBe(1);
    await look(page, 'history');
    await row.click();
    await main(page).getByText('周末爬山').first().waitFor();
    await look(page, 'snapshot');
    await press(page, 'Open README.txt');
    const file = page.getByRole('dialog', { name: 'README.txt' });
    expect(await file.innerText()).toContain('manifest.json');
    await look(page, 'file of a snapshot');
    await page.keyboard.press('Escape');
    await file.waitFor({ state: 'detached' });
  });

  it('backs up by itself every day, verifies, and then says that it is safe', async () => {
    const { page } = first;
    await page.goBack();
    await page.goBack();
    await page.getByLabel('Back up by itself').selectOption({ label: 'Every week' });
    await expect.poll(() => factOf(page, 'Schedule')).toMatch(/^Every week, next in/);
    await page.getByLabel('Back up by itself').selectOption({ label: 'Every day' });
    await expect.poll(() => factOf(page, 'Schedule')).toMatch(/^Every day, next in/);
    await look(page, 'drive');
    await openLink(page, /^Check and verify/);
    await page.getByLabel('How much').selectOption({ label: 'Everything; the whole backup is downloaded' });
    await press(page, 'Verify now');
    await page.getByRole('heading', { name: 'Everything that was read is whole' }).waitFor({ timeout: 60_000 });
    await page.getByRole('heading', { name: /^Verified .*100\s?% of it re-read$/ }).waitFor();
    await look(page, 'health');
    await page.goBack();
    await page.getByRole('heading', { name: /^Safe: backed up .*, verified/ }).waitFor();
    for (const [link, heading] of [
      [/^Keys and recovery/, '2 keys open this backup'],
      [/^What is kept/, 'Tidy the drive'],
    ] as const) {
      await openLink(page, link);
      await page.getByRole('heading', { name: heading }).waitFor();
      await look(page, heading);
      await page.goBack();
    }
  });
});

describe('a device with nothing', () => {
  it('restores from address and passphrase: preview first, then messages', async () => {
    await first.page.context().close();
    second = await newDevice();
    const { page } = second;
    await press(page, 'Restore from a backup');
    await page.getByRole('heading', { name: 'Where is the backup?' }).waitFor();
    await connect(page, drive, () => look(page, 'restoring: connecting'));
    await page.getByRole('heading', { name: 'Open the backup that is there' }).waitFor();
    await look(page, 'restoring: secret');
    const field = page.getByLabel('Passphrase of the backup');
    await field.fill('not the right passphrase');
    await press(page, 'Open the backup');
    await page.getByRole('alert').filter({ hasText: 'This does not open the backup' }).waitFor({ timeout: 60_000 });
    await field.fill(passphrase);
    await press(page, 'Open the backup');
    await page.getByRole('heading', { name: /^The newest snapshot is from/ }).waitFor({ timeout: 60_000 });
    await main(page)
      .getByRole('link', { name: /101 messages/ })
      .click();
    await press(page, 'See what would come in');
    await page.getByRole('heading', { name: 'This is what is in it' }).waitFor();
    await main(page).getByText('周末爬山').first().waitFor();
    await look(page, 'restoring: preview');
    await takeButton(page).click();
    await page.getByRole('heading', { name: '101 new messages' }).waitFor();
    await look(page, 'restoring: result');
    await press(page, 'Read');
    for (const name of ['Lena', '周末爬山', '妈妈']) await conversationRow(page, name).waitFor();
  });

  it('fetches one picture where it stands, and then all', async () => {
    const { page } = second;
    await openConversation(page, 'Lena');
    const message = messageWith(page, 'The view from the kitchen table');
    await message.scrollIntoViewIfNeeded();
    await message.getByText(/^On your drive/).waitFor();
    await look(page, 'picture on the drive');
    await message.getByRole('button', { name: 'Get it' }).click();
    await message.locator('img').waitFor();
    expect(await widthOfPicture(page, 'The view from the kitchen table')).toBeGreaterThan(100);
    await openConversation(page, '周末爬山');
    const cloud = messageWith(page, '山顶！今天的云太好看了');
    await cloud.scrollIntoViewIfNeeded();
    await cloud.getByText(/^On your drive/).waitFor();
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Backup' }).click();
    await press(page, 'History');
    await press(page, 'Get all media');
    await main(page).getByText('All media are here.').waitFor();
    await look(page, 'all media');
    await openConversation(page, '周末爬山');
    await cloud.scrollIntoViewIfNeeded();
    await cloud.locator('img').waitFor();
    expect(await widthOfPicture(page, '山顶！今天的云太好看了')).toBeGreaterThan(100);
  });
});

describe('both devices', () => {
  it('did nothing that the policies forbid, asked only the site and the drive, and named nobody in the address or the title', () => {
    const allowed = new Set([new URL(site.url).origin, new URL(server.url).origin]);
    for (const { watched, shown } of [first, second]) {
      expect(watched.violations).toEqual([]);
      expect(watched.errors).toEqual([]);
      expect(watched.requests.filter((url) => !allowed.has(new URL(url.replace(/^blob:/, '')).origin))).toEqual([]);
      expect(watched.requests.filter((url) => secretWords.test(withoutHashes(url)))).toEqual([]);
      expect(watched.requests.some((url) => url.startsWith(server.url))).toBe(true);
      expect(shown.addresses.length).toBeGreaterThan(5);
      expect([...shown.addresses, ...shown.titles].filter((text) => secretWords.test(text))).toEqual([]);
    }
    expect(looked.length).toBeGreaterThan(20);
  });
});

describe('a drive that somebody empties while the app is open', () => {
  it('gets nothing more, and is told as gone', async () => {
    const { page } = second;
    const chest = join(server.folder, 'chest');
    for (const name of readdirSync(chest)) rmSync(join(chest, name), { recursive: true });
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Backup' }).click();
    await press(page, 'Back up now');
    await main(page).getByText('The backup that lay here is gone').waitFor();
    await look(page, 'drive emptied');
    await page.getByRole('heading', { name: /^The backup on .* is gone$/ }).waitFor();
    expect(readdirSync(chest, { recursive: true })).toEqual([]);
  });
});
