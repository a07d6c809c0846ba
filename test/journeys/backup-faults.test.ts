// Faults of a backup in the built app, against Apache behind a proxy that misbehaves (backup.md §7; C9, E2, E10 and E11 of
// checks.md), the browser that is killed, and several writers at the same time. Stock restic says what came of it.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { BackupProgress, RepositorySecret } from '../../src/model/backup-view';
import type { WebdavConfig } from '../../src/model/drive';
import { makeRestic, type Restic } from '../interop/restic';
import { startApache } from '../interop/servers/apache';
import { type Fault, type FaultProxy, type SeenRequest, startFaultProxy } from '../interop/servers/fault-proxy';
import { addDrive, backUp, importText, listSnapshots, restore } from './backup-steps';
import { makeResticByRclone } from './backup-faults-restic';
import { launchChromium } from './browser';
import { dumpVault } from './dump';
import { createProfile } from './profile';
import { dropDatabases, dropFiles, dropMark } from './evictions';
import { serveSite, type Site } from './serve';
import { importDemo } from './steps';

const account = { username: 'ann', password: 'drive-canary-7Qx' };
const passphrase: RepositorySecret = { kind: 'passphrase', text: 'seven quiet moths over snow' };

let site: Site;
let browser: Browser;
const cleanups: (() => Promise<unknown>)[] = [];
const later = <Thing extends { stop(): Promise<unknown> }>(thing: Thing): Thing => {
  cleanups.push(() => thing.stop());
  return thing;
};

beforeAll(async () => {
  site = await serveSite(inject('harnessFolder'), { headers: true });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

interface Chest {
  readonly proxy: FaultProxy;
  /** Of the drive, by the proxy. */
  readonly config: WebdavConfig;
  /** Of the server itself. */
  readonly serverUrl: string;
  /** Stock restic in the folder itself; it only reads there. */
  readonly restic: Restic;
}

/** `origin`: of the page that may reach it. */
async function startChest(origin = new URL(site.url).origin): Promise<Chest> {
  const server = later(await startApache({ origin, ...account }));
  const proxy = later(await startFaultProxy(server.url));
  const restic = await makeRestic({ repository: join(server.folder, 'chest'), password: passphrase.text });
  cleanups.push(() => restic.remove());
  return { proxy, restic, serverUrl: server.url, config: { kind: 'webdav', url: `${proxy.url}chest/`, ...account } };
}

async function openPage(context: BrowserContext, url = site.url): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'session' in window);
  return page;
}

async function newDevice(url = site.url): Promise<Page> {
  const context = await browser.newContext();
  cleanups.push(() => context.close());
  return openPage(context, url);
}

const codeOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'nothing was thrown',
    (error: Error) => /"code":"([^"]+)"|CamphorError: ([a-z-]+)/.exec(error.message)?.slice(1).find(Boolean) ?? error.message,
  );

const line = (minute: number, text: string): string => `01/06/2025, 10:${String(minute).padStart(2, '0')} - Nils: ${text}\n`;
const sayMore = (page: Page, texts: number): Promise<number> =>
  importText(page, 'WhatsApp Chat with Nils.txt', Array.from({ length: texts }, (_, at) => line(at, `the kettle sings ${at}`)).join(''));

/** Nothing is damaged, and the snapshot has the files that it had; gives all snapshots. */
async function checkByRestic(restic: Restic, first: string, listing: string): Promise<readonly string[]> {
  expect(await restic.run('check', '--read-data', '--no-lock')).toContain('no errors were found');
  expect(await restic.run('ls', first, '--json', '--no-lock')).toBe(listing);
  const target = join(restic.folder, `restored-${Math.random()}`);
  await restic.run('restore', first, '--target', target, '--no-lock');
  return (JSON.parse(await restic.run('snapshots', '--json', '--no-lock')) as { id: string }[]).map(({ id }) => id);
}

