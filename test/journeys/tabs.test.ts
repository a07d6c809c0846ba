// Tabs of one browser: a new one gets the key from an open one, a change in one is told to all, a lock in one locks all.
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { launchChromium } from './browser';
import { serveSite, type Site } from './serve';
import { countHits, countMessages, importDemo } from './steps';

const passphrase = 'correct horse battery staple';
let browser: Browser;
let site: Site;
let context: BrowserContext;
beforeAll(async () => {
  browser = await launchChromium();
  site = await serveSite(inject('harnessFolder'));
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  return () => context.close();
});

async function openTab(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url);
  return page;
}

const state = (page: Page) => page.evaluate(() => window.session.vault.open().then((status) => status.state));
/** The events that a tab has told since this was first called. */
const events = (page: Page) =>
  page.evaluate(() => {
    const kept = window as unknown as { seen?: string[] };
    if (kept.seen === undefined) {
      const seen: string[] = (kept.seen = []);
      window.session.onEvent((event) => seen.push(event.kind === 'locked' ? `locked by ${event.by}` : event.kind));
    }
    return kept.seen;
  });

async function protectedTabs(): Promise<[Page, Page]> {
  const one = await openTab();
  await importDemo(one);
  await one.evaluate((words) => window.session.vault.setPassphrase(words, null, () => {}), passphrase);
  const other = await openTab();
  return [one, other];
}

describe('tabs', () => {
  it('share the key of an open vault; without one, the passphrase is needed', async () => {
    const [one, other] = await protectedTabs();
    expect(await state(other)).toBe('open');
    expect(await countMessages(other)).toBeGreaterThan(50);
    await one.close();
    expect(await state(await openTab())).toBe('open');
    for (const page of context.pages()) await page.close();
    const later = await openTab();
    expect(await state(later)).toBe('locked');
    expect(
      await later.evaluate(() => window.session.vault.unlock('wrong horse battery staple').catch((error: { code: string }) => error.code)),
    ).toBe('wrong-secret');
    expect(await later.evaluate((words) => window.session.vault.unlock(words).then((status) => status.state), passphrase)).toBe('open');
    expect(await countHits(later, 'the')).toBeGreaterThan(0);
  });

  it('are all locked at once, and keep nothing', async () => {
    const [one, other] = await protectedTabs();
    expect(await state(other)).toBe('open');
    await events(one);
    await events(other);
    await countHits(other, 'the');
    const url = await other.evaluate(async () => {
      const { session } = window;
      for (const { id } of await session.vault.conversations()) {
        const { messages } = await session.vault.page(id, { at: 'start' }, 0, 200);
        const sha256 = messages.flatMap(({ attachments }) => attachments).find((attachment) => attachment.sha256 !== null)?.sha256;
        if (sha256) return session.mediaUrl(sha256);
      }
      throw new Error('no picture');
    });
    expect(await other.evaluate((address) => new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve(image.naturalWidth > 0);
      image.onerror = () => resolve(false);
      image.src = address;
    }), url)).toBe(true); // prettier-ignore
    const pending = other.evaluate(() => window.session.search({ query: 'a', conversation: null, order: 'newest', hitLimit: 1, zone: 'UTC' }, () => {}).finished.then(() => 'ended', (error: { code: string }) => error.code)); // prettier-ignore
    await one.evaluate(() => window.session.lock());
    await expect.poll(() => events(other)).toContain('locked by other-tab');
    expect(await events(one)).toContain('locked by hand');
    expect(['ended', 'locked']).toContain(await pending);
    expect(await other.evaluate((address) => new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve('shown');
      image.onerror = () => resolve('gone');
      image.src = address;
    }), url)).toBe('gone'); // prettier-ignore
    for (const page of [one, other]) {
      expect(await state(page)).toBe('locked');
      expect(await page.evaluate(() => window.session.vault.conversations().then(() => 'given', (error: { code: string }) => error.code))).toBe('locked'); // prettier-ignore
    }
  });

  it('hear of imports, settings and choices made in another', async () => {
    const one = await openTab();
    const other = await openTab();
    expect(await state(other)).toBe('empty');
    await events(other);
    await importDemo(one);
    await expect.poll(() => events(other)).toContain('archive-changed');
    expect(await countMessages(other)).toBe(await countMessages(one));
    await one.evaluate(() => window.session.vault.setSetting('colour', 'teal'));
    await expect.poll(() => events(other)).toContain('notes-changed');
    expect(await other.evaluate(() => window.session.vault.settings())).toEqual({ colour: 'teal' });
    await one.evaluate(() => window.session.setPreferences({ theme: 'dark' }));
    await expect.poll(() => other.evaluate(() => window.session.preferences.theme)).toBe('dark');
  });

  it('forget everything together: nothing is left on this origin', async () => {
    const [one, other] = await protectedTabs();
    expect(await state(other)).toBe('open');
    await one.evaluate(() => window.session.setPreferences({ theme: 'dark' }));
    await events(other);
    await one.evaluate(() => window.session.forgetEverything());
    await expect.poll(() => events(other)).toContain('forgotten');
    expect(await one.evaluate(async () => {
      const files: string[] = [];
      for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
      return {
        databases: (await indexedDB.databases()).map(({ name }) => name),
        caches: await caches.keys(),
        files,
        stored: localStorage.length + sessionStorage.length,
        serviceWorkers: (await navigator.serviceWorker.getRegistrations()).length,
        cookies: document.cookie,
      };
    })).toEqual({ databases: [], caches: [], files: [], stored: 0, serviceWorkers: 0, cookies: '' }); // prettier-ignore
  });
});
