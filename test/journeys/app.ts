// The built app in a browser of its own, as on a first visit, with a folder of files for it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { inject } from 'vitest';
import { launchChromium, type Watched, waitForControl, watch } from './browser';
import { serveSite, type Site } from './serve';

export interface OpenedApp {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly site: Site;
  readonly watched: Watched;
  /** Where the files lie. */
  readonly folder: string;
  /** The site may be closed before. */
  close(): Promise<void>;
}

/** Calls of the page wait a minute: on a busy machine a worker starts in seconds. */
const patienceMs = 60_000;

/**
 * In English, in Berlin where nothing else is said, as wide as a small laptop; the app's files are all there, so that the site may
 * be closed. `files`: content by path.
 */
export async function openApp(files: Readonly<Record<string, string | Uint8Array>>, timezoneId = 'Europe/Berlin'): Promise<OpenedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'camphor-journey-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const browser = await launchChromium();
  const site = await serveSite(inject('appFolder'), { headers: true });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId });
  const watched = await watch(context);
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(site.url);
  await waitForControl(page);
  const close = async (): Promise<void> => {
    await browser.close();
    await site.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };
  return { context, page, site, watched, folder, close };
}