/** Packs that were sent; one whose folder was not there yet is sent once more. */
const packsSent = (proxy: FaultProxy, from: number): number =>
  new Set(proxy.requests.slice(from).flatMap(({ method, path }) => (method === 'PUT' && path.includes('/data/') ? [path] : []))).size;
const movesTo =
  (folder: string) =>
  (request: SeenRequest): boolean =>
    request.method === 'MOVE' && request.destination.includes(`/${folder}/`);

describe('the browser is killed in the middle of a backup', () => {
  it('at its packs, its index, its snapshot: nothing is lost, nothing blocks, packs are not sent again', async () => {
    const { proxy, config, restic } = await startChest();
    const profile = createProfile();
    cleanups.push(async () => {
      await profile.kill();
      profile.remove();
    });
    let context = await profile.launch();
    let page = await openPage(context);
    await importDemo(page);
    const { id } = await addDrive(page, config, 'create', passphrase);
    const first = (await backUp(page, id)).snapshot?.id ?? '';
    const listing = await restic.run('ls', first, '--json', '--no-lock');
    expect(await sayMore(page, 40)).toBe(40);
    const points: readonly (readonly [holds: (request: SeenRequest) => boolean, fault: Fault, packs: number])[] = [
      [({ method, path }) => method === 'PUT' && path.includes('/data/'), { kind: 'cut-body', bytes: 500 }, 2],
      [movesTo('index'), { kind: 'hold' }, 2],
      [movesTo('snapshots'), { kind: 'hold' }, 0],
    ];
    for (const [holds, fault, packs] of points) {
      const from = proxy.requests.length;
      proxy.faultOf = (request) => (holds(request) ? fault : null);
      const reached = proxy.reached();
      void backUp(page, id).catch(() => {});
      await reached;
      await profile.kill();
      proxy.faultOf = () => null;
      expect(packsSent(proxy, from)).toBeLessThanOrEqual(packs);
      expect(await checkByRestic(restic, first, listing)).toEqual([first]);
      context = await profile.launch();
      page = await openPage(context);
      await page.evaluate(() => window.session.vault.open());
    }
    const from = proxy.requests.length;
    const last = await backUp(page, id);
    expect(last.snapshot?.messages).toBe(141);
    expect(packsSent(proxy, from)).toBe(0);
    expect((await checkByRestic(restic, first, listing)).length).toBe(2);
    const other = await newDevice();
    const opened = await addDrive(other, config, 'open', passphrase);
    expect(await restore(other, opened.id, last.snapshot?.id ?? '')).toBe(141);
    expect(await dumpVault(other)).toBe(await dumpVault(page));
    await context.close();
  });

  it('or only its tab is closed: another tab goes on; while it runs no other tab and no update comes between', async () => {
    const { proxy, config, restic } = await startChest();
    const page = await newDevice();
    await importDemo(page);
    const { id } = await addDrive(page, config, 'create', passphrase);
    proxy.faultOf = (request) => (movesTo('index')(request) ? { kind: 'hold' } : null);
    const reached = proxy.reached();
    const running = backUp(page, id);
    running.catch(() => {});
    await Promise.race([reached, running.then(() => Promise.reject(new Error('it ended before its index')))]);
    const other = await openPage(page.context());
    await other.evaluate(() => window.session.vault.open());
    expect(await codeOf(backUp(other, id))).toContain('busy');
    // The lock that `session.update` waits for (see update.test.ts).
    const held = await other.evaluate(async () => (await navigator.locks.query()).held?.map(({ name }) => name));
    expect(held).toEqual(expect.arrayContaining(['camphor-importing', 'camphor-backup']));
    await page.close();
    proxy.faultOf = () => null;
    await expect.poll(() => codeOf(backUp(other, id)), { timeout: 30_000 }).toBe('nothing was thrown');
    expect((await listSnapshots(other, id)).map(({ messages }) => messages)).toEqual([101]);
    expect(await restic.run('check', '--read-data', '--no-lock')).toContain('no errors were found');
  });
});

