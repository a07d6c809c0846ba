// The app under measurement: built once with the bench's page beside it, served from this machine, opened in Chromium.
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize, relative } from 'node:path';
import { chromium } from 'playwright';
import { build, runnerImport } from 'vite';

const root = join(import.meta.dirname, '../..');
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** Builds the app, and under `bench/` the same build with the bench's script instead of the interface; gives the folder. */
export async function buildApp() {
  // Of its own, so that two runs do not take each other's.
  const folder = join(root, `.cache/bench/site-${process.pid}`);
  const source = join(root, `.cache/bench/source-${process.pid}`);
  process.on('exit', () => [folder, source].forEach((path) => rmSync(path, { recursive: true, force: true })));
  mkdirSync(source, { recursive: true });
  const page = readFileSync(join(root, 'index.html'), 'utf8')
    .replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/i, '')
    .replace('./src/main.tsx', relative(source, join(root, 'test/bench/page.ts')))
    .replace('</body>', '<input id="file" type="file" multiple /><input id="folder" type="file" webkitdirectory /></body>');
  if (!page.includes('id="file"') || page.includes('Content-Security-Policy'))
    throw new Error('index.html has changed: the bench cannot make its page');
  writeFileSync(join(source, 'index.html'), page);
  const shared = { configFile: join(root, 'vite.config.ts'), logLevel: 'warn' };
  await build({ ...shared, root, build: { outDir: folder, emptyOutDir: true } });
  await build({
    ...shared,
    root: source,
    publicDir: false,
    optimizeDeps: { exclude: ['@sqlite.org/sqlite-wasm'] },
    build: { outDir: join(folder, 'bench'), emptyOutDir: true },
  });
  return folder;
}

/** Serves a folder on a free port of this machine; gives the address, every path served so far, and a way to close it. */
export function serveFolder(folder) {
  const served = [];
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)).replace(/\/$/, '/index.html');
    const file = join(folder, path);
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    served.push(relative(folder, file));
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store' });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ url: `http://localhost:${server.address().port}`, served, close: () => server.close() }));
  });
}

/** A fresh profile of Chromium; `open(path)` gives a page, `close()` removes the profile. `options` are Playwright's. */
export async function launchBrowser(options = {}) {
  const { chromiumFlags, findChromium } = await findTools();
  const profile = mkdtempSync(join(tmpdir(), 'camphor-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: [...chromiumFlags, '--remote-debugging-port=0'],
    headless: true,
    ...options,
  });
  return {
    context,
    profile,
    async open(url) {
      const page = await context.newPage();
      page.setDefaultTimeout(600_000);
      page.on('pageerror', (error) => console.error('page error:', error.message));
      await page.goto(url);
      return page;
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function findTools() {
  const { module } = await runnerImport(join(root, 'test/tools/chromium.ts'));
  return module;
}
