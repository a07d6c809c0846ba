// Checks F2: from inside each plaintext worker no way leads to another origin, and (once the service worker is there) none
// to an address of the own host that is not part of the app; in three engines, on hosts with and without headers.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from './browser';
import { type DrivenBrowser, engines } from './engines';
import { serveSite, type Site } from './serve';

interface Report {
  readonly worker: string;
  readonly ways: Readonly<Record<string, string>>;
}

/** What is closed once the service worker is there; everything else that the probe tries is closed from the first visit on. */
const ownHostWays = new Set(['import-own-with-query', 'import-own-unknown']);
/** Workers that are started, under the names that the session gives them. */
const workerNames = ['vault', 'import', 'search 0'];
const foreignHits: string[] = [];
let foreign: Server;
let foreignOrigin = '';

beforeAll(async () => {
  foreign = createServer((request, response) => {
    foreignHits.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end('export default 1');
  });
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  foreignOrigin = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
  await fetch(`${foreignOrigin}/counted`);
  expect(foreignHits.splice(0)).toEqual(['/counted']);
});

afterAll(() => foreign.close());

/** The app with the probe inside each plaintext worker, and a worker of the own host that would tell the other origin. */
function serveProbed(headers: boolean): Promise<Site> {
  const probe = readFileSync(join(import.meta.dirname, 'probe.mjs'), 'utf8').replace('FOREIGN', foreignOrigin);
  return serveSite(inject('harnessFolder'), {
    headers,
    rewrite: (path, body) => (/\/assets\/(vault|import|search)-[^/]+\.js$/.test(path) ? `${body.toString()}\n${probe}` : body),
    answer: (path) => (path === '/probe-worker.js' ? { type: 'text/javascript', body: `fetch('${foreignOrigin}/nested')` } : null),
  });
}

/** Starts every plaintext worker and waits for their reports. */
async function probeAll(browser: DrivenBrowser): Promise<Map<string, Report['ways']>> {
  const reports = await browser.run<readonly Report[]>(`
    const reports = [];
    const all = new Promise((resolve) => {
      const channel = new BroadcastChannel('probe');
      channel.onmessage = ({ data }) => {
        reports.push(data);
        if (${JSON.stringify(workerNames)}.every((name) => reports.some(({ worker }) => worker === name))) resolve();
      };
    });
    await session.vault.open();
    await session.prepareSearch('UTC');
    await session.startImport().plan([], 'UTC', () => {}).catch(() => {});
    await Promise.race([all, new Promise((resolve, reject) => setTimeout(() => reject(new Error('only ' + JSON.stringify(reports))), 30000))]);
    return reports;
  `);
  if (!Array.isArray(reports)) throw new Error(`the page failed: ${JSON.stringify(reports).slice(0, 2000)}`);
  return new Map((reports as readonly Report[]).map((report) => [report.worker, report.ways]));
}

/** Ways that did not end as `blocked`, by worker. */
function openWays(reports: ReadonlyMap<string, Report['ways']>, spared: ReadonlySet<string>): readonly string[] {
  return workerNames.flatMap((name) => {
    const ways = Object.entries(reports.get(name) ?? { report: 'missing' });
    return ways.filter(([way, end]) => end !== 'blocked' && !spared.has(way)).map(([way, end]) => `${name}: ${way} ${end}`);
  });
}

async function expectConfined(browser: DrivenBrowser, site: Site): Promise<void> {
  await browser.goto(site.url);
  const first = await probeAll(browser);
  expect(openWays(first, ownHostWays)).toEqual([]);
  expect(Object.keys(first.get('import') ?? {}).length).toBeGreaterThan(20);

  await browser.run(`while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));`);
  const before = site.requests.length;
  await browser.goto(site.url);
  const second = await probeAll(browser);
  expect(openWays(second, new Set())).toEqual([]);

  const later = site.requests.slice(before).map(({ path }) => path);
  expect(later.filter((path) => path.includes('leak'))).toEqual([]);
  expect(site.requests.filter(({ path }) => path.includes('probe-worker'))).toEqual([]);
  expect(foreignHits).toEqual([]);
}

describe.each(engines)('confinement in $name', (engine) => {
  const missing = engine.missing();
  if (missing !== null && process.env['CI'] !== undefined) it('is installed', () => expect.fail(`install the Debian package "${missing}"`));
  const title = missing === null ? '' : ` (skipped: install the Debian package "${missing}")`;
  for (const headers of [false, true])
    it.skipIf(missing !== null)(`holds on a host ${headers ? 'with' : 'without'} headers${title}`, async () => {
      const site = await serveProbed(headers);
      const browser = await engine.launch();
      try {
        await expectConfined(browser, site);
      } finally {
        await browser.close();
        await site.close();
      }
    });
});

describe('where the confinement fails', () => {
  it('the worker is not even loaded', async () => {
    const site = await serveSite(inject('harnessFolder'), {
      rewrite: (path, body) => (/\/assets\/confine-/.test(path) ? `throw new Error('fetch stays');` : body),
    });
    const browser = await launchChromium();
    // Without the service worker, which loads all files of the app to keep them.
    const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
    await page.goto(site.url);
    const code = await page.evaluate(() => window.session.vault.open().then(() => 'opened', (error: { code: string }) => error.code)); // prettier-ignore
    expect(code).toBe('unexpected');
    const paths = site.requests.map(({ path }) => path);
    expect(paths.some((path) => path.includes('/confine-'))).toBe(true);
    expect(paths.filter((path) => path.includes('/vault-'))).toEqual([]);
    await browser.close();
    await site.close();
  });
});