describe('a server or a network that fails', () => {
  it('now and then: every request is tried again, the wait is shown, and nothing is there twice', async () => {
    const { proxy, config, restic } = await startChest();
    const page = await newDevice();
    await importDemo(page);
    const { id } = await addDrive(page, config, 'create', passphrase);
    const isPack = ({ method, path }: SeenRequest): boolean => method === 'PUT' && path.includes('/data/');
    const faults: (readonly [on: (request: SeenRequest) => boolean, fault: Fault])[] = [
      [isPack, { kind: 'answer', status: 429, headers: { 'Retry-After': '1' } }],
      [isPack, { kind: 'twice' }],
      [isPack, { kind: 'cut-body', bytes: 700 }],
      [isPack, { kind: 'answer', status: 500 }],
      [movesTo('index'), { kind: 'drop-answer' }],
      [({ method, path }) => method === 'GET' && path.includes('/index/'), { kind: 'cut-answer', bytes: 20 }],
      [movesTo('snapshots'), { kind: 'refuse' }],
    ];
    proxy.faultOf = (request) => {
      const at = faults.findIndex(([on]) => on(request));
      return at < 0 ? null : (faults.splice(at, 1)[0]?.[1] ?? null);
    };
    const stages = await page.evaluate(async (drive) => {
      const told: BackupProgress['stage'][] = [];
      await window.session.backup.run(drive, { evenIfSmaller: false }, ({ stage }) => void told.push(stage));
      return told;
    }, id);
    expect(faults).toEqual([]);
    expect(stages).toContain('waiting');
    expect(await restic.run('check', '--read-data', '--no-lock')).toContain('no errors were found');
    expect(JSON.parse(await restic.run('snapshots', '--json', '--no-lock'))).toHaveLength(1);
    expect(readdirSync(join(restic.repository, 'locks'))).toEqual([]);
  });

  it('that is full, wants another password, is a hotspot’s page or leads elsewhere: each is told apart', async () => {
    const { proxy, config, restic } = await startChest();
    const elsewhere = later(await startFaultProxy(proxy.url));
    elsewhere.faultOf = () => ({ kind: 'answer', status: 200, body: 'here' });
    const page = await newDevice();
    await importDemo(page);
    const { id } = await addDrive(page, config, 'create', passphrase);
    const answers: readonly (readonly [code: string, writesOnly: boolean, fault: Fault])[] = [
      ['drive-full', true, { kind: 'answer', status: 507 }],
      ['drive-too-large', true, { kind: 'answer', status: 413 }],
      ['drive-unauthorised', false, { kind: 'answer', status: 401 }],
      ['drive-redirected', false, { kind: 'answer', status: 302, headers: { Location: `${elsewhere.url}chest/` } }],
    ];
    for (const [code, writesOnly, fault] of answers) {
      // As at the start of a session: nothing has been taken yet.
      await page.reload();
      await page.waitForFunction(() => 'session' in window);
      await page.evaluate(() => window.session.vault.open());
      proxy.faultOf = ({ method, path }) => (writesOnly && !(method === 'PUT' && path.includes('/data/')) ? null : fault);
      expect(await codeOf(backUp(page, id)), code).toContain(code);
      proxy.faultOf = () => null;
    }
    expect(elsewhere.requests).toEqual([]);
    const hotspot: Fault = {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><p>Welcome to the train',
    };
    proxy.faultOf = () => hotspot;
    const steps = await page.evaluate(async (drive) => {
      const report = await window.session.backup.examine(drive, () => {});
      return { usable: report.usable, findings: report.steps.map(({ finding }) => finding).filter((finding) => finding !== null) };
    }, config);
    expect(steps).toEqual({ usable: false, findings: ['captive-portal'] });
    proxy.faultOf = () => null;
    expect((await backUp(page, id)).snapshot?.messages).toBe(101);
    expect(await restic.run('check', '--read-data', '--no-lock')).toContain('no errors were found');
  });
});

