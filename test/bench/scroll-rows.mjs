// Scrolling the largest conversation in the app itself: the share of frames within 20 ms.
import { percentile, plainRow } from './rows.mjs';

export async function measureScrolling(url, browser) {
  const page = await browser.open(`${url}/index.html`);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator('a[href^="#/c/"]').first().click();
  await page.locator('article').first().waitFor();
  await page.waitForTimeout(1_000);
  await page.mouse.move(900, 400);
  const frames = page.evaluate(
    () =>
      new Promise((resolve) => {
        const times = [];
        let last = performance.now();
        const tick = (now) => {
          times.push(now - last);
          last = now;
          if (times.length < 400) requestAnimationFrame(tick);
          else resolve(times);
        };
        requestAnimationFrame(tick);
      }),
  );
  let running = true;
  void frames.finally(() => (running = false));
  while (running) {
    await page.mouse.wheel(0, -180);
    await page.waitForTimeout(16);
  }
  const times = await frames;
  await page.close();
  return [plainRow('scrolling, frame time, p95', percentile(times, 0.95), 'ms', 20)];
}
