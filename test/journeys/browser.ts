// Chromium for journeys: started once a file, with everything noted that the page did and must not do.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { chromiumFlags, findChromium } from '../tools/chromium';
import { tellOf } from './told-pages';

export async function launchChromium(moreFlags: readonly string[] = []): Promise<Browser> {
  return tellOf(await chromium.launch({ executablePath: findChromium(), args: [...chromiumFlags, ...moreFlags] }));
}

/** What a page did: to be asserted at the end of a journey. */
export interface Watched {
  /** `directive blocked-uri` of each `securitypolicyviolation`, in pages and workers that report to the page. */
  readonly violations: string[];
  /** Uncaught errors, and errors on the console. */
  readonly errors: string[];
  /** Addresses of all requests of the context, workers and service workers included. */
  readonly requests: string[];
}

/** Notes all of it for the context's pages. Call before the first page is opened. */
export async function watch(context: BrowserContext): Promise<Watched> {
  const watched: Watched = { violations: [], errors: [], requests: [] };
  await context.exposeBinding('noteViolation', (_, text: string) => void watched.violations.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const note = (window as unknown as { noteViolation: (text: string) => void }).noteViolation;
      note(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on('request', (request) => watched.requests.push(request.url()));
  context.on('weberror', (error) => watched.errors.push(String(error.error())));
  context.on('console', (message) => message.type() === 'error' && watched.errors.push(message.text()));
  return watched;
}

/** Waits until a service worker controls the page, as on the second visit. */
export async function waitForControl(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