describe('three writers at the same time', () => {
  it('the app, a second profile and stock restic: all snapshots are there and whole', async () => {
    const { proxy, config, restic, serverUrl } = await startChest();
    const [one, two] = [await newDevice(), await newDevice()];
    await importDemo(one);
    await sayMore(two, 12);
    const { id } = await addDrive(one, config, 'create', passphrase);
    const { id: other } = await addDrive(two, { ...config, url: `${serverUrl}chest/` }, 'open', passphrase);
    const stock = await makeResticByRclone(serverUrl, account, passphrase.text);
    cleanups.push(() => stock.remove());
    writeFileSync(join(stock.folder, 'notes.txt'), 'of the laptop '.repeat(20_000));
    const expected: string[] = [];
    const keep = async (run: ReturnType<typeof backUp>): Promise<void> => void expected.push((await run).snapshot?.id ?? '');
    const stockBackUp = async (): Promise<void> => {
      const lines = (await stock.run('backup', join(stock.folder, 'notes.txt'), '--json')).trim().split('\n');
      expected.push((JSON.parse(lines[lines.length - 1] ?? '{}') as { snapshot_id?: string }).snapshot_id ?? '');
    };
    // The first waits before its snapshot until the other two have come and gone.
    proxy.faultOf = (request) => (movesTo('snapshots')(request) ? { kind: 'hold' } : null);
    const reached = proxy.reached();
    const first = keep(backUp(one, id));
    await reached;
    await Promise.all([keep(backUp(two, other)), stockBackUp()]);
    proxy.faultOf = () => null;
    proxy.release();
    await first;
    // And all of them as it happens.
    await sayMore(one, 20);
    await sayMore(two, 30);
    writeFileSync(join(stock.folder, 'notes.txt'), 'and more of it '.repeat(30_000));
    await Promise.all([keep(backUp(one, id)), keep(backUp(two, other)), stockBackUp()]);
    expect(expected.filter((snapshot) => snapshot !== '').length).toBe(6);
    expect(await restic.run('check', '--read-data', '--no-lock')).toContain('no errors were found');
    const found = (JSON.parse(await restic.run('snapshots', '--json', '--no-lock')) as { id: string }[]).map((each) => each.id);
    for (const snapshot of expected) expect(found.some((each) => each.startsWith(snapshot))).toBe(true);
    expect(readdirSync(join(restic.repository, 'locks'))).toEqual([]);
    for (const snapshot of expected) await restic.run('ls', snapshot, '--no-lock');
  });
});

describe('credentials of a drive', () => {
  it('lie in the sealed vault and nowhere else, and go when the drive is dropped (E11)', async () => {
    const { proxy, config } = await startChest();
    const profile = createProfile();
    cleanups.push(async () => {
      await profile.kill();
      profile.remove();
    });
    const context = await profile.launch();
    const said: string[] = [];
    context.on('console', (message) => said.push(message.text()));
    const page = await openPage(context);
    await importDemo(page);
    const { id } = await addDrive(page, config, 'create', passphrase);
    await backUp(page, id);
    const stores = await page.evaluate(async () =>
      JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        history.state,
        location.href,
        document.title,
        document.cookie,
        performance.getEntries().map((entry) => entry.toJSON() as unknown),
        await window.session.backup.drives(),
      ]),
    );
    const secrets = [account.password, passphrase.text, Buffer.from(`${account.username}:${account.password}`).toString('base64')];
    const holds = (bytes: Buffer): readonly string[] =>
      secrets.filter((secret) => bytes.includes(Buffer.from(secret)) || bytes.includes(Buffer.from(secret, 'utf16le')));
    expect(holds(Buffer.from(stores + said.join('\n')))).toEqual([]);
    expect(proxy.requests.flatMap(({ path }) => holds(Buffer.from(decodeURIComponent(path))))).toEqual([]);
    expect(proxy.requests.every(({ headers }) => headers.cookie === undefined)).toBe(true);
    await page.evaluate((drive) => window.session.backup.dropDrive(drive), id);
    expect(await page.evaluate(() => window.session.backup.drives())).toEqual([]);
    await context.close();
    const files = readdirSync(profile.folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(profile.folder, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
    expect(files.some((path) => path.includes('indexeddb.leveldb'))).toBe(true);
    expect(files.flatMap((path) => holds(readFileSync(path)).map((secret) => `${secret} in ${relative(profile.folder, path)}`))).toEqual(
      [],
    );
  });
});

