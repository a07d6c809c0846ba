// Unlock, timeline and search over the vault that an import left.
import { fixedQueries } from './queries.mjs';
import { percentile, plainRow } from './rows.mjs';

/** Budgets by number of messages: design.md §10. */
const budgets = (messages) =>
  messages < 1_100_000 ? { unlockS: 0.3, searchMs: 30, firstS: 1, scanS: 0.3 } : { unlockS: 1, searchMs: 150, firstS: 3, scanS: 4 };

/** Of the vault that the browser holds, in a fresh page. */
export async function measureReading(url, browser, messages) {
  const budget = budgets(messages);
  const page = await browser.open(`${url}/bench/index.html`);
  const read = await countReads(page);
  const unlock = await page.evaluate(() => window.bench.unlockToList());
  const readBytes = await read();
  const opened = await page.evaluate(() => window.bench.openAtDates(40));
  const first = await page.evaluate(() => window.bench.searchOnce('kitchen'));
  const rows = [
    plainRow('unlock to the list of conversations', unlock.ms / 1000, 's', budget.unlockS),
    plainRow('bytes read from unlock to the list', readBytes / 1e6, 'MB', 30),
    plainRow('open the largest conversation at a date, p95', percentile(opened, 0.95), 'ms', 150),
    plainRow('first search after unlock', first.wholeMs / 1000, 's', budget.firstS),
  ];
  rows.push(...(await measureSearch(page, budget)));
  const scan = await page.evaluate(() => window.bench.searchOnce('/[0-9]{5}$/'));
  rows.push(plainRow('full scan (regex without a literal)', scan.wholeMs / 1000, 's', budget.scanS));
  await page.close();
  return [...rows, ...(await measurePrepared(url, browser))];
}

/** As somebody types who opened the search: what every search reads first is read by then. */
async function measurePrepared(url, browser) {
  const page = await browser.open(`${url}/bench/index.html`);
  await page.evaluate(() => window.bench.unlockToList());
  const preparedMs = await page.evaluate(() => window.bench.prepareSearch());
  const first = await page.evaluate(() => window.bench.searchOnce('kitchen'));
  await page.close();
  return [
    plainRow('what is read when the search is opened', preparedMs / 1000, 's', null),
    plainRow('first search after that, first 50 hits', first.firstMs, 'ms', null),
    plainRow('first search after that, all counted', first.wholeMs / 1000, 's', null),
  ];
}

/** Counts what the vault's worker reads from IndexedDB from now on; gives what tells how much it was. */
async function countReads(page) {
  await page.evaluate(() => window.bench.startVault());
  const workers = page.workers();
  for (const worker of workers) await worker.evaluate(watchReads);
  return async () => {
    const counts = await Promise.all(workers.map((worker) => worker.evaluate(() => self.readBytes ?? 0)));
    return counts.reduce((sum, bytes) => sum + bytes, 0);
  };
}

function watchReads() {
  self.readBytes = 0;
  const sizeOf = (value) => {
    if (ArrayBuffer.isView(value)) return value.byteLength;
    if (Array.isArray(value)) return value.reduce((sum, each) => sum + sizeOf(each), 0);
    return value !== null && typeof value === 'object' ? Object.values(value).reduce((sum, each) => sum + sizeOf(each), 0) : 0;
  };
  for (const name of ['get', 'getAll']) {
    const original = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...keys) {
      const request = original.apply(this, keys);
      request.addEventListener('success', () => (self.readBytes += sizeOf(request.result)));
      return request;
    };
  }
}

async function measureSearch(page, budget) {
  const classes = fixedQueries();
  const all = Object.values(classes).flat();
  await page.evaluate((queries) => window.bench.searchAll(queries), all);
  const own = await page.evaluate((queries) => window.bench.searchAll(queries), all);
  return Object.entries(classes).map(([name, queries]) => {
    const times = own.filter(({ query }) => queries.includes(query)).map(({ firstMs }) => firstMs);
    return plainRow(`search, first 50 hits, warm, p95: ${name}`, percentile(times, 0.95), 'ms', budget.searchMs);
  });
}
