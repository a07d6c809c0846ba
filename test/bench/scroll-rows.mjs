// The largest conversation in the app itself, scrolled, jumped in and searched: times of frames, and tasks that hold the page up.
import { createRandom } from './corpus.mjs';
import { percentile, plainRow } from './rows.mjs';

/** Runs in the page: gathers times of frames and long tasks until it is asked for them. */
function watchFrames() {
  const frames = [];
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  let last = performance.now();
  let running = true;
  const tick = (now) => {
    frames.push(now - last);
    last = now;
    if (running) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  window.framesUntilNow = () => {
    running = false;
    observer.disconnect();
    return { frames, tasks };
  };
}

async function watched(page, what, run, frameBudgetMs) {
  await page.evaluate(watchFrames);
  await run();
  const { frames, tasks } = await page.evaluate(() => window.framesUntilNow());
  return [
    plainRow(`${what}, frame time, p95`, percentile(frames, 0.95), 'ms', frameBudgetMs),
    plainRow(`${what}, long tasks`, tasks.length, `of ${frames.length} frames`, null),
    plainRow(`${what}, longest task`, Math.max(0, ...tasks), 'ms', 50),
  ];
}

async function scroll(page) {
  await page.mouse.move(900, 400);
  for (let turn = 0; turn < 200; turn += 1) {
    await page.mouse.wheel(0, -180);
    await page.waitForTimeout(16);
  }
}

/** Twenty clicks on the rail of months. */
async function jump(page) {
  const box = await page.getByRole('slider').first().boundingBox();
  const random = createRandom(11);
  for (let turn = 0; turn < 20; turn += 1) {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height * (0.02 + 0.96 * random()));
    await page.waitForTimeout(400);
  }
}

/** Typed a letter at a time, as a person does. */
async function searchFor(page) {
  await page.getByRole('button', { name: 'Search everything' }).click();
  const field = page.getByRole('combobox', { name: 'Search' });
  for (const words of ['kitchen', '今天', 'e', '的', '/[0-9]{5}$/']) {
    await field.fill('');
    await field.pressSequentially(words, { delay: 80 });
    await page.waitForTimeout(1_500);
  }
}

export async function measureScrolling(url, browser) {
  const bench = await browser.open(`${url}/bench/index.html`);
  const { id } = await bench.evaluate(() => window.bench.unlockToList().then(() => window.bench.largestConversation()));
  await bench.close();
  const page = await browser.open(`${url}/index.html#/c/${id}`);
  page.setDefaultTimeout(60_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator('article').first().waitFor();
  await page.waitForTimeout(1_000);
  const rows = [
    ...(await watched(page, 'scrolling', () => scroll(page), 20)),
    ...(await watched(page, 'jumping', () => jump(page), null)),
    ...(await watched(page, 'searching', () => searchFor(page), null)),
  ];
  await page.close();
  return rows;
}
