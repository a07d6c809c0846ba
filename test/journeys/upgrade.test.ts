// Checks C4: kill −9 of the whole browser while the database is made and while it is upgraded, and an upgrade under an open tab.
// The upgrade is that of a real build with a next version of the stores (upgrade-schema.ts).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeZip } from 'client-zip';
import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from './browser';
import { buildSite } from './build-app';
import { conversationRow, goToImport, importFiles, chooseFiles, takeButton } from './interface';
import { createProfile, type Profile } from './profile';
import { serveSite, type Site } from './serve';
import { importDemo } from './steps';
import { heldSeal, type StoragePlan, storageFault } from './upgrade-fault';

const nextFolder = join(inject('harnessFolder'), '../harness-later-schema');
const nextAppFolder = join(inject('harnessFolder'), '../app-later-schema');
/** The service worker would answer with the version before. */
const uncached = { serviceWorkers: 'block' } as const;
const undisturbed: StoragePlan = { call: Infinity, spin: false };

interface Layout {
  readonly version: number;
  readonly stores: readonly string[];
  readonly objects: number;
  readonly marks: number;
}
interface Outcome {
  readonly state: string;
  /** The vault's conversations as `name: messages`, sorted. */
  readonly conversations: readonly string[];
  readonly damaged: number;
  readonly receipts: number;
}

const presentStores = ['header', 'notes', 'objects', 'roots'];
let plan: StoragePlan = undisturbed;
let site: Site;

beforeAll(async () => {
  const replacements = [{ find: /^\.\/database-schema$/, replacement: join(import.meta.dirname, 'upgrade-schema.ts') }];
  await buildSite(nextFolder, 'test/journeys/harness-next.ts', replacements);
  await buildSite(nextAppFolder, 'src/main.tsx', replacements);
  site = await serveSite(inject('harnessFolder'), {
    rewrite: (path, body) => (/\/assets\/vault-[^/]+\.js$/.test(path) ? `${body.toString()}\n${storageFault(plan)}` : body),
  });
});

afterAll(() => site.close());

/** The database as it lies on disk, opened by nobody's version. Null where there is none. */
async function layoutOf(context: BrowserContext): Promise<Layout | null> {
  const page = await context.newPage();
  await page.goto(`${site.url}icons/mark-192.png`);
  const layout = await page.evaluate(async () => {
    const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const request = indexedDB.open('camphor');
    // None is there, or one that was not made whole: it is not to be made here.
    request.onupgradeneeded = () => request.transaction?.abort();
    const database = await settled(request).catch(() => null);
    if (database === null) return null;
    const stores = [...database.objectStoreNames];
    const count = (name: string): Promise<number> =>
      stores.includes(name) ? settled(database.transaction(name).objectStore(name).count()) : Promise.resolve(0);
    const found = { version: database.version, stores, objects: await count('objects'), marks: await count('marks') };
    database.close();
    return found;
  });
  await page.close();
  return layout;
}

/** Opens the vault with the version that is served; gives what it holds, and how many storage calls that took. */
async function openVault(page: Page): Promise<Outcome & { readonly calls: number }> {
  await page.goto(site.url);
  return page.evaluate(async () => {
    let calls = 0;
    new BroadcastChannel('upgrade-fault').onmessage = ({ data }) => {
      if (data.calls !== undefined) calls = data.calls;
      if (data.reached === true) (window as unknown as { noteReached: () => void }).noteReached();
    };
    const { vault } = window.session;
    const { state } = await vault.open();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const opened = { state, calls };
    const conversations = await vault.conversations();
    const report = await vault.verify(() => undefined);
    return {
      ...opened,
      conversations: conversations.map(({ name, messageCount }) => `${name}: ${messageCount}`).sort(),
      damaged: report.damaged.length,
      receipts: (await vault.receipts()).length,
    };
  });
}

/** Opens the vault and kills the browser at the planned call. */
async function killWhileOpening(profile: Profile, at: StoragePlan): Promise<void> {
  plan = at;
  const context = await profile.launch(uncached);
  let tell: (reached: boolean) => void = () => undefined;
  const reached = new Promise<boolean>((resolve) => (tell = resolve));
  await context.exposeBinding('noteReached', () => tell(true));
  const page = await context.newPage();
  openVault(page).catch(() => undefined);
  expect(await reached).toBe(true);
  await profile.kill();
  plan = undisturbed;
}

/** Runs with the profile started again and what is on disk; ends it. */
async function withProfile<Value>(profile: Profile, run: (context: BrowserContext) => Promise<Value>): Promise<Value> {
  const context = await profile.launch(uncached);
  try {
    return await run(context);
  } finally {
    await context.close();
  }
}

async function open(context: BrowserContext): Promise<Outcome & { readonly calls: number }> {
  const page = await context.newPage();
  return openVault(page).finally(() => page.close());
}

