// The pictures that show what Camphor is, in the README and to whoever installs it: a group in the middle of a day with pictures, a
// search, a phone in the dark, and a year.
import { join } from 'node:path';

export const publishedLooks = ['wide-light-en', 'narrow-light-en', 'narrow-dark-zh'];

/** Writes those of this look where the README and the manifest of `root` keep them. */
export async function takePublished(hand, root) {
  const { page, site, dist, look, button, takeButton } = hand;
  await page.goto(site.url);
  await page.locator('input[type=file][multiple]').setInputFiles(join(dist, 'demo.zip'));
  await takeButton().click();
  await button('result.read').click();
  const keep = (path) => page.screenshot({ path: join(root, path) });
  if (look.name === 'narrow-light-en') await takeYear(hand, keep);
  await openGroup(hand);
  if (look.name === 'narrow-dark-zh') return keep('docs/pictures/phone.png');
  if (look.name === 'narrow-light-en') return keep('public/icons/screenshot-narrow.png');
  await keep('docs/pictures/conversation.png');
  await keep('public/icons/screenshot-wide.png');
  await takeSearch(hand, keep);
}

async function openGroup({ page }) {
  await page.locator('nav a').filter({ hasText: '周末爬山' }).first().click();
  const article = page.locator('article').filter({ hasText: '我到了，你们人呢' });
  await article.evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
    element.closest('[role=region]').scrollBy(0, 12);
  });
  await page.locator('article img').first().waitFor();
  await page.waitForTimeout(1000);
}

async function takeSearch({ page, query }, keep) {
  await page.keyboard.press('/');
  await query('山 OR train');
  await page.locator('mark').first().waitFor();
  await page.waitForTimeout(1500);
  await keep('docs/pictures/search.png');
}

async function takeYear({ page, go }, keep) {
  await go('#/statistics');
  await page.locator('main select').first().selectOption({ index: 1 });
  await page.locator('[role=img] svg').first().waitFor();
  await page.waitForTimeout(2500);
  await page
    .locator('[role=img]')
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await page.waitForTimeout(500);
  await keep('docs/pictures/year.png');
  await go('#/');
  await page.locator('nav a').first().waitFor();
}
