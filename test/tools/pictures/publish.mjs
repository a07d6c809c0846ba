// The picture that shows what Camphor is: a group, in the middle of a day with pictures.
import { join } from 'node:path';

/** Writes it where the README and the manifest of `root` keep it. */
export async function takePublished({ page, site, dist, wide, button, takeButton }, root) {
  await page.goto(site.url);
  await page.locator('input[type=file][multiple]').setInputFiles(join(dist, 'demo.zip'));
  await takeButton().click();
  await button('result.read').click();
  await page.locator('nav a').filter({ hasText: '周末爬山' }).first().click();
  const article = page.locator('article').filter({ hasText: '我到了，你们人呢' });
  await article.evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
    element.closest('[role=region]').scrollBy(0, 12);
  });
  await page.locator('article img').first().waitFor();
  await page.waitForTimeout(1000);
  if (wide) await page.screenshot({ path: join(root, 'docs/screenshot.png') });
  await page.screenshot({ path: join(root, `public/icons/screenshot-${wide ? 'wide' : 'narrow'}.png`) });
}
