// Checks B1, B2, B3 and B7 in the built app: hostile archives are shown as text, nothing of them runs, nothing they name is
// asked for, and what lies about its type gets no type that could run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium, type Watched, watch } from './browser';
import { hostileTexts, lyingFileCount, lyingPictureCount, makeHostileTelegram, makeHostileWhatsApp } from './hostile-archive';
import { chooseFiles, goToImport, messageWith, search, takeButton } from './interface';
import { serveSite, type Site } from './serve';

const giantLength = 2_000_000;
const giantWords = '<b>two million</b> letters, 两百万个字\n';
let browser: Browser;
let context: BrowserContext;
let site: Site;
let tracker: Site;
let page: Page;
let watched: Watched;
let folder: string;
const dialogs: string[] = [];
/** Address and type of each blob of the page. */
const blobTypes = new Map<string, string>();
/** Those of media: the app's own workers start from blobs of scripts. */
const mediaBlobs = (): readonly (readonly [url: string, type: string])[] => [...blobTypes].filter(([, type]) => type !== 'text/javascript');

beforeAll(async () => {
  site = await serveSite(inject('appFolder'), { headers: true });
  tracker = await serveSite(join(inject('appFolder'), 'icons'), { host: '127.0.0.1' });
  folder = mkdtempSync(join(tmpdir(), 'camphor-hostile-'));
  writeFileSync(join(folder, 'telegram.zip'), await makeHostileTelegram(tracker.url));
  writeFileSync(join(folder, 'whatsapp.zip'), await makeHostileWhatsApp(tracker.url));
  writeFileSync(join(folder, 'giant.json'), giantChat());
  browser = await launchChromium();
  context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    acceptDownloads: true,
  });
  watched = await watch(context);
  context.on('dialog', (dialog) => {
    dialogs.push(`${dialog.type()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.exposeBinding('noteBlob', (_, url: string, type: string) => void blobTypes.set(url, type));
  await page.addInitScript(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      const url = make(blob);
      (window as unknown as { noteBlob: (url: string, type: string) => void }).noteBlob(url, blob.type);
      return url;
    };
  });
  await page.goto(site.url);
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await tracker.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A Telegram export, whose messages may be larger than WhatsApp's. */
function giantChat(): string {
  const text = `${giantWords.repeat(Math.ceil(giantLength / giantWords.length)).slice(0, giantLength - 3)}end`;
  const messages = ['before', text, 'after'].map((said, number) => ({
    id: number + 1, type: 'message', date: `2024-05-01T10:0${number}:00`, date_unixtime: String(1_714_557_600 + number * 60),
    from: 'Ada', from_id: 'user9', text: said, text_entities: [{ type: 'plain', text: said }],
  })); // prettier-ignore
  return JSON.stringify({ name: 'Giant', type: 'private_group', id: 78, messages }, null, 1);
}

/** What stands in the page that no text may become: elements that load or run, handlers, addresses that are not safe. */
function findActive(): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const loading = new Set([
      'SCRIPT',
      'IFRAME',
      'FRAME',
      'OBJECT',
      'EMBED',
      'STYLE',
      'LINK',
      'META',
      'BASE',
      'TEMPLATE',
      'MATH',
      'NOSCRIPT',
      'SOURCE',
    ]);
    for (const element of document.querySelectorAll('#app *')) {
      if (loading.has(element.tagName.toUpperCase())) found.push(element.tagName);
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) found.push(`${element.tagName} ${name}`);
        if (name === 'src' && !value.startsWith('blob:')) found.push(`${element.tagName} src=${value}`);
        if (name === 'style' && /url\(/i.test(value)) found.push(`${element.tagName} style=${value}`);
      }
      if (element instanceof HTMLAnchorElement && !/^(?:https?:|mailto:|tel:)/.test(element.href)) found.push(`a href=${element.href}`);
      const leaves = element instanceof HTMLAnchorElement && new URL(element.href).origin !== location.origin;
      if (leaves && (element.rel !== 'noopener noreferrer' || element.target !== '_blank')) found.push(`a rel=${element.rel}`);
      if (element instanceof HTMLFormElement && element.hasAttribute('action')) found.push('form action');
    }
    if ('hacked' in globalThis) found.push('a script ran');
    return found;
  });
}

/** Takes in a file; what it shows on the way is looked at as well. */
async function takeIn(name: string): Promise<void> {
  await goToImportOrStay();
  await chooseFiles(page, join(folder, name));
  expect(await findActive()).toEqual([]);
  await takeButton(page).click();
  await page.getByRole('heading', { name: /new messages$/ }).waitFor({ timeout: 60_000 });
  expect(await findActive()).toEqual([]);
}

async function goToImportOrStay(): Promise<void> {
  const isFirst = await page.getByRole('heading', { name: 'Your conversations, kept.' }).isVisible();
  if (!isFirst) await goToImport(page, site.url);
}

/** The texts of all messages from here to the end of the conversation, reading downwards. */
async function readAllTexts(): Promise<readonly string[]> {
  const region = page.getByRole('region', { name: 'Messages' });
  await region.focus();
  await page.keyboard.press('Home');
  await page.locator('article[aria-posinset="1"]').waitFor();
  const texts = new Map<string, string>();
  for (let round = 0; round < 60; round += 1) {
    for (const [position, text] of await page
      .locator('article')
      .evaluateAll((all) => all.map((one) => [one.dataset['position'] ?? '', one.textContent ?? ''] as const)))
      texts.set(position, text);
    const total = Number(await page.locator('article').first().getAttribute('aria-setsize'));
    if (texts.size === total) return [...texts.values()];
    await page.locator('article').last().scrollIntoViewIfNeeded();
    await page.waitForTimeout(50);
  }
  throw new Error(`only ${texts.size} messages were shown`);
}

describe('hostile archives', () => {
  it('of Telegram are shown as text, to the letter', async () => {
    await takeIn('telegram.zip');
    await page.locator('nav a[data-conversation]').first().click();
    const texts = await readAllTexts();
    expect(await findActive()).toEqual([]);
    const missing = hostileTexts(tracker.url).filter((text) => !texts.some((shown) => shown.includes(text)));
    expect(missing).toEqual([]);
    expect(texts.filter((text) => /linked \d/.test(text))).toHaveLength(hostileTexts(tracker.url).length);
  });

  it('of WhatsApp are shown as text, to the letter', async () => {
    await takeIn('whatsapp.zip');
    await page.locator('nav a[data-conversation]').filter({ hasText: '<img src=x onerror=alert(1)>' }).last().click();
    const texts = await readAllTexts();
    expect(await findActive()).toEqual([]);
    const wanted = hostileTexts(tracker.url).filter((text) => !text.includes('\u0000') && !text.startsWith('\u202e'));
    expect(wanted.filter((text) => !texts.some((shown) => shown.includes(text)))).toEqual([]);
  });

  it('stay text in hits, suggestions, details, receipts and the raw pieces', async () => {
    await search(page, 'onerror', '\\d+ hits');
    expect(await page.getByRole('search').locator('mark').count()).toBeGreaterThan(0);
    expect(await findActive()).toEqual([]);
    await page.getByRole('combobox').fill('from:<');
    await page.getByRole('listbox').waitFor();
    expect(await findActive()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('search').getByRole('button', { name: 'Close' }).click();
    for (const address of ['#/receipts', '#/settings']) {
      await page.goto(`${site.url}${address}`);
      await page.getByRole('main').getByRole('heading').first().waitFor();
      expect(await findActive()).toEqual([]);
    }
    await page.goto(`${site.url}#/receipts`);
    await page.locator('a[href*="#/receipts/"]').last().click();
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    for (const raw of await page.locator('details > summary').all()) await raw.click();
    expect(await findActive()).toEqual([]);
  });

  it('get blob addresses of harmless types only, whatever their names say', async () => {
    await page.locator('nav a[data-conversation]').filter({ hasText: '<img src=x onerror="' }).first().click();
    await page.getByRole('region', { name: 'Messages' }).focus();
    await page.keyboard.press('End');
    await messageWith(page, 'unheard_of').waitFor();
    await page.locator('[role=region][aria-busy=false]').waitFor();
    // A picture that was seen already is a card by now.
    const unshown = 'This browser cannot show this kind of picture';
    const pictures = await page
      .locator('article')
      .evaluateAll(
        (all, words) =>
          all
            .filter((one) => one.querySelector('button[aria-label^="Photo"]') !== null || one.textContent.includes(words))
            .map((one) => (one as HTMLElement).dataset['seq'] ?? ''),
        unshown,
      );
    for (const seq of pictures) {
      const article = page.locator(`article[data-seq="${seq}"]`);
      await article.scrollIntoViewIfNeeded();
      // A browser may draw the beginning of one.
      const settled = article.getByText(unshown).or(article.locator('img'));
      await expect.poll(() => settled.evaluateAll((all) => all.filter((one) => !(one instanceof HTMLImageElement) || one.naturalWidth > 0).length)).toBe(1); // prettier-ignore
    }
    const drawn = await page.locator('article img').count();
    expect(drawn).toBeLessThan(lyingPictureCount);
    expect(await page.getByText('damaged or gone').count()).toBe(0);
    expect(pictures).toHaveLength(lyingPictureCount);
    expect(await findActive()).toEqual([]);
    const saved: string[] = [];
    for (const save of await page.locator('article').getByRole('button', { name: 'Save file' }).all()) {
      const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
      saved.push(download.suggestedFilename());
    }
    // All but the voice message, and what is drawn.
    expect(saved).toHaveLength(lyingFileCount - 1 - drawn);
    // Last, since no browser plays it: it becomes a file as well.
    for (const voice of await page
      .locator('article')
      .getByRole('button', { name: /^Voice message/ })
      .all())
      await voice.click();
    await page.getByText('This browser cannot play this kind of sound').waitFor();
    expect(saved.filter((name) => /[\p{Cc}\p{Cf}<>:"|?*/\\]/u.test(name) || name.length > 120)).toEqual([]);
    await expect.poll(() => mediaBlobs().length).toBe(lyingFileCount);
    const types = mediaBlobs().map(([, type]) => type);
    const harmless = /^(?:application\/octet-stream|image\/(?:jpeg|png|gif|webp|bmp))$/;
    expect(types.filter((type) => !harmless.test(type))).toEqual([]);
  });

  it('run nothing even where such an address is opened as a page', async () => {
    expect(mediaBlobs()).toHaveLength(lyingFileCount);
    for (const [url] of mediaBlobs()) {
      const before = context.pages().length;
      await page.evaluate((address) => void window.open(address, '_blank'), url);
      await page.waitForTimeout(150);
      const opened = context.pages().slice(before);
      for (const other of opened) {
        const outcome = await other.evaluate(() => ({ hacked: 'hacked' in globalThis, type: document.contentType })).catch(() => null);
        expect({ url, hacked: outcome?.hacked ?? false }).toEqual({ url, hacked: false });
        expect(outcome?.type ?? 'image/none').toMatch(/^image\//);
        await other.close();
      }
    }
  });
});

describe('a message of two million characters', () => {
  it('is clipped, shown whole when asked for, and found', async () => {
    await takeIn('giant.json');
    await page.locator('nav a[data-conversation]').filter({ hasText: 'Giant' }).click();
    const giant = messageWith(page, 'two million');
    await giant.waitFor();
    expect((await page.locator('body').innerText()).length).toBeLessThan(20_000);
    await messageWith(page, 'after').waitFor();
    await giant.getByRole('button', { name: 'Show all 2,000,000 characters' }).click();
    await page.waitForFunction(
      (length) => [...document.querySelectorAll('article p')].some((one) => Math.abs(one.textContent.length - length) < 20),
      giantLength,
    );
    expect(await findActive()).toEqual([]);
    await search(page, `"${giantWords.trim()}"`, '1 hit');
    expect(
      await page
        .getByRole('search')
        .innerText()
        .then(({ length }) => length),
    ).toBeLessThan(2000);
  });
});

describe('all of it together', () => {
  it('raised no dialog, broke no policy, and asked nobody but the app for anything', () => {
    expect(dialogs).toEqual([]);
    expect(watched.violations).toEqual([]);
    expect(tracker.requests).toEqual([]);
    expect(watched.requests.length).toBeGreaterThan(10);
    expect(watched.requests.filter((url) => new URL(url.replace(/^blob:/, '')).origin !== new URL(site.url).origin)).toEqual([]);
  });
});
