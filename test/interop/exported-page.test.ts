// An exported page in real browsers, opened from the disk: a hundred thousand messages, a chat that tries to break out (B5), and
// media beside. Nothing is asked of any network, nothing is on the console, and what is found scrolls into view.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ownArchiveLimits } from '../../src/bytes/limits';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { openZip } from '../../src/bytes/zip';
import type { MessageExport } from '../../src/model/export';
import type { ArchiveReader } from '../../src/vault/archive';
import { everyKind, hostileTexts, people, person, readerOf, sha, withMedia, write } from '../export/invented-chat';
import { launchChromium, watch, type Watched } from '../journeys/browser';
import { engines } from '../journeys/engines';
import { memoryReader, message } from '../search/memory-reader';

const minute = 60_000;
const startMs = Date.UTC(2014, 0, 1, 8);
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let folder: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let watched: Watched;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camphor-page-'));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'en-GB', colorScheme: 'dark', viewport: { width: 900, height: 700 } });
  watched = await watch(context);
  page = await context.newPage();
});
afterEach(async () => {
  expect(watched.violations).toEqual([]);
  expect(watched.errors).toEqual([]);
  expect(watched.requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
  await context.close();
});

/** Ten years, in two conversations of which the first is nearly all; one message is unlike the others. */
function tenYears(count: number): ArchiveReader {
  const messages = Array.from({ length: count }, (_, seq) =>
    message(seq === 41_234 ? 'the needle 在这里' : `message ${seq} ${'hay '.repeat(seq % 20)}`, {
      seq,
      sentAtMs: startMs + seq * 52 * minute,
      sender: people[seq % 2]?.id ?? null,
    }),
  );
  const aside = [message('aside', { seq: 0, sentAtMs: startMs, sender: people[0]?.id ?? null })];
  return memoryReader([{ id: 'big', messages }, { id: 'small', messages: aside }], people); // prettier-ignore
}

/** Writes and opens it: the page itself, or the one in a ZIP, unpacked. */
async function openPage(reader: ArchiveReader, request: Partial<MessageExport> = {}): Promise<void> {
  const { bytes } = await write(reader, { format: 'html', ...request });
  const files = new Map<string, Uint8Array>();
  if (bytes[0] === 0x50) {
    for (const entry of (await openZip(sourceOfBytes(bytes), ownArchiveLimits)).entries)
      files.set(entry.path, await entry.open().read(0, entry.sizeBytes));
  } else files.set('messages.html', bytes);
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  await page.goto(pathToFileURL(join(folder, 'messages.html')).href);
}

const isInView = (selector: string): Promise<boolean> =>
  page.evaluate((wanted) => {
    const box = document.querySelector(wanted)?.getBoundingClientRect();
    return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
  }, selector);

describe('a page of a hundred thousand messages', () => {
  it('opens at the end with few of them drawn, finds one and scrolls to it, and goes to a month', async () => {
    await openPage(tenYears(100_000));
    await page.waitForSelector('body.ready');
    expect(await page.locator('#sums').textContent()).toContain('100,001 messages');
    expect(await page.locator('li.message').count()).toBeLessThan(600);
    expect(await page.locator('li.message').last().textContent()).toContain('message 99999 ');
    await page.fill('#query', 'NEEDLE 在这里');
    await expect.poll(() => page.locator('#count').textContent()).toBe('1 / 1');
    expect(await page.locator('.hit').textContent()).toContain('the needle 在这里');
    expect(await page.locator('.hit mark').textContent()).toBe('needle 在这里');
    expect(await isInView('.hit')).toBe(true);
    await page.fill('#query', 'message 7');
    // Of 7, 70 to 79, 700 to 799 and so on: 11,111 numbers begin with 7; the newest is shown first.
    await expect.poll(() => page.locator('#count').textContent(), { timeout: 20_000 }).toBe('11111 / 11111');
    expect(await page.locator('.hit').textContent()).toContain('message 79999 ');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.hit').last().textContent()).toContain('message 79998 ');
    expect(await isInView('.hit')).toBe(true);
    await page.selectOption('#month', { label: 'March 2015' });
    expect(await page.locator('#messages').textContent()).toContain('1 March 2015');
    await page.selectOption('#conversation', '1');
    expect(await page.locator('li.message').allTextContents()).toMatchObject([/aside/]);
  });

  it('follows the scroll both ways, and keeps few drawn', async () => {
    await openPage(tenYears(3_000));
    await page.waitForSelector('body.ready');
    const texts = (): Promise<string> => page.locator('#messages').textContent().then(String);
    for (let turn = 0; turn < 150 && !(await texts()).includes('message 0 '); turn++) {
      await page.evaluate(() => (document.getElementById('pane')?.scrollBy(0, -4000), undefined));
      await page.waitForTimeout(40);
    }
    expect(await texts()).toContain('message 0 ');
    expect(await page.locator('li.message').count()).toBeLessThan(600);
    for (let turn = 0; turn < 150 && !(await texts()).includes('message 2999 '); turn++) {
      await page.evaluate(() => (document.getElementById('pane')?.scrollBy(0, 4000), undefined));
      await page.waitForTimeout(40);
    }
    expect(await texts()).toContain('message 2999 ');
  });
});

describe.each(engines.filter(({ missing }) => missing() === null))('in $name', ({ launch }) => {
  it('a page of a hundred thousand messages opens and finds', async () => {
    const { bytes } = await write(tenYears(100_000), { format: 'html', language: 'zh-CN' });
    writeFileSync(join(folder, 'engine.html'), bytes);
    const driven = await launch();
    try {
      await driven.goto(pathToFileURL(join(folder, 'engine.html')).href);
      const found = await driven.run(`
        const until = async (find) => {
          for (let turn = 0; turn < 400 && !find(); turn++) await new Promise((resolve) => setTimeout(resolve, 50));
          return find();
        };
        await until(() => document.body.classList.contains('ready'));
        const field = document.getElementById('query');
        field.value = 'needle 在这里';
        field.dispatchEvent(new Event('input'));
        const hit = await until(() => document.querySelector('.hit'));
        const box = hit.getBoundingClientRect();
        return {
          text: hit.querySelector('mark').textContent,
          isInView: box.top >= 0 && box.bottom <= innerHeight,
          count: document.getElementById('count').textContent,
          drawn: document.querySelectorAll('li.message').length,
        };`);
      expect(found).toMatchObject({ text: 'needle 在这里', isInView: true, count: '1 / 1', drawn: 300 });
    } finally {
      await driven.close();
    }
  });
});

describe('a page of a chat', () => {
  it('that tries to break out shows all of it as text, in both languages', async () => {
    const messages = hostileTexts.map((text, seq) =>
      message(text, { seq, sentAtMs: startMs + seq * minute, sender: people[3]?.id ?? null }),
    );
    await openPage(memoryReader([{ id: 'x', name: '</title><script>alert(1)</script>', messages }], [...people, person('z', '<i>')]));
    await page.waitForSelector('body.ready');
    // As JSON, which tells of what no text on its way here keeps.
    const shown = await page.evaluate(() =>
      JSON.stringify([...document.querySelectorAll('li.message .text')].map((each) => each.textContent)),
    );
    expect(shown).toBe(JSON.stringify(hostileTexts.filter((text) => text !== '')));
    expect(await page.locator('h1').textContent()).toBe('</title><script>alert(1)</script>');
    expect(await page.locator('#messages script, #messages img, #messages iframe, #messages b').count()).toBe(0);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    expect(await page.locator('#former').textContent()).toBe('Earlier');
    await page.click('#language');
    expect(await page.locator('#former').textContent()).toBe('更早');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  });

  it.each(['light', 'dark'] as const)('passes axe in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await openPage(readerOf(everyKind()));
    await page.fill('#query', 'a');
    await page.waitForSelector('.hit');
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });

  it('shows media beside and inside, and is dark where the system is', async () => {
    const media = new Map([
      [sha('a'), { mime: 'image/png', bytes: new Uint8Array(png) }],
      [sha('c'), { mime: 'text/html', bytes: new TextEncoder().encode('<script>alert(1)</script>') }],
    ]);
    const loads = (): Promise<number> =>
      page.evaluate(async () => {
        const picture = document.querySelector<HTMLImageElement>('img.medium');
        picture?.scrollIntoView();
        await picture?.decode();
        return picture?.naturalWidth ?? 0;
      });
    await openPage(withMedia(readerOf(everyKind()), media), { media: 'beside' });
    expect(await loads()).toBe(1);
    expect(await page.locator('a[download]').getAttribute('href')).toBe(`media/${sha('c')}.html.txt`);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(230, 234, 232)');
    await page.click('#theme');
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(28, 35, 33)');
    await openPage(withMedia(readerOf(everyKind()), media), { media: 'inside' });
    expect(await loads()).toBe(1);
  });
});
