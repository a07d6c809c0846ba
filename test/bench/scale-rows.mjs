// A life's corpus in one vault, taken in by three exports; after each of them everything that depends on size is measured, and
// at the end how it grew.
import { launchBrowser } from './app.mjs';
import { openWithCorpus } from './import-rows.mjs';
import { browserPidOf, watchMemory } from './memory.mjs';
import { ensureLater, ensureStage, stageShares } from './scale-corpus.mjs';
import { plainRow, rowsOrNone } from './rows.mjs';
import { measureScrolling } from './scroll-rows.mjs';
import { measureReading } from './search-rows.mjs';

const settle = () => new Promise((resolve) => setTimeout(resolve, 2_000));

/** Memory is watched meanwhile, which costs some of the time. */
async function takeIn(browser, url, stage) {
  const page = await openWithCorpus(browser, url, stage);
  await page.evaluate(() => window.bench.unlockToList());
  await settle();
  const memory = watchMemory(browserPidOf(browser.profile));
  const idleBytes = memory.now();
  const { ms, planMs, added } = await page.evaluate(() => window.bench.importChosen());
  const memoryBytes = memory.stop() - idleBytes;
  if (added !== stage.messages) throw new Error(`${added} of ${stage.messages} messages were added`);
  await settle();
  const storageBytes = await page.evaluate(() => window.bench.storageBytes());
  await page.close();
  return [
    plainRow('import, for each million that is new', ms / 1000 / (stage.messages / 1e6), 's', null),
    plainRow('of it the preview', planMs / 1000 / (stage.messages / 1e6), 's', null),
    plainRow('memory while importing', memoryBytes / 1e6, 'MB', 400),
    plainRow('vault size', storageBytes / stage.upTo, 'bytes/message', 45),
  ];
}

/** Statistics and the gallery, first cold, then after a thousand messages more in fifty conversations. */
async function measureCounting(browser, url, later) {
  const page = await openWithCorpus(browser, url, later);
  await page.evaluate(() => window.bench.unlockToList());
  const gallery = await page.evaluate(() => window.bench.openGallery());
  const whole = await page.evaluate(() => window.bench.countAll());
  const again = await page.evaluate(() => window.bench.countAll());
  const rows = [
    plainRow('gallery of the largest conversation, first view', gallery.firstMs / 1000, 's', null),
    plainRow('a page of its pictures', gallery.pageMs, 'ms', null),
    plainRow('statistics of everything, first time', whole.countsMs / 1000, 's', null),
    plainRow('words of everything, first time', whole.wordsMs / 1000, 's', null),
    plainRow('statistics, second time', again.countsMs, 'ms', null),
  ];
  await page.close();
  return rows;
}

/** What a small import changes: the page that has counted stays open. */
async function measureLaterImport(browser, url, later) {
  const page = await openWithCorpus(browser, url, later);
  await page.evaluate(() => window.bench.unlockToList());
  await page.evaluate(() => window.bench.countAll());
  const { ms, added } = await page.evaluate(() => window.bench.importChosen());
  const counted = await page.evaluate(() => window.bench.countAll());
  await page.close();
  if (added !== later.messages) throw new Error(`${added} of ${later.messages} messages were added`);
  return [
    plainRow('import of 1,000 more in 50 conversations', ms / 1000, 's', null),
    plainRow('statistics after it', counted.countsMs / 1000, 's', null),
    plainRow('words after it', counted.wordsMs / 1000, 's', null),
  ];
}

/** Rows of each stage, and of the whole how it grew. `onRows` hears of them as they come. */
export async function measureScale(url, cache, total, onRows) {
  const browser = await launchBrowser();
  const stages = [];
  const later = await ensureLater(cache, total);
  try {
    for (const number of stageShares.keys()) {
      const stage = await ensureStage(cache, total, number);
      const rows = await takeIn(browser, url, stage);
      onRows(stage.upTo, rows);
      for (const measure of [
        () => measureReading(url, browser, stage.upTo),
        () => measureCounting(browser, url, later),
        () => measureScrolling(url, browser),
        async () => (number === stageShares.length - 1 ? measureLaterImport(browser, url, later) : []),
      ]) {
        const more = await rowsOrNone(`${stage.upTo} messages`, measure);
        onRows(stage.upTo, more);
        rows.push(...more);
      }
      stages.push({ messages: stage.upTo, rows });
    }
  } finally {
    await browser.close();
  }
  return stages;
}

/** One line a row: its value at each size, and how many times the first the last is. */
export function printGrowth(stages) {
  const names = [...new Set(stages.flatMap(({ rows }) => rows.map(({ name }) => name)))];
  const find = (stage, name) => stage.rows.find((row) => row.name === name);
  const head = ['', 'what', 'unit', ...stages.map(({ messages }) => `${messages}`), 'grew', 'budget'];
  const lines = names.map((name) => {
    const values = stages.map((stage) => find(stage, name));
    const last = values.findLast((row) => row !== undefined);
    const [first, end] = [values[0]?.value, values.at(-1)?.value];
    const grew = first && end ? `${(end / first).toPrecision(3)} ×` : '';
    return [values.every((row) => row?.ok ?? true) ? 'ok' : 'MISS', name, last.unit, ...values.map((row) => row?.value ?? ''), grew, last.budget ?? ''].map(String); // prettier-ignore
  });
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column].length)));
  for (const line of [head, ...lines])
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}
