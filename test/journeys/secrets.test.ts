// Checks D10 and D11 at the interface: words that exist nowhere else go in as names, messages, file names, a query and the
// passphrase, and are looked for in everything that the browser keeps or says; a lock leaves nothing of them in the page.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { makeZip } from 'client-zip';
import type { BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { waitForControl } from './browser';
import {
  goToImport,
  importFiles,
  lockField,
  messageWith,
  noteShown,
  openConversation,
  search,
  setPassphrase,
  type Shown,
  unlock,
} from './interface';
import { createProfile, type Profile } from './profile';
import { serveSite, type Site } from './serve';

/** Words of no language, one for each place that a secret enters by. */
const canaries = {
  conversation: 'Quaxolith',
  person: 'Vembuzzard',
  message: 'zorptangle',
  chinese: '龘靐齉爩',
  file: 'GLIMPORF-9081',
  bookmarked: 'krellivant',
  query: 'snarbolith',
  passphrase: 'wiggenholt uftrakel moonpebble',
} as const;
const passphrase = canaries.passphrase;
let site: Site;
let folder: string;
let profile: Profile;
let context: BrowserContext;
let page: Page;
let shown: Shown;
const said: string[] = [];

beforeAll(async () => {
  site = await serveSite(inject('appFolder'), { headers: true });
  folder = mkdtempSync(join(tmpdir(), 'camphor-secrets-'));
  const picture = await demoPicture();
  const chat = `01/06/2025, 10:00 - ${canaries.person}: the ${canaries.message} is here ${canaries.chinese}
01/06/2025, 10:01 - ${canaries.person}: ${canaries.file}.jpg (file attached)
01/06/2025, 10:02 - ${canaries.person}: keep the ${canaries.bookmarked}
`;
  const files = [
    { name: `WhatsApp Chat with ${canaries.conversation}.txt`, input: chat },
    { name: `${canaries.file}.jpg`, input: picture },
  ];
  writeFileSync(
    join(folder, `WhatsApp Chat with ${canaries.conversation}.zip`),
    Buffer.from(await new Response(makeZip(files)).arrayBuffer()),
  );
});

afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  profile = createProfile();
  context = await profile.launch();
  context.setDefaultTimeout(20_000);
  said.length = 0;
  context.on('console', (message) => said.push(message.text()));
  context.on('weberror', (error) => said.push(String(error.error())));
  context.on('request', (request) => said.push(`${request.url()} ${request.postData() ?? ''} ${JSON.stringify(request.headers())}`));
  page = context.pages()[0] ?? (await context.newPage());
  shown = await noteShown(page);
  await page.goto(site.url);
});

afterEach(async () => {
  await context.close();
  await profile.kill();
  profile.remove();
});

/** A whole picture: the icon of the app. */
function demoPicture(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(inject('appFolder'), 'icons/mark-512.png')));
}

const archive = (): string => join(folder, `WhatsApp Chat with ${canaries.conversation}.zip`);

/** The canaries that stand in a text or, as UTF-8 or UTF-16, in bytes. */
function canariesIn(bytes: Buffer): readonly string[] {
  const forms = (word: string): readonly Buffer[] => [
    Buffer.from(word),
    Buffer.from(word, 'utf16le'),
    Buffer.from(encodeURIComponent(word)),
  ];
  return Object.values(canaries).filter((word) => forms(word).some((form) => bytes.includes(form)));
}

function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name)).filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true); // prettier-ignore
}

/** What the page's own stores, addresses and timings say. */
function readStores(of: Page): Promise<string> {
  return of.evaluate(async () =>
    JSON.stringify({
      local: { ...localStorage },
      session: { ...sessionStorage },
      history: history.state,
      address: location.href,
      title: document.title,
      cookies: document.cookie,
      timings: performance.getEntries().map((entry) => entry.toJSON()),
      databases: await indexedDB.databases(),
      caches: await Promise.all(
        (await caches.keys()).map(async (name) => [name, (await (await caches.open(name)).keys()).map(({ url }) => url)]),
      ),
    }),
  );
}

