// Settings and what is near them in the built app, under its policy and without a network: look, the report for a fault, licences,
// a year as a picture, and a voice message that is really played.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { openConversation, takeButton } from './interface';

let app: OpenedApp;
let page: Page;

beforeAll(async () => {
  app = await openApp({});
  ({ page } = app);
  await page.getByRole('button', { name: 'Try it with an invented archive' }).click();
  await takeButton(page).click();
  await page.getByRole('button', { name: 'Read' }).click();
  await app.site.close();
});

afterAll(() => app.close());

const rootSize = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
const go = (hash: string): Promise<void> => page.evaluate((to) => void (location.hash = to), hash);

it('keeps the size of text over a reload, and shows report and licences offline', async () => {
  await go('#/settings');
  await page.getByRole('radio', { name: 'Largest' }).check();
  await page.getByRole('radio', { name: 'Compact' }).check();
  await page.reload();
  await page.getByRole('heading', { name: 'Report for a fault' }).waitFor();
  expect(await rootSize()).toBe('21.6px');
  await page.getByRole('radio', { name: 'As usual' }).check();
  await page.getByRole('radio', { name: 'Roomy' }).check();
  expect(await rootSize()).toBe('16px');

  await page.getByRole('button', { name: 'Make the report' }).click();
  const report = JSON.parse(await page.getByRole('region', { name: 'Report for a fault' }).innerText()) as Record<string, unknown>;
  expect(report).toMatchObject({ app: /^\d+\.\d+\.\d+$/.exec(String(report['app']))?.[0], vault: { state: 'open' } });
  // Each of the three chats is an archive of its own.
  expect(report['imports']).toHaveLength(3);
  expect(JSON.stringify(report)).not.toMatch(/妈妈|Lena|周末/);

  await page.getByRole('button', { name: 'Licences' }).click();
  await page.getByRole('dialog').getByText('## dexie', { exact: false }).waitFor();
  await page.keyboard.press('Escape');
});

it('saves a year as a picture', async () => {
  await go('#/statistics');
  await page.getByRole('combobox', { name: 'Year' }).first().selectOption('2026');
  await page
    .getByRole('img', { name: /A picture of 2026/ })
    .locator('svg')
    .waitFor();
  for (const [item, head] of [
    ['PNG, for showing', [0x89, 0x50, 0x4e, 0x47]],
    ['SVG, for printing', [...Buffer.from('<svg')]],
  ] as const) {
    await page.getByRole('button', { name: /^Save “2026”/ }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
    const bytes = readFileSync(await download.path());
    expect([...bytes.subarray(0, 4)]).toEqual(head);
    expect(bytes.length).toBeGreaterThan(2000);
  }
});

it('plays a voice message, with its shape', async () => {
  await go('#/');
  await openConversation(page, 'Lena');
  await page.getByRole('article').last().focus();
  await page.keyboard.press('Home');
  const sound = /^(?:Voice message|Audio)/;
  await page.getByRole('article').getByRole('button', { name: sound }).first().click();
  const player = page.getByRole('group', { name: sound });
  await player
    .getByRole('button', { name: 'Pause' })
    .or(player.getByRole('button', { name: /^Play/ }))
    .waitFor();
  await player.locator('svg path').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0);
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});