describe('a browser that keeps nothing for sure (C9)', () => {
  it('backs up and restores without the origin-private file system, and where persistence is denied', async () => {
    const poor = await serveSite(inject('harnessFolder'), {
      headers: true,
      rewrite: (path, body) => (path.endsWith('.js') ? `${withoutStorage}\n${body.toString()}` : body),
    });
    cleanups.push(() => poor.close());
    const { config } = await startChest(new URL(poor.url).origin);
    const first = await newDevice(poor.url);
    await importDemo(first);
    await backUp(first, (await addDrive(first, config, 'create', passphrase)).id);
    const page = await newDevice(poor.url);
    expect(await page.evaluate(async () => [await navigator.storage.persist(), 'getDirectory' in navigator.storage])).toEqual([
      false,
      false,
    ]);
    const { id } = await addDrive(page, config, 'open', passphrase);
    const [newest] = await listSnapshots(page, id);
    expect(await restore(page, id, newest?.id ?? '')).toBe(101);
    expect(await dumpVault(page)).toBe(await dumpVault(first));
    expect((await backUp(page, id)).snapshot?.messages).toBe(101);
  });
});

describe('a browser that evicted a half of what the app keeps (C6, 18)', () => {
  it('says that the database is gone, and backs up nothing but what it has restored', async () => {
    const { config, restic } = await startChest();
    const page = await newDevice();
    await importDemo(page);
    const { id } = await addDrive(page, config, 'create', passphrase);
    await backUp(page, id);
    const before = await dumpVault(page);
    const whileClosed = async (evict: () => Promise<void>): Promise<string> => {
      await page.goto(`${site.url}robots.txt`);
      await page.evaluate(evict);
      await page.goto(site.url);
      await page.waitForFunction(() => 'session' in window);
      return page.evaluate(async () => (await window.session.vault.open()).state);
    };
    expect(await whileClosed(dropMark)).toBe('open');
    expect(await dumpVault(page)).toBe(before);
    expect((await backUp(page, id)).snapshot).toBeNull();
    expect(await whileClosed(dropFiles)).toBe('open');
    const { damaged } = await page.evaluate(() => window.session.vault.verify(() => {}));
    expect(new Set(damaged.map(({ what, reason }) => `${what} ${reason}`))).toEqual(new Set(['segment missing', 'media missing']));
    expect((await backUp(page, id)).snapshot).toBeNull();
    expect(await whileClosed(dropDatabases)).toBe('evicted');
    expect(await codeOf(backUp(page, id))).not.toBe('nothing was thrown');
    await page.evaluate(() => window.session.forgetEverything());
    await page.goto(site.url);
    const again = await addDrive(page, config, 'open', passphrase);
    await page.evaluate(
      (drive) => window.session.backup.run(drive, { evenIfSmaller: false, withoutPull: true }, () => {}).catch(() => null),
      again.id,
    );
    expect(JSON.parse(await restic.run('snapshots', '--json', '--no-lock'))).toHaveLength(1);
    expect((await backUp(page, again.id)).snapshot?.messages).toBe(101);
    await page.evaluate(() => window.session.backup.fetchMedia(null, () => {}));
    expect(await dumpVault(page)).toBe(before);
  });
});

const withoutStorage = `if (self.StorageManager) {
  delete StorageManager.prototype.getDirectory;
  StorageManager.prototype.persist = async () => false;
}`;
