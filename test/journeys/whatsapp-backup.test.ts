// WhatsApp's encrypted backup through the interface of the built app: a wrong key typed, the right one, the chat. It is too large to be
// held, so that the confined worker decrypts and inflates it where SQLite reads.
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { modern } from '../importers/whatsapp-android/samples';
import { makeBackup, rootKeyHex } from '../intake/locks/whatsapp-builder';
import type { Watched } from './browser';
import { conversationRow, messageWith, openConversation, takeButton } from './interface';
import type { Site } from './serve';

const heldBytes = 32 << 20;
let app: OpenedApp;
let page: Page;
let site: Site;
let watched: Watched;
let folder: string;

beforeAll(async () => {
  const content = new Uint8Array(modern.length + heldBytes);
  content.set(modern);
  app = await openApp({ 'msgstore.db.crypt15': makeBackup({ form: 'crypt15', content }) });
  ({ page, site, watched, folder } = app);
});

afterAll(() => app.close());

const answer = async (text: string): Promise<void> => {
  await page.getByRole('main').getByLabel('64-digit key', { exact: true }).fill(text);
  await page.getByRole('main').getByRole('button', { name: 'Open', exact: true }).click();
};

it('is asked for, and told from another key', async () => {
  await page.locator('input[type="file"][multiple]').setInputFiles(join(folder, 'msgstore.db.crypt15'));
  await page.getByRole('heading', { name: 'An encrypted file' }).waitFor();
  await answer(rootKeyHex.replace('0', 'f'));
  await page.getByRole('alert').filter({ hasText: 'This key does not open it' }).waitFor();
});

it('opens by its key, in groups as the phone shows it, and is imported and read', async () => {
  await answer(rootKeyHex.replace(/(.{4})/g, '$1 '));
  await takeButton(page).click();
  await page.getByRole('heading', { name: /^\d+ new messages$/ }).waitFor();
  await page.goto(`${site.url}#/`);
  await conversationRow(page, 'Wandern 爬山').waitFor();
  await openConversation(page, 'Wandern 爬山');
  await messageWith(page, 'from a hidden number').waitFor();
  expect(watched.violations).toEqual([]);
});
