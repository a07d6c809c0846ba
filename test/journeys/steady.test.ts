// Nothing that is about to be pressed moves: a press that begins on a button and ends beside it is lost.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from './browser';
import { takeButton } from './interface';
import { serveSite, type Site } from './serve';

/** What is loaded when a screen needs it comes as late as from a slow host. */
const lateMs = 250;
const settledMs = 1_500;
const buttons = ['Import', 'Import another', 'Read'];
/** A plan that is shorter than the screen, so that what comes above the buttons moves them. */
const chat = {
  name: 'Ida',
  type: 'personal_chat',
  id: 4_000_000_001,
  messages: [
    {
      id: 1,
      type: 'message',
      date: '2025-06-01T10:00:00',
      date_unixtime: '1748764800',
      from: 'Ida',
      from_id: 'user4000000001',
      text: 'Moss',
    },
  ],
};
let browser: Browser;
let site: Site;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camphor-steady-'));
  writeFileSync(join(folder, 'result.json'), JSON.stringify(chat));
  browser = await launchChromium();
  site = await serveSite(inject('appFolder'), { headers: true });
});

afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Notes, frame by frame, where these buttons are. */
async function notePlaces(page: Page, names: readonly string[]): Promise<() => Promise<Readonly<Record<string, readonly string[]>>>> {
  await page.addInitScript((wanted) => {
    const places: Record<string, string[]> = {};
    Object.assign(window, { places });
    const look = (): void => {
      for (const button of document.querySelectorAll('main button')) {
        const name = (button.textContent ?? '').replace(/ \d+ archives$/, '');
        if (!wanted.includes(name)) continue;
        const { top, left, width } = button.getBoundingClientRect();
        const seen = (places[name] ??= []);
        const place = [left, top, width].map(Math.round).join(' ');
        if (seen.at(-1) !== place) seen.push(place);
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, names);
  return () => page.evaluate(() => (window as unknown as { places: Record<string, string[]> }).places);
}

async function openLate(context: BrowserContext): Promise<Page> {
  await context.route(/assets\/.*\.(?:js|css)$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, lateMs));
    await route.continue();
  });
  return context.newPage();
}

describe.each([
  ['a phone', { width: 360, height: 740 }],
  ['a desktop', { width: 1440, height: 900 }],
])('on %s', (_, viewport) => {
  it('the buttons of the plan and of the result stay where they came up', async () => {
    const context = await browser.newContext({ viewport, locale: 'en-GB', serviceWorkers: 'block' });
    const page = await openLate(context);
    const places = await notePlaces(page, buttons);
    await page.goto(site.url);
    await page.locator('input[type="file"][multiple]').setInputFiles(join(folder, 'result.json'));
    await takeButton(page).waitFor();
    await page.waitForTimeout(settledMs);
    await takeButton(page).click();
    await page.getByRole('heading', { name: '1 new message' }).waitFor();
    await page.waitForTimeout(settledMs);
    const seen = await places();
    expect(Object.keys(seen)).toEqual(buttons);
    expect(Object.entries(seen).filter(([, each]) => each.length > 1)).toEqual([]);
    await context.close();
  });
});
