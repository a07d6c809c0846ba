// An encrypted backup of an iPhone through the interface of the built app: its folder is dropped, a wrong password is refused, and of
// what the right one opens the owner chooses an app.
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { backupPassword, makeBackup } from '../intake/iphone-backup/invented-backup';
import type { Watched } from './browser';
import { conversationRow, messageWith, openConversation, takeButton } from './interface';
import type { Site } from './serve';

let app: OpenedApp;
let page: Page;
let site: Site;
let watched: Watched;
let folder: string;

beforeAll(async () => {
  // As many derivations as iOS has: some seconds.
  app = await openApp(makeBackup({ rounds: { sha256: 10_000_000, sha1: 10_000 } }));
  ({ page, site, watched, folder } = app);
  await page.goto(`${site.url}#/import`);
});

afterAll(() => app.close());

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
