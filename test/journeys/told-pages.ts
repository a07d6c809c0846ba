// What the pages of a journey show when one of its steps fails: told with the error, since it is all that is known of a
// machine far away.
import type { BrowserContext, Page } from 'playwright';
import { afterEach } from 'vitest';

interface Contexts {
  contexts(): BrowserContext[];
}

const told = new Set<Contexts>();
const textLimit = 600;
/** A page that hangs says nothing. */
const answerMs = 5_000;

/** From now on its pages are told of when a step fails. */
export function tellOf<Opened extends Contexts>(browser: Opened): Opened {
  told.add(browser);
  return browser;
}

async function describe(page: Page): Promise<string> {
  const late = new Promise<string>((resolve) => setTimeout(resolve, answerMs, 'does not answer'));
  const text = page.evaluate(() => document.body.innerText).catch((error: unknown) => String(error));
  return `page ${page.url()} ${(await Promise.race([text, late])).replaceAll(/\s+/g, ' ').slice(0, textLimit)}`;
}

/** The runner's setup file: its hook runs after a file's own, and before the browser goes. */
afterEach(async ({ task: { result } }) => {
  const error = result?.state === 'fail' ? result.errors?.at(-1) : undefined;
  if (error === undefined) return;
  const pages = [...told].flatMap((browser) => browser.contexts()).flatMap((context) => context.pages());
  const lines = await Promise.all(pages.map(describe));
  // The first is what the terminal shows, the second what the report keeps.
  error.stack = [error.stack ?? error.message, ...lines].join('\n');
  error.message = [error.message, ...lines].join('\n');
});
