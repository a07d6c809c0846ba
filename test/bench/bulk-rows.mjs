// Import of what is larger than memory may be: a database read where it lies, JSON read as it streams. Time, and memory,
// which does not depend on the size.
import { browserPidOf, watchMemory } from './memory.mjs';
import { openQuietly } from './quiet-browser.mjs';
import { plainRow } from './rows.mjs';

const settle = () => new Promise((resolve) => setTimeout(resolve, 2_000));

/** Imports the corpus once in a fresh profile while memory is watched, which costs some of the time. `name`: of its format. */
export async function measureBulk(url, name, corpus) {
  const label = `${name} of ${Math.round(corpus.sizeBytes / 1e6)} MB, ${corpus.messages} messages`;
  const page = await openQuietly(`${url}/bench/index.html`, [corpus.path]);
  try {
    await page.call('unlockToList');
    await settle();
    const memory = watchMemory(browserPidOf(page.profile));
    const idleBytes = memory.now();
    const own = await page.call('importChosen');
    const memoryBytes = memory.stop() - idleBytes;
    if (own.added !== corpus.messages) throw new Error(`${own.added} of ${corpus.messages} messages were added`);
    return [
      plainRow(`import ${label}, drop to commit`, own.ms / 1000, 's', null),
      plainRow(`memory while importing ${label}`, memoryBytes / 1e6, 'MB', 400),
    ];
  } finally {
    await page.close();
  }
}
