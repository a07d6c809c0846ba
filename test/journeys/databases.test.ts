// Databases through the interface of the built app: opened in place by SQLite in the confined worker, whose WebAssembly the page
// hands in only when a database is there, also without a network.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { modern } from '../importers/whatsapp-android/samples';
import { launchChromium, type Watched, watch } from './browser';
import { conversationRow, goToImport, importFiles, messageWith, openConversation } from './interface';
import { serveSite, type Site } from './serve';

let browser: Browser;
let context: BrowserContext;
let site: Site;
let page: Page;
let watched: Watched;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camphor-databases-'));
  writeFileSync(join(folder, 'msgstore.db'), modern);
  browser = await launchChromium();
  site = await serveSite(inject('appFolder'), { headers: true });
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  watched = await watch(context);
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(site.url);
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

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
