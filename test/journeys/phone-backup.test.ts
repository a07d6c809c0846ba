// An encrypted backup of an iPhone through the interface of the built app: its folder is dropped, a wrong password is refused, and of
// what the right one opens the owner chooses an app.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { backupPassword, makeBackup } from '../intake/iphone-backup/invented-backup';
import { launchChromium, type Watched, watch } from './browser';
import { conversationRow, messageWith, openConversation, takeButton } from './interface';
import { serveSite, type Site } from './serve';

let browser: Browser;
let site: Site;
let page: Page;
let watched: Watched;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camphor-phone-'));
  // As many derivations as iOS has: some seconds.
  for (const [path, bytes] of Object.entries(makeBackup({ rounds: { sha256: 10_000_000, sha1: 10_000 } }))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  browser = await launchChromium();
  site = await serveSite(inject('appFolder'), { headers: true });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  watched = await watch(context);
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${site.url}#/import`);
});

afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup of an iPhone', () => {
  it('asks for its password, and refuses another', async () => {
    await page.locator('input[webkitdirectory]').setInputFiles(join(folder, '00008030-INVENTED'));
    await page.getByLabel('Password of the backup').fill('not it');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('This password does not open the backup.').waitFor();
  });

  it('shows its apps, and imports the one that is chosen', async () => {
    await page.getByLabel('Password of the backup').fill(backupPassword);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('heading', { name: 'A backup of Anna’s iPhone' }).waitFor();
    await page.getByText('4 files', { exact: false }).first().waitFor();
    await page.getByText('Telegram leaves its messages out').waitFor();
    expect(await page.getByRole('checkbox', { name: 'WhatsApp' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Look into it' }).click();
    await takeButton(page).click();
    await page.getByRole('heading', { name: '4 new messages' }).waitFor();
    await page.goto(`${site.url}#/`);
    await conversationRow(page, 'Bob Berg').waitFor();
    await openConversation(page, 'Bob Berg');
    await messageWith(page, '周末爬山？').waitFor();
    expect(watched.violations).toEqual([]);
  });
});
