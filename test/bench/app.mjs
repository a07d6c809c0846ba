// The app under measurement: built once with the bench's page beside it, served from this machine, opened in Chromium.
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright';
import { build, mergeConfig, loadConfigFromFile } from 'vite';

const root = join(import.meta.dirname, '../..');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.json': 'application/json', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json' };

/** Builds the app with the bench's page as a second entry; gives the folder. */
export async function buildApp() {
  const outDir = join(root, '.cache/bench/app');
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(root, 'vite.config.ts'), root);
  const extra = {
    root,
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, rollupOptions: { input: { app: join(root, 'index.html'), bench: join(root, 'test/bench/page.html') } } },
    optimizeDeps: { exclude: ['@sqlite.org/sqlite-wasm'] },
  };
  await build(mergeConfig(loaded?.config ?? {}, extra));
  return outDir;
}

/** Serves a folder on a free port of this machine; gives the address and a way to close it. */
export function serveFolder(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)).replace(/\/$/, '/index.html');
    const file = join(folder, path);
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store' });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ url: `http://localhost:${server.address().port}`, close: () => server.close() }));
  });
}

/** A fresh profile of Chromium; `open(path)` gives a page, `close()` removes the profile. */
export async function launchBrowser() {
  const { chromiumFlags, findChromium } = await loadTools();
  const profile = mkdtempSync(join(tmpdir(), 'camphor-bench-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: findChromium(), args: [...chromiumFlags, '--remote-debugging-port=0'], headless: true });
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

async function loadTools() {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(root, 'test/tools/chromium.ts'));
  return module;
}
