// Drives and the doctor in a worker of a page in Chromium, whose origin the servers have to let in (checks.md E10).
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DriveConfig } from '../../src/model/drive';
import { launchChromium } from '../journeys/browser';
import type { WorkerAnswer } from './drives-worker';
import { startApache } from './servers/apache';
import { startFaultProxy } from './servers/fault-proxy';
import { startNginx } from './servers/nginx';
import { startS3rver } from './servers/s3rver';
import type { RunningServer } from './servers/server-process';

const account = { username: 'Zoë', password: 'pass wörd' };
let browser: Browser;
let pages: Server;
let page: Page;
let origin: string;
const stops: (() => Promise<void>)[] = [];

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The worker with all that it imports, as one script. */
async function bundleWorker(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'drives-worker.ts'), formats: ['es'], fileName: 'worker' },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (!first || !('output' in first)) throw new Error('nothing was built');
  return first.output[0].code;
}

beforeAll(async () => {
  const script = await bundleWorker();
  pages = createServer((request, response) => {
    const isScript = request.url === '/worker.js';
    response
      .writeHead(200, { 'Content-Type': isScript ? 'text/javascript' : 'text/html' })
      .end(isScript ? script : '<!doctype html><title>t</title>');
  });
  origin = await listen(pages);
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(origin);
});

afterAll(async () => {
  await browser?.close();
  pages?.closeAllConnections();
  pages?.close();
});

afterEach(async () => void (await Promise.all(stops.splice(0).map((stop) => stop()))));

function askWorker(config: DriveConfig): Promise<WorkerAnswer> {
  return page.evaluate(
    (data) =>
      new Promise<WorkerAnswer>((resolve, reject) => {
        const worker = new Worker('/worker.js', { type: 'module' });
        worker.onmessage = (event: MessageEvent<WorkerAnswer>) => resolve(event.data);
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage(data);
      }),
    config,
  );
}

function webdav(server: RunningServer): DriveConfig {
  stops.push(() => server.stop());
  return { kind: 'webdav', url: server.url, ...account };
}

/** Steps that are not simply fine; a line to this machine may be too quick to cut an upload on it. */
function remarks({ report }: WorkerAnswer): string[] {
  const steps = report.steps.filter(({ id, outcome }) => outcome !== 'ok' && !(id === 'cut-upload' && outcome === 'skipped'));
  return steps.map(({ id, outcome, finding, facts }) =>
    [id, finding ?? outcome, facts['header'] ?? facts['method']].filter(Boolean).join(' '),
  );
}

/** What is left of the first step that failed. */
const firstRemark = async (config: DriveConfig): Promise<string | undefined> => remarks(await askWorker(config))[0];

const done = { part: true, whole: true, names: ['data/00/two', 'snapshots/one'], sizes: [null, 300_000], taken: 'drive-exists' };

describe('in Chromium', () => {
  test('Apache and nginx let in whom the advised configuration names', async () => {
    for (const start of [startApache, startNginx]) {
      const answer = await askWorker(webdav(await start({ ...account, origin })));
      expect(remarks(answer)).toEqual([]);
      expect(answer.report.traits).toMatchObject({ hasRanges: true, refusesTaken: true });
      expect(Math.abs(answer.report.traits.clockAheadMs ?? Number.NaN)).toBeLessThan(60_000);
      expect(answer.calls).toMatchObject({ ...done, names: expect.arrayContaining(done.names) as string[] });
    }
  });

  test('asks a server once for each address whether it may, and again only before what must not come from a cache', async () => {
    const server = await startApache({ ...account, origin });
    const proxy = await startFaultProxy(server.url);
    stops.push(
      () => server.stop(),
      () => proxy.stop(),
    );
    const answer = await askWorker({ kind: 'webdav', url: proxy.url, ...account });
    expect(answer.calls).toMatchObject(done);
    const countOf = (name: string, ...methods: readonly string[]): number =>
      proxy.requests.filter(({ path, method }) => path === `camphor/${name}` && methods.includes(method)).length;
    for (const name of ['data/00/two', 'snapshots/one']) {
      expect(countOf(name, 'PROPFIND', 'PUT', 'MOVE', 'DELETE')).toBeGreaterThan(3);
      expect(countOf(name, 'GET')).toBeGreaterThan(0);
      expect(countOf(name, 'OPTIONS')).toBe(1 + countOf(name, 'GET'));
    }
  });

  test('s3rver lets in whom the advised rule names', async () => {
    const server = await startS3rver({ origin, prefix: 'back ups/' });
    stops.push(() => server.stop());
    const answer = await askWorker(server.config);
    expect(remarks(answer).filter((remark) => !remark.startsWith('cut-upload'))).toEqual(['no-overwrite overwrites']);
    expect(answer.calls).toMatchObject(done);
  });

  test('tells what a server does not allow', async () => {
    const without = (header: string, value: string): string =>
      `<Location "/camphor/">\nHeader always set ${header} "${value}"\n</Location>`;
    const headers = 'Authorization, Content-Type, Depth';
    const methods = 'GET, PUT, DELETE, PROPFIND, MKCOL';
    expect(await firstRemark(webdav(await startApache(account)))).toBe('preflight cors-missing');
    expect(await firstRemark(webdav(await startApache({ ...account, origin, asksOnOptions: true })))).toBe(
      'preflight options-unauthorised',
    );
    const more = without('Access-Control-Allow-Headers', headers);
    expect(await firstRemark(webdav(await startApache({ ...account, origin, more })))).toBe('write header-forbidden Destination');
    const moreMethods = without('Access-Control-Allow-Methods', methods);
    expect(await firstRemark(webdav(await startApache({ ...account, origin, more: moreMethods })))).toBe('write method-forbidden MOVE');
    const noSignIn = without('Access-Control-Allow-Headers', 'Depth, Content-Type');
    expect(await firstRemark(webdav(await startApache({ ...account, origin, more: noSignIn })))).toBe(
      'preflight header-forbidden Authorization',
    );
    const s3 = await startS3rver();
    stops.push(() => s3.stop());
    expect(await firstRemark(s3.config)).toBe('preflight cors-missing');
  });

  test('tells wrong credentials, silence and a redirect, and sends the credentials nowhere else', async () => {
    const config = webdav(await startApache({ ...account, origin }));
    expect(await firstRemark({ ...config, password: 'other' } as DriveConfig)).toBe('sign-in wrong-credentials');
    expect(await firstRemark({ ...config, url: 'http://127.0.0.1:9/' } as DriveConfig)).toBe('reach no-answer');

    const elsewhere: string[] = [];
    const other = createServer((request, response) => {
      elsewhere.push(`${request.method} ${request.headers.authorization ?? ''}`);
      response
        .writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*', 'Access-Control-Allow-Methods': '*' })
        .end();
    });
    const otherOrigin = await listen(other);
    const redirecting = createServer((request, response) => {
      const allowed = {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Headers': 'Authorization, Depth, Content-Type',
        'Access-Control-Allow-Methods': '*',
      };
      if (request.method === 'OPTIONS') response.writeHead(204, allowed).end();
      else response.writeHead(307, { ...allowed, Location: `${otherOrigin}${request.url}` }).end();
    });
    const url = `${await listen(redirecting)}/`;
    expect(await firstRemark({ ...config, url } as DriveConfig)).toBe('sign-in redirected');
    expect(elsewhere.filter((request) => request !== 'HEAD ')).toEqual([]);
    for (const server of [other, redirecting]) {
      server.closeAllConnections();
      server.close();
    }
  });
});
