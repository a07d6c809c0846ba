// This day in other years and a message by chance, in the built app: on the home screen, on the screen of memories, and the way from
// there into the conversation.
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { goToImport, importFiles, messageWith } from './interface';

/** Noon of a day in spring, in Berlin. */
const today = new Date('2026-05-14T12:00:00+02:00');
const chat = `14/05/2023, 09:00 - Ida: The cherry tree is in bloom
14/05/2023, 09:05 - Jon: I can see it from here
13/05/2024, 23:59 - Ida: One day too early
14/05/2025, 00:01 - Ida: We swam in the lake
15/05/2025, 00:01 - Jon: One day too late
14/05/2026, 08:00 - Ida: Written this morning
`;
let app: OpenedApp;
let page: Page;

beforeAll(async () => {
  app = await openApp({ 'WhatsApp Chat with Ida.txt': chat });
  ({ page } = app);
  await page.clock.setFixedTime(today);
  await goToImport(page, app.site.url);
  await importFiles(page, join(app.folder, 'WhatsApp Chat with Ida.txt'));
});

afterAll(() => app.close());

it('shows the latest of earlier years on the home screen, and all of them on its own', async () => {
  await page.goto(`${app.site.url}#/`);
  await page.getByRole('heading', { name: /1 year ago/ }).waitFor();
  await page.getByRole('main').getByText('We swam in the lake').waitFor();
  await page.getByRole('button', { name: 'All years' }).click();
  await page.getByRole('heading', { name: '14 May in earlier years' }).waitFor();
  const text = await page.getByRole('main').innerText();
  expect(text.indexOf('We swam in the lake')).toBeGreaterThan(0);
  expect(text.indexOf('The cherry tree is in bloom')).toBeGreaterThan(text.indexOf('We swam in the lake'));
  const thisDay = text.slice(0, text.indexOf('By chance'));
  expect(thisDay).not.toMatch(/too early|too late|this morning/);
});

it('gives a message by chance, and another, and leads to it', async () => {
  await page.goto(`${app.site.url}#/memories`);
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: 'By chance' }) });
  await card.getByRole('listitem').first().waitFor();
  const seen = new Set<string>();
  for (let turn = 0; turn < 40 && seen.size < 2; turn++) {
    seen.add(await card.innerText());
    await card.getByRole('button', { name: /another/i }).click();
  }
  expect(seen.size).toBeGreaterThan(1);
  await page.getByRole('main').getByRole('button', { name: /The cherry tree is in bloom/ }).first().click(); // prettier-ignore
  await page.waitForURL(/#\/c\/[^/]+\/\d+$/);
  await messageWith(page, 'The cherry tree is in bloom').waitFor();
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});
