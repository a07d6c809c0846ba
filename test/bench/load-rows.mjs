// Script transferred until the list of conversations paints, brotli: by the page and all its workers, nothing cached.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { launchBrowser } from './app.mjs';
import { plainRow } from './rows.mjs';

const row = '[data-conversation]';
/** Chinese, whose strings are the larger ones; without a service worker, whose own fetches would count as the page's. */
const coldLoad = { serviceWorkers: 'block', locale: 'zh-CN' };

/** Counted at the server, which also sees what workers import. The vault holds the demo, from a page before. */
export async function measureLoad(folder, { url, served }) {
  const browser = await launchBrowser(coldLoad);
  const before = await browser.open(`${url}/bench/index.html`);
  await before.setInputFiles('#file', join(folder, 'demo.zip'));
  await before.evaluate(() => window.bench.unlockToList().then(() => window.bench.importChosen()));
  await before.close();
  served.length = 0;
  const page = await browser.open(`${url}/index.html`);
  await page.locator(row).first().waitFor();
  const scripts = served.filter((path) => path.endsWith('.js'));
  await browser.close();
  const bytes = scripts.reduce((sum, path) => sum + brotliCompressSync(readFileSync(join(folder, path))).length, 0);
  return [plainRow(`script until the list paints (${scripts.length} files), brotli`, bytes / 1024, 'KiB', 90)];
}
