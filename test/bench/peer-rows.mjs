// Camphor and its peers over the same corpus and the same 200 queries: time, memory, room, and how much of what a plain scan finds
// each of them finds. Every engine has a browser of its own.
import { launchBrowser } from './app.mjs';
import { openWithCorpus } from './import-rows.mjs';
import { browserPidOf, watchMemory } from './memory.mjs';
import { peerQueries } from './queries.mjs';
import { percentile, plainRow, rowsOrNone } from './rows.mjs';

const peers = ['MiniSearch', 'FlexSearch', 'Orama', 'SQLite FTS5 trigram', 'SQLite FTS5 unicode61'];
/** An engine that has not built its index by then is given up. */
const patienceMs = 20 * 60_000;

const settle = () => new Promise((resolve) => setTimeout(resolve, 2_000));
const inTime = (work) =>
  Promise.race([work, new Promise((_, reject) => setTimeout(() => reject(new Error('not done in 20 minutes')), patienceMs).unref())]);
const askPeer = (page, verb, given = {}) =>
  page.evaluate(([name, more]) => window.bench.askPeer(name, more), [verb, { queries: [], peer: '', ...given }]);

/** `asked`: `{query, ms, recall}` of each query, in the order of `classes`. */
function engineRows(name, classes, asked, { buildMs, memoryBytes, sizeBytes, messages }) {
  const byQuery = new Map(asked.map((each) => [each.query, each]));
  const rows = [];
  for (const [label, queries] of Object.entries(classes)) {
    const own = queries.map(({ query }) => byQuery.get(query)).filter((each) => each !== undefined);
    const times = own.map(({ ms }) => ms).filter((ms) => ms !== null);
    const recalls = own.map(({ recall }) => recall).filter((recall) => recall !== null);
    if (times.length > 0) rows.push(plainRow(`${name}: first hits, p95: ${label}`, percentile(times, 0.95), 'ms', null));
    if (recalls.length > 0)
      rows.push(plainRow(`${name}: recall: ${label}`, (recalls.reduce((a, b) => a + b, 0) / recalls.length) * 100, '%', null));
  }
  const times = asked.map(({ ms }) => ms).filter((ms) => ms !== null);
  const recalls = asked.map(({ recall }) => recall).filter((recall) => recall !== null);
  rows.push(
    plainRow(`${name}: first hits, p95 of ${times.length} queries`, percentile(times, 0.95), 'ms', null),
    plainRow(`${name}: recall of ${recalls.length} queries`, (recalls.reduce((a, b) => a + b, 0) / recalls.length) * 100, '%', null),
    plainRow(`${name}: building`, buildMs / 1000, 's', null),
    plainRow(`${name}: memory while building`, memoryBytes / 1e6, 'MB', null),
  );
  if (sizeBytes !== null) rows.push(plainRow(`${name}: kept`, sizeBytes / messages, 'bytes/message', null));
  return rows;
}

/** Camphor's hits are the scan's, message by message, or this throws. */
async function ownRows(url, corpus, classes) {
  const queries = Object.values(classes).flat();
  const browser = await launchBrowser();
  try {
    const page = await openWithCorpus(browser, url, corpus);
    await page.evaluate(() => window.bench.unlockToList());
    await settle();
    const memory = watchMemory(browserPidOf(browser.profile));
    const idleBytes = memory.now();
    const { ms: buildMs } = await page.evaluate(() => window.bench.importChosen());
    const memoryBytes = memory.stop() - idleBytes;
    const sizeBytes = await page.evaluate(() => window.bench.storageBytes());
    const texts = queries.map(({ query }) => query);
    await page.evaluate((all) => window.bench.searchAll(all), texts);
    const own = await page.evaluate((all) => window.bench.searchAll(all), texts);
    const whole = await page.evaluate((all) => window.bench.searchAll(all, 10_000), texts);
    await askPeer(page, 'load');
    const right = await askPeer(page, 'scanAll', { queries });
    const wrong = whole.filter(
      ({ count, hits, places }, at) => count !== right[at].count || (hits === count && places !== right[at].places),
    );
    if (wrong.length > 0) throw new Error(`other hits than a plain scan: ${JSON.stringify(wrong.slice(0, 5))}`);
    const asked = own.map(({ query, firstMs }, at) => ({ query, ms: firstMs, recall: right[at].count === 0 ? null : 1 }));
    return engineRows('Camphor', classes, asked, { buildMs, memoryBytes, sizeBytes, messages: corpus.messages });
  } finally {
    await browser.close();
  }
}

async function rowsOfPeer(url, corpus, classes, peer) {
  const queries = Object.values(classes).flat();
  const browser = await launchBrowser();
  try {
    const page = await openWithCorpus(browser, url, corpus);
    await askPeer(page, 'load');
    await askPeer(page, 'scanAll', { queries });
    await settle();
    const memory = watchMemory(browserPidOf(browser.profile));
    const idleBytes = memory.now();
    const { ms: buildMs } = await inTime(askPeer(page, 'build', { peer })).finally(() => memory.stop());
    const memoryBytes = memory.stop() - idleBytes;
    const asked = await inTime(askPeer(page, 'ask', { queries }));
    const sizeBytes = await askPeer(page, 'size').catch(() => null);
    return engineRows(peer, classes, asked, { buildMs, memoryBytes, sizeBytes, messages: corpus.messages });
  } finally {
    await browser.close();
  }
}

/** `onRows` hears of each engine's rows as they come: the slow ones take their time. */
export async function measurePeers(url, corpus, onRows) {
  const classes = peerQueries();
  const rows = await ownRows(url, corpus, classes);
  onRows(rows);
  for (const peer of peers) {
    // One that runs out of memory takes its browser with it, and only that.
    const more = await rowsOrNone(peer, () => rowsOfPeer(url, corpus, classes, peer));
    onRows(more);
    rows.push(...more);
  }
  return rows;
}
