// Three engines behind one small interface: Chromium by playwright, Firefox by puppeteer (BiDi), WebKitGTK by WebDriver.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { Builder, Capabilities } from 'selenium-webdriver';
import { findChromium } from '../tools/chromium';
import { launchChromium } from './browser';

export interface DrivenBrowser {
  goto(url: string): Promise<void>;
  /** Runs the body of an async function in the page; gives what it returns, which must be JSON. */
  run<Result>(body: string): Promise<Result>;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: 'Chromium' | 'Firefox ESR' | 'WebKitGTK';
  /** The Debian package that is missing here, or null. */
  missing(): string | null;
  launch(): Promise<DrivenBrowser>;
}

const firefoxPath = process.env['FIREFOX'] ?? '/usr/bin/firefox-esr';
const webKitDriverPath = '/usr/bin/WebKitWebDriver';
const miniBrowserPaths = ['/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser'];

const chromium: Engine = {
  name: 'Chromium',
  missing: () => {
    try {
      return findChromium() === '' ? 'chromium' : null;
    } catch {
      return 'chromium';
    }
  },
  launch: async () => {
    const browser = await launchChromium();
    const page = await browser.newPage();
    return {
      goto: async (url) => void (await page.goto(url)),
      run: async <Result>(body: string) => JSON.parse(await page.evaluate<string>(asExpression(body))) as Result,
      close: () => browser.close(),
    };
  },
};

const firefox: Engine = {
  name: 'Firefox ESR',
  missing: () => (existsSync(firefoxPath) ? null : 'firefox-esr'),
  launch: async () => {
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefoxPath, headless: true });
    const page = await browser.newPage();
    return {
      goto: async (url) => void (await page.goto(url)),
      run: async <Result>(body: string) => JSON.parse((await page.evaluate(asExpression(body))) as string) as Result,
      close: () => browser.close(),
    };
  },
};

const webKit: Engine = {
  name: 'WebKitGTK',
  missing: () => {
    if (!existsSync(webKitDriverPath) || !miniBrowserPaths.some((path) => existsSync(path))) return 'webkit2gtk-driver';
    return existsSync('/usr/bin/xvfb-run') ? null : 'xvfb';
  },
  launch: launchWebKit,
};

export const engines: readonly Engine[] = [chromium, firefox, webKit];

async function launchWebKit(): Promise<DrivenBrowser> {
  const home = mkdtempSync(join(tmpdir(), 'camphor-webkit-'));
  const port = await freePort();
  const driver = spawn('xvfb-run', ['-a', webKitDriverPath, `--port=${port}`], {
    stdio: 'ignore',
    detached: true,
    // The sandbox needs user namespaces, which containers do not have.
    env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  const end = (): void => {
    endGroup(driver);
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await answering(port);
    const binary = miniBrowserPaths.find((path) => existsSync(path));
    const session = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities(new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] } }))
      .build();
    await session.manage().setTimeouts({ script: 120_000 });
    return {
      goto: (url) => session.get(url),
      run: async <Result>(body: string) =>
        JSON.parse(await session.executeAsyncScript<string>(`const answer = arguments[0]; ${asExpression(body)}.then(answer);`)) as Result,
      close: async () => {
        await session.quit().catch(() => {});
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

/** JSON of what the body returns; an error in it becomes the error of the test. */
function asExpression(body: string): string {
  return `(async () => { ${body} })().then((value) => JSON.stringify(value ?? null), (error) => JSON.stringify({ failed: String(error), code: error?.code, stack: error?.stack }))`;
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/status`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('WebKitWebDriver does not answer');
}