describe('what the browser keeps and says', () => {
  it('holds no name, message, file name, query or passphrase, once a passphrase is set (D10)', async () => {
    await waitForControl(page);
    await setPassphrase(page, site.url, passphrase);
    await goToImport(page, site.url);
    expect(await importFiles(page, archive())).toBe('3 new messages');
    await openConversation(page, canaries.conversation);
    await messageWith(page, canaries.bookmarked).getByRole('button', { name: 'Message menu' }).click();
    await page.getByRole('menuitem', { name: 'Bookmark' }).click();
    await messageWith(page, canaries.bookmarked).getByRole('img', { name: 'Bookmarked' }).waitFor();
    await page.locator('article img').waitFor();
    await search(page, `${canaries.message} from:${canaries.person}`, '1 hit');
    await page.getByRole('list', { name: 'Hits' }).getByRole('button').first().click();
    await search(page, canaries.query, '0 hits');
    const stores = await readStores(page);
    await page.reload();
    await unlock(page, passphrase);
    await openConversation(page, canaries.conversation);
    expect(canariesIn(Buffer.from(stores + (await readStores(page))))).toEqual([]);
    expect([...shown.addresses, ...shown.titles, ...said].flatMap((text) => canariesIn(Buffer.from(text)))).toEqual([]);
    expect(said.length).toBeGreaterThan(10);
    await context.close();
    const looked = filesBelow(profile.folder);
    expect(looked.length).toBeGreaterThan(20);
    expect(looked.some((path) => path.includes('indexeddb.leveldb'))).toBe(true);
    const found = looked.flatMap((path) => canariesIn(readFileSync(path)).map((word) => `${word} in ${relative(profile.folder, path)}`));
    expect(found).toEqual([]);
  });

  it('can be searched at all: a word in localStorage is found on the disk', async () => {
    await page.evaluate((word) => localStorage.setItem('control', word), canaries.message);
    await context.close();
    const found = filesBelow(profile.folder).filter((path) => canariesIn(readFileSync(path)).length > 0);
    expect(found.length).toBeGreaterThan(0);
  });
});

/** Names of the plaintext workers that run: `vault`, `import`, `search 0` … */
const workersOf = (of: Page): number => of.workers().length;

async function expectLocked(of: Page, blobUrls: readonly string[]): Promise<void> {
  await lockField(of).waitFor();
  await expect.poll(() => workersOf(of)).toBe(0);
  expect(canariesIn(Buffer.from(await of.content()))).toEqual([]);
  expect(await of.evaluate(() => [...document.querySelectorAll('input')].map(({ value }) => value).join(''))).toBe('');
  const alive = await of.evaluate(
    (urls) => Promise.all(urls.map((url) => new Promise<boolean>((resolve) => {
      const image = new Image();
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
      image.src = url;
    }))),
    blobUrls,
  ); // prettier-ignore
  expect(alive).toEqual(blobUrls.map(() => false));
  await of.goBack();
  await lockField(of).waitFor();
  expect(canariesIn(Buffer.from(await of.content()))).toEqual([]);
}

/** A vault with a passphrase, a conversation with its picture open, a search on the screen. Gives the addresses of pictures. */
async function openEverything(of: Page): Promise<readonly string[]> {
  await openConversation(of, canaries.conversation);
  await of.locator('article img').waitFor();
  await search(of, canaries.message, '1 hit');
  await of.getByRole('list', { name: 'Hits' }).getByRole('button').first().click();
  await of.locator('article:focus').waitFor();
  expect(workersOf(of)).toBeGreaterThan(1);
  return of.locator('article img').evaluateAll((all) => all.map((image) => (image as HTMLImageElement).src));
}

describe('a lock', () => {
  beforeEach(async () => {
    await importFiles(page, archive());
    await setPassphrase(page, site.url, passphrase);
  });

  it('by hand ends the workers, empties the page, revokes the pictures, and going back shows the lock (D11)', async () => {
    const urls = await openEverything(page);
    expect(urls.length).toBeGreaterThan(0);
    await page.keyboard.press('Alt+l');
    await expectLocked(page, urls);
    await unlock(page, passphrase);
  });

  it('of another tab does the same (D11)', async () => {
    const urls = await openEverything(page);
    const other = await context.newPage();
    await other.goto(site.url);
    await openConversation(other, canaries.conversation);
    await other.keyboard.press('Alt+l');
    await lockField(other).waitFor();
    await expectLocked(page, urls);
  });

  it('after idle time does the same, and says so before (D11)', async () => {
    await page.getByLabel('Lock when idle').selectOption('1');
    const urls = await openEverything(page);
    // Only the clock is moved: the session compares wall clocks when the tab is looked at again.
    await page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 40_000;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page
      .getByRole('alert')
      .filter({ hasText: /^Locking in \d+ seconds/ })
      .waitFor();
    await page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 40_000;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expectLocked(page, urls);
  });
});
