// Checks C1, C5, C7, C8, C10 and C11 at the interface: a full disk, a vault of a later version, damaged media, two tabs,
// clocks and zones that change, and nothing left after "forget everything".
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeZip } from 'client-zip';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { launchChromium, waitForControl } from './browser';
import {
  chooseFiles,
  conversationRow,
  goToImport,
  importFiles,
  lockField,
  messageWith,
  openConversation,
  setPassphrase,
  takeButton,
  unlock,
} from './interface';
import { serveSite, type Site } from './serve';
import { damageLargestFile, digestRows, listOrigin, writeNewerHeader } from './stored-rows';

const passphrase = 'nine slow ferries at dusk';
const earlier = 'WhatsApp Chat with Earlier.txt';
const another = 'WhatsApp Chat with Another.txt';
const later = 'WhatsApp Chat with Later.zip';
const pictured = 'WhatsApp Chat with Pictured.zip';
let folder: string;
let browser: Browser;
let site: Site;
let context: BrowserContext;
let page: Page;

/** Appended to the import worker: once told, it stands still where it has the writer's lock, until it is terminated. */
const slowWriter = `{
  const channel = new BroadcastChannel('slow-writer');
  let hold = false;
  channel.onmessage = ({ data }) => {
    if (data !== 'hold') return;
    hold = true;
    channel.postMessage('ready');
  };
  const request = LockManager.prototype.request;
  LockManager.prototype.request = function (name, options, run) {
    if (!hold || options.mode !== 'exclusive') return request.call(this, name, options, run);
    return request.call(this, name, options, (lock) => {
      if (lock === null) return run(lock);
      channel.postMessage('holding');
      return new Promise(() => {});
    });
  };
}`;

/** Bytes that neither compress nor show a picture behind the head of a JPEG. */
function noise(sizeBytes: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  let state = seed;
  for (let at = 0; at < sizeBytes; at += 1) bytes[at] = (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24;
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
}

async function writeZip(
  name: string,
  files: readonly { readonly name: string; readonly input: string | Uint8Array<ArrayBuffer> }[],
): Promise<void> {
  writeFileSync(join(folder, name), Buffer.from(await new Response(makeZip([...files])).arrayBuffer()));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camphor-storage-'));
  writeFileSync(
    join(folder, earlier),
    '01/06/2025, 10:00 - Ida: The bicycle is in the cellar\n02/06/2025, 00:30 - Jon: Found it\n02/06/2025, 23:45 - Ida: Good\n',
  );
  writeFileSync(join(folder, another), '03/06/2025, 10:00 - Kim: Tea at four\n03/06/2025, 10:01 - Lou: Gladly\n');
  const names = Array.from({ length: 8 }, (_, number) => `IMG-20250604-WA000${number}.jpg`);
  const attached = names.map((name, number) => `04/06/2025, 10:0${number} - Max: ${name} (file attached)\n`).join('');
  await writeZip(later, [
    { name: 'WhatsApp Chat with Later.txt', input: attached },
    ...names.map((name, seed) => ({ name, input: noise(6_000_000, seed + 1) })),
  ]);
  await writeZip(pictured, [
    {
      name: 'WhatsApp Chat with Pictured.txt',
      input: '05/06/2025, 10:00 - Pia: IMG-20250605-WA0001.jpg (file attached)\nThe harbour\n05/06/2025, 10:01 - Quin: Lovely\n',
    },
    { name: 'IMG-20250605-WA0001.jpg', input: noise(300_000, 9) },
  ]);
  browser = await launchChromium();
  site = await serveSite(inject('appFolder'), {
    rewrite: (path, body) => (/\/assets\/import-[^/]+\.js$/.test(path) ? `${body.toString()}\n${slowWriter}` : body),
  });
});

afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  context.setDefaultTimeout(20_000);
  page = await context.newPage();
});

afterEach(() => context.close());

const file = (name: string): string => join(folder, name);