const empty = { state: 'empty', conversations: [], damaged: 0, receipts: 0 };
/** Calls from the first to the last of so many; then the last with its transaction about to end. */
const rounds = [0, 0.3, 0.6, 1].map((share) => ({ share, spin: true })).concat({ share: 1, spin: false });
const callAt = (calls: number, share: number): number => 1 + Math.round((calls - 1) * share);
const nameOf = ({ share, spin }: (typeof rounds)[number]): string =>
  `${share * 100} % of its calls, ${spin ? 'standing still' : 'going on'}`;

describe('the browser is killed while the database is made', () => {
  let calls = 0;
  beforeAll(async () => {
    site.deploy(inject('harnessFolder'));
    const trial = createProfile();
    const { calls: counted, ...first } = await withProfile(trial, open);
    trial.remove();
    expect(first).toEqual(empty);
    // Four stores; then the header, the device's key, the root, and what points to it.
    expect(counted).toBeGreaterThanOrEqual(8);
    calls = counted;
  });

  for (const round of rounds)
    it(`at ${nameOf(round)}: the next start has a whole, empty vault that takes an import`, async () => {
      const profile = createProfile();
      await killWhileOpening(profile, { call: callAt(calls, round.share), spin: round.spin });
      await withProfile(profile, async (context) => {
        const layout = await layoutOf(context);
        if (layout !== null) expect(layout).toMatchObject({ version: 20, stores: presentStores });
        const { calls: _, ...after } = await open(context);
        expect(after).toEqual(empty);
        const page = await context.newPage();
        await page.goto(site.url);
        expect(await importDemo(page)).toBeGreaterThan(50);
      });
      profile.remove();
    });
});

describe('the browser is killed while the database is upgraded', () => {
  let profile: Profile;
  let before: Outcome;
  let older: Layout;
  let newer: Layout;
  /** A store looked at or made, the roots away, a row for each object, the roots back. */
  let calls = 0;

  beforeAll(async () => {
    site.deploy(inject('harnessFolder'));
    profile = createProfile();
    await withProfile(profile, async (context) => {
      const page = await context.newPage();
      await page.goto(site.url);
      await importDemo(page);
      ({ calls, ...before } = await openVault(page));
      older = (await layoutOf(context)) as Layout;
    });
    expect(before).toMatchObject({ state: 'open', damaged: 0 });
    expect(before.conversations.length).toBeGreaterThan(2);
    expect(older).toMatchObject({ version: 20, stores: presentStores, marks: 0 });
    newer = { version: 30, stores: [...presentStores, 'marks'].sort(), objects: older.objects, marks: older.objects };
    calls = 2 + older.objects + 2;
  });
  afterAll(() => profile.remove());

  for (const round of rounds)
    it(`at ${nameOf(round)}: old or new stores, never between, and all is there`, async () => {
      site.deploy(nextFolder);
      await killWhileOpening(profile, { call: callAt(calls, round.share), spin: round.spin });
      const after = await withProfile(profile, layoutOf);
      if (round.spin) expect(after).toEqual(older);
      else expect([older, newer]).toContainEqual(after);
      // The version that the stores are of opens them.
      site.deploy(after?.version === 30 ? nextFolder : inject('harnessFolder'));
      expect(await withProfile(profile, open)).toMatchObject(before);
    });

  it('and not again: then it goes through, and the version before leaves it alone', async () => {
    site.deploy(nextFolder);
    expect(await withProfile(profile, open)).toMatchObject(before);
    expect(await withProfile(profile, layoutOf)).toEqual(newer);
    site.deploy(inject('harnessFolder'));
    const refused = await withProfile(profile, async (context) => {
      const page = await context.newPage();
      await page.goto(site.url);
      return page.evaluate(async () => {
        const { state } = await window.session.vault.open();
        const codeOf = (error: { code: string }): string => error.code;
        return [state, await window.session.vault.conversations().then(() => 'read', codeOf)];
      });
    });
    // No key was opened, so that is what it lacks first.
    expect(refused).toEqual(['newer', 'locked']);
    expect(await withProfile(profile, layoutOf)).toEqual(newer);
  });

  it('from an older number of the same stores', async () => {
    site.deploy(inject('harnessFolder'));
    const old = createProfile();
    await withProfile(old, async (context) => {
      const page = await context.newPage();
      await page.goto(`${site.url}icons/mark-192.png`);
      await page.evaluate(
        () =>
          new Promise<void>((resolve, reject) => {
            const request = indexedDB.open('camphor', 5);
            request.onupgradeneeded = () => {
              for (const name of ['objects', 'notes', 'roots', 'header']) request.result.createObjectStore(name);
            };
            request.onsuccess = () => resolve(request.result.close());
            request.onerror = () => reject(request.error);
          }),
      );
    });
    await killWhileOpening(old, { call: 1, spin: true });
    expect(await withProfile(old, layoutOf)).toMatchObject({ version: 5, stores: presentStores });
    expect(await withProfile(old, open)).toMatchObject(empty);
    expect(await withProfile(old, layoutOf)).toMatchObject({ version: 20, stores: presentStores });
    old.remove();
  });
});

