// An encrypted backup of an iPhone, from the dropped folder to the last medium. Time, and memory, which does not depend on the size.
import { browserPidOf, watchMemory } from './memory.mjs';
import { phonePassword } from './phone-corpus.mjs';
import { openQuietly } from './quiet-browser.mjs';
import { plainRow } from './rows.mjs';

const settle = () => new Promise((resolve) => setTimeout(resolve, 2_000));

export async function measurePhone(url, { folder, files, sizeBytes, messages, media }) {
  const label = `iPhone backup of ${files} files, ${Math.round(sizeBytes / 1e6)} MB`;
  const page = await openQuietly(`${url}/bench/index.html`, [folder], '#folder');
  try {
    await page.call('unlockToList');
    await settle();
    const memory = watchMemory(browserPidOf(page.profile));
    const idleBytes = memory.now();
    const own = await page.call('importPhone', phonePassword);
    const memoryBytes = memory.stop() - idleBytes;
    if (own.added !== messages || own.media !== media) throw new Error(`${own.added} messages, ${own.media} media: ${JSON.stringify(own)}`);
    if (own.firstMs >= own.ms) throw new Error('no conversation was there before the end');
    return [
      plainRow(`${label}: its folder handed over, and recognised`, own.planMs / 1000, 's', null),
      plainRow(`${label}: opened by its password`, own.unlockMs / 1000, 's', null),
      plainRow(`${label}: WhatsApp looked into, ${messages} messages`, own.chooseMs / 1000, 's', null),
      plainRow(`${label}: import until the first conversation can be read`, own.firstMs / 1000, 's', null),
      plainRow(`${label}: import with ${media} media`, own.ms / 1000, 's', null),
      plainRow(`memory while importing ${label}`, memoryBytes / 1e6, 'MB', 400),
    ];
  } finally {
    await page.close();
  }
}
