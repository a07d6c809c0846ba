// Chromium with a profile on disk that outlives it, for journeys in which the browser is killed.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../tools/chromium';
import { tellOf } from './told-pages';

export interface Profile {
  readonly folder: string;
  /** What a test that failed left running of this profile is killed first. */
  launch(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Kill −9 of every process of this profile at once. */
  kill(): Promise<void>;
  remove(): void;
}

function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function killAll(folder: string): Promise<void> {
  for (let pids = processesOf(folder); pids.length > 0; pids = processesOf(folder)) {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself meanwhile.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function createProfile(): Profile {
  const folder = mkdtempSync(join(tmpdir(), 'camphor-profile-'));
  return {
    folder,
    async launch(options = {}) {
      await killAll(folder);
      const own = { executablePath: findChromium(), args: chromiumFlags, headless: true };
      const context = await chromium.launchPersistentContext(folder, { ...options, ...own });
      tellOf({ contexts: () => [context] });
      return context;
    },
    kill: () => killAll(folder),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