async function openApp(zone?: string): Promise<Page> {
  const opened = await context.newPage();
  if (zone !== undefined) await (await context.newCDPSession(opened)).send('Emulation.setTimezoneOverride', { timezoneId: zone });
  await opened.goto(site.url);
  return opened;
}

/** The words of the integrity check of the settings screen. */
async function checkIntegrity(of: Page): Promise<string> {
  await of.goto(`${site.url}#/settings`);
  await of.getByRole('button', { name: 'Check now' }).click();
  const result = of
    .getByRole('main')
    .getByRole('status')
    .filter({ hasText: /Whole:|damaged/ });
  await result.waitFor();
  return result.innerText();
}

describe('a full disk', () => {
  it('ends the import with clear words, shows nothing of it, and leaves what was there whole (C1)', async () => {
    await page.goto(`${site.url}icons/mark-192.png`);
    const devTools = await context.newCDPSession(page);
    await devTools.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 30_000_000 });
    await page.goto(site.url);
    await importFiles(page, file(earlier));
    await goToImport(page, site.url);
    await chooseFiles(page, file(later));
    // What the browser says to be free is no measure of that: Chromium answers 10 GB whatever the quota is.
    await page.getByText(/^Needs about 48 MB/).waitFor();
    await takeButton(page).click();
    await page.getByRole('heading', { name: 'The import stopped. Nothing of it was kept.' }).waitFor();
    await page
      .getByRole('main')
      .getByText(/^There is not enough room in this browser\. What was here before is untouched/)
      .waitFor();
    expect(await page.locator('nav a[data-conversation]').count()).toBe(1);
    await page.reload();
    await openConversation(page, 'Earlier');
    await messageWith(page, 'The bicycle is in the cellar').waitFor();
    expect(await checkIntegrity(page)).toMatch(/^Whole: \d+ objects/);
    await page.goto(`${site.url}#/receipts`);
    await page.locator('a[href*="#/receipts/"]').first().waitFor();
    expect(await page.locator('a[href*="#/receipts/"]').count()).toBe(1);
    await goToImport(page, site.url);
    await chooseFiles(page, file(later));
    await page.getByText('Only a part: dates and media').click();
    await page.getByLabel('Messages only').check();
    await page.getByText(/^Needs about \d+ (?:kB|byte)/).waitFor();
    await takeButton(page).click();
    await page.getByRole('heading', { name: '8 new messages' }).waitFor();
    await conversationRow(page, 'Later').waitFor();
  });
});

describe('a vault of a later version', () => {
  it('that this one may read is shown, says so, and refuses to be changed (C5)', async () => {
    await page.goto(site.url);
    await importFiles(page, file(earlier));
    await writeNewerHeader(page, 1);
    const before = await digestRows(page);
    await page.reload();
    await page.getByText('What is kept here was written by a newer version. It can be read, not changed.').waitFor();
    await openConversation(page, 'Earlier');
    await messageWith(page, 'The bicycle is in the cellar').waitFor();
    await messageWith(page, 'Found it').getByRole('button', { name: 'Message menu' }).click();
    await page.getByRole('menuitem', { name: 'Bookmark' }).click();
    await page.getByRole('alert').filter({ hasText: 'It can be read, not changed.' }).waitFor();
    await goToImport(page, site.url);
    await chooseFiles(page, file(another));
    await takeButton(page).click();
    await page.getByRole('heading', { name: 'The import stopped. Nothing of it was kept.' }).waitFor();
    expect(await digestRows(page)).toBe(before);
  });

  it('that this one may not read is left alone, with advice (C5)', async () => {
    await page.goto(site.url);
    await importFiles(page, file(earlier));
    await writeNewerHeader(page, 2);
    const before = await digestRows(page);
    await page.reload();
    await page.getByRole('heading', { name: 'What is kept here needs a newer version' }).waitFor();
    await page.getByText('Reload to get the newer version').waitFor();
    expect(await page.locator('nav').count()).toBe(0);
    expect(await digestRows(page)).toBe(before);
  });
});

