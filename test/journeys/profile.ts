// Chromium with a profile on disk that outlives it, for journeys in which the browser is killed.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../tools/chromium';

export interface Profile {
  readonly folder: string;
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

export function createProfile(): Profile {
  const folder = mkdtempSync(join(tmpdir(), 'camphor-profile-'));
  return {
    folder,
    launch: (options = {}) =>
      chromium.launchPersistentContext(folder, { ...options, executablePath: findChromium(), args: chromiumFlags, headless: true }),
    async kill() {
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
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
