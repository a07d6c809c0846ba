// Reading in the built app: pictures one after the other, a voice message, what a conversation holds of media and links, a date to go
// to, conversations that are pinned or hidden, and room between messages.
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedApp, openApp } from './app';
import { graveFaults, press } from './backup-interface-steps';
import { conversationRow, goToImport, importFiles, messageWith, openConversation, takeButton } from './interface';

const linked = '12/01/2024, 09:00 - Mara: The map is at https://example.org/map\n13/01/2024, 09:00 - Mara: Nothing else today\n';
let app: OpenedApp;
let page: Page;

beforeAll(async () => {
  app = await openApp({ 'WhatsApp Chat with Mara.txt': linked });
  ({ page } = app);
  await press(page, 'Try it with an invented archive');
  await takeButton(page).click();
  await page.getByRole('heading', { name: '101 new messages' }).waitFor();
  await goToImport(page, app.site.url);
  await importFiles(page, join(app.folder, 'WhatsApp Chat with Mara.txt'));
  await press(page, 'Read');
  await messageWith(page, 'Nothing else today').waitFor();
});

afterAll(() => app.close());

const menu = async (item: RegExp): Promise<void> => {
  await press(page, 'Conversation menu');
  await page.getByRole('menuitem', { name: item }).click();
};

const patience = { timeout: 30_000 };
const sound = /^(?:Voice message|Audio)/;

it('shows a picture large, the next one by a key, and the way back to its message', async () => {
  await openConversation(page, 'Lena');
  await messageWith(page, 'The view from the kitchen table').getByRole('button', { name: /^Photo/ }).click(); // prettier-ignore
  const dialog = page.getByRole('dialog');
  const shown = dialog.locator('img').first();
  const first = await shown.getAttribute('src');
  expect(await graveFaults(page)).toEqual([]);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => shown.getAttribute('src'), patience).not.toBe(first);
  await dialog.getByRole('button', { name: 'Show in chat' }).click();
  await dialog.waitFor({ state: 'hidden' });
});

it('lists what a conversation holds of pictures, voices and links, and leads to each message', async () => {
  const shelf = (name: string): Promise<void> => page.getByRole('group', { name: 'What to show' }).getByRole('button', { name }).click();
  await openConversation(page, 'Mara');
  await menu(/^Media, files and links$/);
  await shelf('Links');
  await page.getByText('example.org/map').first().waitFor();
  await page.getByRole('button', { name: 'Show in the conversation' }).click();
  await messageWith(page, 'The map is at').waitFor();
  await openConversation(page, 'Lena');
  await menu(/^Media, files and links$/);
  await page.getByRole('button', { name: /^Photo, / }).first().waitFor(); // prettier-ignore
  expect(await graveFaults(page)).toEqual([]);
  await shelf('Links');
  await page.getByText('Nothing of this kind here').waitFor();
  await shelf('Files');
  await page.getByRole('main').getByRole('button', { name: 'Show in the conversation' }).click();
  await page.getByRole('article').getByRole('button', { name: sound }).first().waitFor(); // prettier-ignore
});

it('plays a voice message, faster when it is asked for', async () => {
  await page.getByRole('article').getByRole('button', { name: sound }).first().click(); // prettier-ignore
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0);
  const rate = page.getByRole('article').getByRole('button', { name: /^Speed/ });
  const before = await rate.innerText();
  await rate.click();
  await expect.poll(() => page.evaluate(() => document.querySelector('audio')?.playbackRate ?? 1), patience).toBeGreaterThan(1);
  expect(await rate.innerText()).not.toBe(before);
});

it('offers a date to go to, by the palette and keys alone', async () => {
  await openConversation(page, 'Lena');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').last().fill('Jump to date');
  await page.keyboard.press('Enter');
  const calendar = page.getByRole('dialog');
  await calendar.waitFor();
  expect(await graveFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await calendar.waitFor({ state: 'hidden' });
});

it('keeps a pinned conversation at hand, and a hidden one out of the list until it is shown again', async () => {
  await openConversation(page, 'Mara');
  await menu(/^Pin$/);
  await page.getByRole('radio', { name: 'Pinned' }).or(page.getByRole('button', { name: 'Pinned' })).first().click(); // prettier-ignore
  await expect.poll(() => page.locator('nav a[data-conversation]').count(), patience).toBe(1);
  await page.getByRole('radio', { name: 'All' }).or(page.getByRole('button', { name: 'All', exact: true })).first().click(); // prettier-ignore
  await menu(/^Hide$/);
  await conversationRow(page, 'Mara').waitFor({ state: 'hidden' });
  await page.reload();
  await conversationRow(page, 'Lena').waitFor();
  expect(await conversationRow(page, 'Mara').count()).toBe(0);
  await page.goto(`${app.site.url}#/settings`);
  await press(page, 'Show for now');
  await conversationRow(page, 'Mara').waitFor();
  await press(page, 'No longer hide');
  await page.getByText('Hidden conversations are shown.').waitFor({ state: 'detached' });
  await page.reload();
  await conversationRow(page, 'Mara').waitFor();
});

it('gives messages larger letters and less room, and keeps that', async () => {
  const text = messageWith(page, 'The view from the kitchen table');
  const letterPx = (): Promise<number> => text.evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize));
  await openConversation(page, 'Lena');
  const usualPx = await letterPx();
  await page.goto(`${app.site.url}#/settings`);
  await page.getByRole('radio', { name: 'Largest' }).check({ force: true });
  await page.getByRole('radio', { name: 'Compact' }).check({ force: true });
  await page.reload();
  await openConversation(page, 'Lena');
  await expect.poll(letterPx, patience).toBeGreaterThan(usualPx);
  expect([...app.watched.errors, ...app.watched.violations]).toEqual([]);
});
