// Script transferred until the first screen paints, brotli, in a fresh profile.
import { brotliCompressSync } from 'node:zlib';
import { launchBrowser } from './app.mjs';
import { plainRow } from './rows.mjs';

export async function measureLoad(url) {
  const browser = await launchBrowser();
  const page = await browser.context.newPage();
  let scriptBytes = 0;
  let painted = false;
  const pending = [];
  page.on('response', (response) => {
    const own = response.request().serviceWorker() === null && response.request().resourceType() === 'script';
    if (own && !painted)
      pending.push(
        response
          .body()
          .then((body) => (scriptBytes += brotliCompressSync(body).length))
          .catch(() => null),
      );
  });
  await page.goto(`${url}/index.html`);
  await page.locator('main').first().waitFor();
  painted = true;
  await Promise.all(pending);
  await browser.close();
  return [plainRow('script until the first screen paints, brotli', scriptBytes / 1024, 'KiB', 90)];
}
