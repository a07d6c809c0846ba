// Unlock, timeline and search over the vault that the import left, beside the peers over the same texts.
import { openWithCorpus } from './import-rows.mjs';
import { fixedQueries } from './queries.mjs';
import { peerRow, percentile, plainRow } from './rows.mjs';

const peers = [
  ['searchMiniSearch', 'MiniSearch'],
  ['searchFlexSearch', 'FlexSearch'],
  ['searchSqlite', 'SQLite FTS5 trigram'],
];

/** Budgets by number of messages: design.md §10. */
const budgets = (messages) =>
  messages <= 1_000_000 ? { unlockS: 0.3, searchMs: 30, firstS: 1, scanS: 0.3 } : { unlockS: 1, searchMs: 150, firstS: 3, scanS: 4 };

export async function measureReading(url, browser, corpus) {
  const budget = budgets(corpus.messages);
  const page = await openWithCorpus(browser, url, corpus);
  const unlock = await page.evaluate(() => window.bench.unlockToList());
  const opened = await page.evaluate(() => window.bench.openAtDates(40));
  const first = await page.evaluate(() => window.bench.searchOnce('kitchen'));
  const rows = [
    plainRow('unlock to the list of conversations', unlock.ms / 1000, 's', budget.unlockS),
    plainRow('open a conversation of all messages at a date, p95', percentile(opened, 0.95), 'ms', 150),
    plainRow('first search after unlock', first.wholeMs / 1000, 's', budget.firstS),
  ];
  rows.push(...(await measureSearch(page, budget)));
  const scan = await page.evaluate(() => window.bench.searchOnce('/[0-9]{5}$/'));
  rows.push(plainRow('full scan (regex without a literal)', scan.wholeMs / 1000, 's', budget.scanS));
  await page.close();
  return rows;
}

async function measureSearch(page, budget) {
  const classes = fixedQueries();
  const all = Object.values(classes).flat();
  await page.evaluate((queries) => window.bench.searchAll(queries), all);
  const own = await page.evaluate((queries) => window.bench.searchAll(queries), all);
  const p95 = Object.entries(classes).map(([name, queries]) => ({
    name,
    ms: percentile(
      own.filter(({ query }) => queries.includes(query)).map(({ firstMs }) => firstMs),
      0.95,
    ),
  }));
  const worst = p95.reduce((a, b) => (a.ms > b.ms ? a : b));
  const rows = p95.map(({ name, ms }) => plainRow(`search, first 50 hits, warm, p95: ${name}`, ms, 'ms', budget.searchMs));
  for (const [verb, peer] of peers) {
    const other = await page.evaluate(
      ([name, queries]) => window.bench.askPeer(name, queries).catch((error) => ({ failed: String(error) })),
      [verb, all],
    );
    if (other.failed !== undefined) {
      console.error(`${peer}: ${other.failed}`);
      continue;
    }
    const otherWorst = Math.max(
      ...Object.values(classes).map((queries) =>
        percentile(
          other.results.filter(({ query }) => queries.includes(query)).map(({ ms }) => ms),
          0.95,
        ),
      ),
    );
    rows.push(peerRow(`search, worst class (${worst.name})`, worst.ms, 'ms', peer, otherWorst, { budget: budget.searchMs }));
    rows.push(plainRow(`${peer}: building its index`, other.buildMs / 1000, 's', null));
  }
  return rows;
}
