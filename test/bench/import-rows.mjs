// Import, memory and size on disk, for one corpus in a fresh profile.
import { launchBrowser } from './app.mjs';
import { browserPidOf, watchMemory } from './memory.mjs';
import { peerRow, plainRow } from './rows.mjs';

const settle = () => new Promise((resolve) => setTimeout(resolve, 2_000));

/** Opens the bench's page in `browser` with the corpus chosen in its file field. */
export async function openWithCorpus(browser, url, corpus) {
  const page = await browser.open(`${url}/bench/index.html`);
  await page.setInputFiles('#file', corpus.path);
  return page;
}

/**
 * Imports the corpus three times beside the peer, each in a fresh profile, and once more while memory is watched, which itself
 * takes time and so is kept apart; leaves the last profile open for what follows.
 */
export async function measureImport(url, corpus, { label, peerVerb, peer, factor }) {
  const runs = [];
  for (let run = 0; run < 3; run += 1) {
    const browser = await launchBrowser();
    const page = await openWithCorpus(browser, url, corpus);
    await page.evaluate(() => window.bench.unlockToList());
    await settle();
    const own = await page.evaluate(() => window.bench.importChosen());
    await settle();
    const other = await page.evaluate((verb) => window.bench.askPeer(verb), peerVerb);
    runs.push({ ms: own.ms, peerMs: other.ms });
    await browser.close();
  }
  const middle = [...runs].sort((a, b) => a.ms / a.peerMs - b.ms / b.peerMs)[1];
  const { memoryBytes, storageBytes, browser } = await measureMemory(url, corpus);
  const rows = [
    peerRow(`import ${label}, drop to commit`, middle.ms / 1000, 's', peer, middle.peerMs / 1000, { factor }),
    plainRow(`memory while importing ${label}`, memoryBytes / 1e6, 'MB', 400),
    plainRow(`vault size, ${label}`, storageBytes / corpus.messages, 'bytes/message', label.includes('WhatsApp') ? 45 : null),
  ];
  return { rows, browser };
}

async function measureMemory(url, corpus) {
  const browser = await launchBrowser();
  const page = await openWithCorpus(browser, url, corpus);
  await page.evaluate(() => window.bench.unlockToList());
  await settle();
  const memory = watchMemory(browserPidOf(browser.profile));
  const idleBytes = memory.now();
  const own = await page.evaluate(() => window.bench.importChosen());
  const memoryBytes = memory.stop() - idleBytes;
  if (own.added !== corpus.messages) throw new Error(`${own.added} of ${corpus.messages} messages were added`);
  await settle();
  const storageBytes = await page.evaluate(() => window.bench.storageBytes());
  await page.close();
  return { memoryBytes, storageBytes, browser };
}