describe('a tab that is open while another one upgrades', () => {
  const words = {
    'en-GB': ['What is kept here needs a newer version', /^It was written by a newer version of Camphor/],
    'zh-CN': ['这里的内容需要更新的版本', /^它由更新版本的/],
  } as const;
  let folder: string;
  let app: Site;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'camphor-upgrade-'));
    writeFileSync(join(folder, 'WhatsApp Chat with Earlier.txt'), '01/06/2025, 10:00 - Ida: The bicycle is in the cellar\n');
    const picture = new Uint8Array(12_000_000).map((_, at) => Math.imul(at + 1, 2_654_435_761) >>> 24);
    picture.set([0xff, 0xd8, 0xff, 0xe0]);
    const files = [
      { name: 'WhatsApp Chat with Later.txt', input: '02/06/2025, 10:00 - Jon: IMG-20250602-WA0001.jpg (file attached)\n' },
      { name: 'IMG-20250602-WA0001.jpg', input: picture },
    ];
    writeFileSync(join(folder, 'WhatsApp Chat with Later.zip'), Buffer.from(await new Response(makeZip(files)).arrayBuffer()));
    app = await serveSite(inject('appFolder'), {
      rewrite: (path, body) => (/\/assets\/import-[^/]+\.js$/.test(path) ? `${body.toString()}\n${heldSeal(20)}` : body),
    });
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const locale of ['en-GB', 'zh-CN'] as const)
    it(`lets go, says so in its language, and comes back with the newer version (${locale})`, async () => {
      app.deploy(inject('appFolder'));
      const browser = await launchChromium();
      const context = await browser.newContext({ ...uncached, locale: 'en-GB', viewport: { width: 1280, height: 800 } });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      await page.goto(app.url);
      await importFiles(page, join(folder, 'WhatsApp Chat with Earlier.txt'));
      if (locale !== 'en-GB') {
        await page.goto(`${app.url}#/settings`);
        await page.getByLabel('Language').selectOption('zh-CN');
        await page.getByLabel('语言').waitFor();
      }
      app.deploy(nextAppFolder);
      const next = await context.newPage();
      await next.goto(app.url);
      await conversationRow(next, 'Earlier').waitFor();
      const [heading, advice] = words[locale];
      await page.getByRole('heading', { name: heading }).waitFor();
      await page.getByText(advice).waitFor();
      expect(await page.locator('nav, article').count()).toBe(0);
      expect(await page.locator('body').innerText()).not.toContain('bicycle');
      // The host still gives it the version before: it says the same, and changes nothing.
      app.deploy(inject('appFolder'));
      await page.reload();
      await page.getByRole('heading', { name: heading }).waitFor();
      app.deploy(nextAppFolder);
      await page.reload();
      await conversationRow(page, 'Earlier').waitFor();
      await browser.close();
    });

  it('with an import under way: nothing of that is kept, nothing before it is lost, and it can begin again', async () => {
    app.deploy(inject('appFolder'));
    const browser = await launchChromium();
    const context = await browser.newContext({ ...uncached, locale: 'en-GB', viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await page.goto(app.url);
    await importFiles(page, join(folder, 'WhatsApp Chat with Earlier.txt'));
    await goToImport(page, app.url);
    await chooseFiles(page, join(folder, 'WhatsApp Chat with Later.zip'));
    const held = page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          new BroadcastChannel('held-import').onmessage = ({ data }) => data === 'held' && resolve();
        }),
    );
    await takeButton(page).click();
    await held;
    app.deploy(nextAppFolder);
    const next = await context.newPage();
    await next.goto(app.url);
    await conversationRow(next, 'Earlier').waitFor();
    await page.getByRole('heading', { name: words['en-GB'][0] }).waitFor();
    await page.evaluate(() => new BroadcastChannel('held-import').postMessage('go'));
    // The writer's lock is free once the import has ended.
    await expect
      .poll(() => page.evaluate(async () => (await navigator.locks.query()).held?.map(({ name }) => name).includes('camphor-importing')))
      .toBe(false);
    await next.reload();
    await conversationRow(next, 'Earlier').waitFor();
    expect(await next.locator('nav a[data-conversation]').count()).toBe(1);
    await next.close();
    await page.reload();
    await goToImport(page, app.url);
    await page.evaluate(() => void setInterval(() => new BroadcastChannel('held-import').postMessage('go'), 100));
    expect(await importFiles(page, join(folder, 'WhatsApp Chat with Later.zip'))).toBe('1 new message');
    await page.goto(`${app.url}#/settings`);
    await page.getByRole('button', { name: 'Check now' }).click();
    await page
      .getByRole('main')
      .getByRole('status')
      .filter({ hasText: /^Whole:/ })
      .waitFor();
    await browser.close();
  });
});
