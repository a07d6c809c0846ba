// Nothing that is about to be pressed moves: a press that begins on a button and ends beside it is lost.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from './browser';
import { chooseFolder, giveSecret, offerFolder, press } from './backup-interface-steps';
import { openConversation, takeButton } from './interface';
import { serveSite, type Site } from './serve';

/** What is loaded when a screen needs it comes as late as from a slow host. */
const lateMs = 250;
const settledMs = 1_500;
const passphrase = 'seven quiet moths over snow';
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

/** Where each button was, frame by frame. */
interface Noted {
  begin(): void;
  readonly buttons: Map<Element, { readonly name: string; readonly places: string[] }>;
}

/** Notes the buttons that come up from `begin` on; `end` gives their places by names, an entry for each button, once all that was late is there. */
interface Watch {
  begin(): Promise<void>;
  /** `awaited` names a button that comes up. */
  end(awaited: string): Promise<readonly (readonly [name: string, places: readonly string[]])[]>;
}

async function watchButtons(page: Page): Promise<Watch> {
  await page.addInitScript(() => {
    let former = new WeakSet<Element>();
    const all = (): NodeListOf<Element> => document.querySelectorAll('main button, aside button, dialog button');
    const noted: Noted = {
      buttons: new Map(),
      begin() {
        former = new WeakSet(all());
        noted.buttons.clear();
      },
    };
    Object.assign(window, { noted });
    const look = (): void => {
      for (const button of all()) {
        const { top, left, width } = button.getBoundingClientRect();
        if (former.has(button) || width === 0) continue;
        const name = (button.getAttribute('aria-label') ?? button.textContent ?? '').replace(/ \d+ archives$/, '');
        const { places } = noted.buttons.get(button) ?? { places: [] };
        const place = [left, top, width].map(Math.round).join(' ');
        noted.buttons.set(button, { name, places: places.at(-1) === place ? places : [...places, place] });
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return {
    begin: () => page.evaluate(() => (window as unknown as { noted: Noted }).noted.begin()),
    async end(awaited) {
      await page.locator('main, aside, dialog').getByRole('button', { name: awaited, exact: true }).first().waitFor();
      await page.waitForTimeout(settledMs);
      const read = () =>
        [...(window as unknown as { noted: Noted }).noted.buttons.values()].map(({ name, places }) => [name, places] as const);
      return page.evaluate(read);
    },
  };
}

/** The buttons of these names came up, the last one last, and each in one place only, even where it was made anew. */
async function expectPlaced(watch: Watch, scene: string, ...names: readonly string[]): Promise<Awaited<ReturnType<Watch['end']>>> {
  const seen = await watch.end(names.at(-1) ?? '');
  const placesOf = (wanted: string): readonly string[] => [
    ...new Set(seen.filter(([name]) => name === wanted).flatMap(([, places]) => places)),
  ];
  expect(names.map((name) => [name, placesOf(name)]), scene).toEqual(names.map((name) => [name, [expect.any(String)]])); // prettier-ignore
  return seen;
}

/** The same, and no other button was in two places. */
async function expectSteady(watch: Watch, scene: string, ...names: readonly string[]): Promise<void> {
  const seen = await expectPlaced(watch, scene, ...names);
  expect(seen.filter(([, places]) => places.length > 1), scene).toEqual([]); // prettier-ignore
}

async function openLate(context: BrowserContext): Promise<Page> {
  await context.route(/assets\/.*\.(?:js|css)$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, lateMs));
    await route.continue();
  });
  await offerFolder(context);
  return context.newPage();
}

const heading = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('heading', { name }).first().waitFor();
const go = (page: Page, hash: string): Promise<void> => page.evaluate((to) => void (location.hash = to), hash);

/** Takes in the chat from the first screen, and reads it; each screen on the way is steady. */
async function bringChat(page: Page, watch: Watch): Promise<void> {
  await page.goto(site.url);
  await expectSteady(watch, 'first run', 'Choose files', 'Restore from a backup');
  await watch.begin();
  await page.locator('input[type="file"][multiple]').setInputFiles(join(folder, 'result.json'));
  await takeButton(page).waitFor();
  await expectSteady(watch, 'plan', 'Import');
  await watch.begin();
  await takeButton(page).click();
  await heading(page, '1 new message');
  await expectSteady(watch, 'result', 'Import another', 'Read');
  await press(page, 'Read');
}

/** The page as if it had just been opened: what screens load of themselves is not there yet. */
async function reopen(page: Page): Promise<void> {
  await go(page, '#/');
  await page.reload();
  await page.locator('nav a[data-conversation]').first().waitFor();
}

async function lookAtDetails(page: Page, watch: Watch): Promise<void> {
  await reopen(page);
  await openConversation(page, 'Ida');
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await watch.begin();
  await page.getByRole('menuitem', { name: 'Details of the conversation' }).click();
  await expectSteady(watch, 'details', 'Media, files and links', 'Export…');
  await watch.begin();
  await page.getByRole('button', { name: 'Export…' }).click();
  await expectSteady(watch, 'export', 'Cancel', 'Choose where to save');
  await page.keyboard.press('Escape');
}

async function lookAtRemoval(page: Page, watch: Watch): Promise<void> {
  await reopen(page);
  await openConversation(page, 'Ida');
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await watch.begin();
  await page.getByRole('menuitem', { name: 'Remove from this device' }).click();
  await expectSteady(watch, 'removal', 'Cancel', 'Remove');
  await page.keyboard.press('Escape');
}

async function lookAtSettings(page: Page, watch: Watch): Promise<void> {
  await reopen(page);
  await watch.begin();
  await go(page, '#/settings');
  await expectSteady(watch, 'settings', 'Forget everything', 'Check now', 'Licences');
}

describe.each([
  ['a phone', { width: 360, height: 740 }],
  ['a desktop', { width: 1440, height: 900 }],
])('on %s, buttons stay where they came up', (_, viewport) => {
  let context: BrowserContext;
  let page: Page;
  let watch: Watch;

  beforeAll(async () => {
    context = await browser.newContext({ viewport, locale: 'en-GB', serviceWorkers: 'block', reducedMotion: 'reduce' });
    page = await openLate(context);
    page.setDefaultTimeout(60_000);
    watch = await watchButtons(page);
    await bringChat(page, watch);
  });
  afterAll(() => context.close());

  it('in the details of a conversation, and where it is exported', () => lookAtDetails(page, watch));

  it('where a conversation is removed', () => lookAtRemoval(page, watch));

  it('in the settings', () => lookAtSettings(page, watch));

  it('where a backup is set up, and on the page of its drive', async () => {
    await reopen(page);
    await go(page, '#/backup/new');
    await chooseFolder(page);
    await press(page, 'Next');
    await page.getByLabel('Passphrase for the backup').waitFor();
    await watch.begin();
    await giveSecret(page, passphrase);
    await heading(page, 'The drive is set up');
    await expectSteady(watch, 'set up', 'Go on to the first backup');
    await watch.begin();
    await press(page, 'Go on to the first backup');
    await heading(page, /^Up to .* will be sent$/);
    await expectPlaced(watch, 'plan of a backup', 'Stop', 'Cancel', 'Back up now');
    await watch.begin();
    await press(page, 'Back up now');
    await heading(page, /read back$/);
    await expectPlaced(watch, 'result of a backup', 'Pause', 'Verify now', 'Close');
    await press(page, 'Close');
    const drive = await page.evaluate(() => location.hash);
    await reopen(page);
    await watch.begin();
    await go(page, drive);
    await expectSteady(watch, 'drive', 'Back up now', 'Change credentials or address');
  });

  it('in the details, at a removal and in the settings of who has a drive', async () => {
    await lookAtDetails(page, watch);
    await lookAtRemoval(page, watch);
    await lookAtSettings(page, watch);
  });

  it('where all conversations are hidden', async () => {
    await reopen(page);
    await openConversation(page, 'Ida');
    await page.getByRole('button', { name: 'Conversation menu' }).click();
    await watch.begin();
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await go(page, '#/');
    await expectSteady(watch, 'all hidden', 'Choose files', 'Hidden conversations');
    await page.reload();
    await expectSteady(watch, 'all hidden, as it is opened', 'Choose files', 'Hidden conversations');
    await press(page, 'Hidden conversations');
  });

  it('where it is locked', async () => {
    await page.getByRole('button', { name: 'Set a passphrase' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New passphrase', { exact: true }).fill(passphrase);
    await dialog.getByLabel('New passphrase again').fill(passphrase);
    await dialog.getByRole('button', { name: 'Set a passphrase' }).click();
    await dialog.waitFor({ state: 'detached' });
    await watch.begin();
    await press(page, 'Lock now');
    await heading(page, 'Locked');
    await expectSteady(watch, 'locked', 'Unlock');
    await page.reload();
    await heading(page, 'Locked');
    await expectSteady(watch, 'locked, as it is opened', 'Unlock');
  });
});
