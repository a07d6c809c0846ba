// Import of a database encrypted by SQLCipher 4 beside the same one plain, over the same file system of SQLite; and that nothing of
// what was in it lies decrypted in the browser's profile.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cipherPassphrase } from './cipher-corpus.mjs';
import { openQuietly } from './quiet-browser.mjs';
import { peerRow, plainRow } from './rows.mjs';

/** Words of the database's schema, which the vault does not keep. */
const canary = Buffer.from('CREATE TABLE message_add_on_reaction');

/** Takes what `ensureCipherCorpus` gives. */
export async function measureCipher(url, { plain, encrypted }) {
  const plainly = await importOnce(url, plain, null);
  const own = await importOnce(url, encrypted, cipherPassphrase);
  const label = `${Math.round(encrypted.sizeBytes / 1e6)} MB of SQLCipher 4, ${encrypted.messages} messages`;
  return [
    peerRow(`import ${label}, drop to commit`, own.seconds, 's', 'the same database plain', plainly.seconds, { factor: 2 }),
    plainRow('import of it by size', own.megabytesPerSecond, 'MB/s', null),
    plainRow('import of the plain one by size', plainly.megabytesPerSecond, 'MB/s', null),
    plainRow('files of the profile in which its schema stands', own.found, 'files', 0),
  ];
}

async function importOnce(url, corpus, secret) {
  const page = await openQuietly(`${url}/bench/index.html`, [corpus.path]);
  try {
    await page.call('unlockToList');
    const { ms, added } = await page.call('importChosen', secret);
    if (added !== corpus.messages) throw new Error(`${added} of ${corpus.messages} messages were added`);
    const files = filesBelow(page.profile);
    if (!files.some((path) => path.includes('indexeddb'))) throw new Error('the profile is not where it was looked for');
    const found = files.filter((path) => readWhole(path).includes(canary)).length;
    return { seconds: ms / 1000, megabytesPerSecond: corpus.sizeBytes / 1e3 / ms, found };
  } finally {
    await page.close();
  }
}

function filesBelow(root) {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name));
  return paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

/** Empty where the browser took it away meanwhile. */
function readWhole(path) {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
