// Databases through the interface of the built app: opened in place by SQLite in the confined worker, whose WebAssembly the page
// hands in only when a database is there, also without a network.
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { modern } from '../importers/whatsapp-android/samples';
import type { Watched } from './browser';
import { conversationRow, goToImport, importFiles, messageWith, openConversation } from './interface';
import type { Site } from './serve';

let app: OpenedApp;
let page: Page;
let site: Site;
let watched: Watched;
let folder: string;

beforeAll(async () => {
  app = await openApp({ 'msgstore.db': modern });
  ({ page, site, watched, folder } = app);
});

afterAll(() => app.close());

describe('a database', () => {
  it('is imported and read', async () => {
    expect(await importFiles(page, join(folder, 'msgstore.db'))).toMatch(/^\d+ new messages$/);
    await page.goto(`${site.url}#/`);
    await conversationRow(page, 'Wandern 爬山').waitFor();
    await openConversation(page, 'Wandern 爬山');
    await messageWith(page, 'from a hidden number').waitFor();
  });

  it('brings nothing twice, and is accounted for by its rows', async () => {
    await goToImport(page, site.url);
    expect(await importFiles(page, join(folder, 'msgstore.db'))).toMatch(/^Nothing new/);
    await page.goto(`${site.url}#/receipts`);
    await page.getByRole('main').getByRole('link').first().click();
    await page
      .getByText(/structure = \d+ rows/)
      .first()
      .waitFor();
  });

  it('does so without a network, and breaks no policy', async () => {
    await site.close();
    await page.reload();
    await page.goto(`${site.url}#/import`);
    expect(await importFiles(page, join(folder, 'msgstore.db'))).toMatch(/^Nothing new/);
    expect(watched.violations).toEqual([]);
  });
});