describe('a medium that was altered on disk', () => {
  it('is a placeholder that says so, the check lists it, and its archive brings it back (C7)', async () => {
    await page.goto(site.url);
    await importFiles(page, file(pictured));
    expect(await checkIntegrity(page)).toMatch(/^Whole:/);
    expect(await damageLargestFile(page, 'alter')).toBeGreaterThan(300_000);
    await page.reload();
    await openConversation(page, 'Pictured');
    await messageWith(page, 'The harbour').getByText('its bytes are damaged or gone from this device').waitFor();
    expect(await messageWith(page, 'The harbour').locator('img').count()).toBe(0);
    await messageWith(page, 'Lovely').waitFor();
    const altered = await checkIntegrity(page);
    expect(altered).toMatch(/^1 object is damaged\./);
    expect(altered).toMatch(/Media file · altered/);
    await damageLargestFile(page, 'delete');
    const gone = await checkIntegrity(page);
    expect(gone).toMatch(/Media file · gone/);
    await goToImport(page, site.url);
    expect(await importFiles(page, file(pictured))).toBe('Nothing new: everything in it was already here');
    expect(await checkIntegrity(page)).toMatch(/^Whole:/);
  });
});

describe('two tabs', () => {
  it('follow each other: one reads while the other imports, removes and locks (C8)', async () => {
    await page.goto(site.url);
    await importFiles(page, file(earlier));
    const other = await openApp();
    await openConversation(other, 'Earlier');
    await page.bringToFront();
    await goToImport(page, site.url);
    await importFiles(page, file(another));
    await conversationRow(other, 'Another').waitFor();
    await messageWith(other, 'The bicycle is in the cellar').waitFor();
    await openConversation(other, 'Another');
    await messageWith(other, 'Tea at four').waitFor();
    await openConversation(page, 'Another');
    await page.getByRole('button', { name: 'Conversation menu' }).click();
    await page.getByRole('menuitem', { name: 'Remove from this device' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await conversationRow(other, 'Another').waitFor({ state: 'detached' });
    await other.getByText('Tea at four').waitFor({ state: 'detached' });
    await openConversation(other, 'Earlier');
    await messageWith(other, 'Good').waitFor();
    await setPassphrase(page, site.url, passphrase);
    await page.keyboard.press('Alt+l');
    await lockField(page).waitFor();
    await lockField(other).waitFor({ timeout: 1000 });
    for (const tab of [page, other]) expect(await tab.locator('html').innerHTML()).not.toMatch(/bicycle|Earlier|Ida/);
    await unlock(other, passphrase);
    await openConversation(other, 'Earlier');
  });

  it('do not import at once: the second says that another tab writes, and may try again after it (C8)', async () => {
    await page.goto(site.url);
    await importFiles(page, file(earlier));
    const other = await openApp();
    await conversationRow(other, 'Earlier').waitFor();
    await goToImport(page, site.url);
    await chooseFiles(page, file(later));
    await goToImport(other, site.url);
    await chooseFiles(other, file(another));
    await page.evaluate(() => {
      const channel = new BroadcastChannel('slow-writer');
      channel.postMessage('hold');
      return new Promise((resolve) => (channel.onmessage = ({ data }) => data === 'ready' && resolve(null)));
    });
    const holding = page.evaluate(() => {
      const channel = new BroadcastChannel('slow-writer');
      return new Promise((resolve) => (channel.onmessage = ({ data }) => data === 'holding' && resolve(null)));
    });
    await takeButton(page).click();
    await holding;
    await takeButton(other).click();
    await other.getByText('Another tab is writing. Nothing was changed.').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
    await goToImport(other, site.url);
    expect(await importFiles(other, file(another))).toBe('2 new messages');
    await conversationRow(page, 'Another').waitFor();
    expect(await conversationRow(page, 'Later').count()).toBe(0);
    expect(await checkIntegrity(page)).toMatch(/^Whole:/);
  });
});

interface Reading {
  readonly days: readonly string[];
  readonly texts: readonly string[];
}

/** Day headings and messages as they stand. */
async function readAll(of: Page): Promise<Reading> {
  await openConversation(of, 'Earlier');
  await messageWith(of, 'Good').waitFor();
  return of.getByRole('region', { name: 'Messages' }).evaluate((region) => ({
    days: [...region.querySelectorAll('section > h2')].map((one) => one.textContent),
    // The clock stands at the end of the text.
    texts: [...region.querySelectorAll('article p[dir=auto]')].map((one) => one.textContent.replace(/\d{1,2}:\d\d$/, '')),
  }));
}

describe('clocks', () => {
  it('order and days stay sane when the zone changes between visits, and nothing is taken in twice (C10)', async () => {
    const texts = ['The bicycle is in the cellar', 'Found it', 'Good'];
    const berlin = await openApp('Europe/Berlin');
    await importFiles(berlin, file(earlier));
    expect(await readAll(berlin)).toEqual({ days: ['Sunday, 1 June 2025', 'Monday, 2 June 2025'], texts });
    await berlin.close();
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/St_Johns']) {
      const visit = await openApp(zone);
      const seen = await readAll(visit);
      expect({ zone, texts: seen.texts }).toEqual({ zone, texts });
      expect(new Set(seen.days).size).toBe(seen.days.length);
      expect(seen.days.filter((day) => !/^\w+day, \d{1,2} (May|June) 2025$/.test(day))).toEqual([]);
      await goToImport(visit, site.url);
      expect(await importFiles(visit, file(earlier))).toBe('Nothing new: everything in it was already here');
      await visit.close();
    }
    const home = await openApp('Europe/Berlin');
    expect(await readAll(home)).toEqual({ days: ['Sunday, 1 June 2025', 'Monday, 2 June 2025'], texts });
  });

  it('order and days stay sane when the clock jumps back before the messages (C10)', async () => {
    const first = await openApp('Europe/Berlin');
    await importFiles(first, file(earlier));
    const seen = await readAll(first);
    await first.close();
    await context.clock.setFixedTime(new Date('2001-02-03T04:05:06Z'));
    const back = await openApp('Europe/Berlin');
    expect(await back.evaluate(() => new Date().getFullYear())).toBe(2001);
    expect(await readAll(back)).toEqual(seen);
    await goToImport(back, site.url);
    await importFiles(back, file(another));
    await conversationRow(back, 'Another').waitFor();
    expect(await back.locator('body').innerText()).not.toMatch(/Invalid|NaN|1970/);
    await back.goto(`${site.url}#/receipts`);
    await back.locator('a[href*="#/receipts/"]').nth(1).waitFor();
    expect(await back.locator('main').innerText()).not.toMatch(/Invalid|NaN|1970/);
  });
});

describe('forget everything', () => {
  it('leaves no database, cache, file, service worker or choice, in any tab (C11)', async () => {
    await page.goto(site.url);
    await waitForControl(page);
    await importFiles(page, file(pictured));
    await page.goto(`${site.url}#/settings`);
    await page.getByLabel('Dark').check();
    await setPassphrase(page, site.url, passphrase);
    const other = await openApp();
    await openConversation(other, 'Pictured');
    await page.getByRole('button', { name: 'Forget everything' }).click();
    const dialog = page.getByRole('dialog', { name: 'Forget everything' });
    expect(await dialog.getByRole('button', { name: 'Forget everything' }).isDisabled()).toBe(true);
    await dialog.getByLabel('I understand that this cannot be undone').check();
    await dialog.getByRole('button', { name: 'Forget everything' }).click();
    for (const tab of [page, other]) await tab.getByRole('heading', { name: 'Your conversations, kept.' }).waitFor();
    expect(await page.locator('dialog[open]').count()).toBe(0);
    const nothing = { databases: [], caches: [], files: [], local: {}, session: {}, serviceWorkers: [], cookies: '' };
    expect(await listOrigin(page)).toEqual(nothing);
    await page.waitForTimeout(1500);
    expect(await listOrigin(page)).toEqual(nothing);
    await page.reload();
    await page.getByRole('heading', { name: 'Your conversations, kept.' }).waitFor();
    expect(await importFiles(page, file(earlier))).toBe('3 new messages');
  });
});
