// The one worker of a tab that holds the vault open: reading, settings, overlays, and the key for the other workers. The list
// of conversations waits for it, so what the list does not need is imported when it is first asked for.

import { isInlineType } from '../src/media/inline-types';
import { lazily } from '../src/model/lazily';
import type { VaultVerbs } from '../src/model/verbs';
import { createTimeline } from '../src/timeline/timeline';
import { serveKey } from '../src/vault/vault';
import { connectVault } from './connect-vault';
import { followVault } from './follow-vault';
import { openingOf } from './open-vault';
import { serve } from './serve';
import { readingCaches } from './thread-caches';

const caches = readingCaches();
const { verbs, vault } = connectVault(caches);
const followed = lazily(() => followVault(vault()));
const opening = lazily(() => openingOf(vault()));
const timeline = createTimeline({
  reader: () => followed().reader(),
  overlays: () => followed().overlays(),
  inlineTypes: { has: isInlineType },
  caches,
});

/** The last opening: who asks for the key meanwhile waits for it. */
let opened: Promise<unknown> = Promise.resolve();

serve({
  ...verbs,
  ...timeline,
  forgetCaches: async () => caches.clear(),
  status: () => vault().status(),
  open: () => {
    const open = opening().open();
    opened = open.catch(() => {});
    return open;
  },
  unlock: (passphrase) => opening().unlock(passphrase),
  setPassphrase: (next, current, report) => opening().setPassphrase(next, current, report),
  removePassphrase: (current) => vault().removePassphrase(current),
  shareKey: async (port) => {
    await opened;
    serveKey(port, vault());
  },
  follow: async (tell) => followed().onChange(tell),
  readVoice: async (sha256, readWasm) => (await import('./voice')).readVoice(await followed().reader(), sha256, readWasm),
  receipts: async () => (await import('./receipt-views')).receiptViews(followed()),
  exportReceipt: async (id) => (await import('./receipt-views')).exportReceipt(followed(), id),
  overlays: (kind) => vault().notes.overlays(kind),
  setOverlay: async (...given) => (await import('./keep-overlay')).keepOverlay(vault(), followed(), ...given),
  hidden: async () => (await import('./hidden-conversations')).viewHidden(vault(), followed()),
  showHidden: async (passphrase) => (await import('./hidden-conversations')).showHidden(vault(), followed(), passphrase),
  concealHidden: async () => followed().showHidden(false),
  settings: () => vault().notes.settings(),
  setSetting: (name, value) => vault().notes.setSetting(name, value),
  keptSecrets: async () => (await import('../src/vault/kept-secrets')).listKept(vault().notes),
  forgetSecret: async (id) => (await import('../src/vault/kept-secrets')).forgetKept(vault().notes, id),
  storage: () => opening().storage(),
  verify: (report) => vault().verify(report),
  forgetEverything: () => vault().forget(),
} satisfies VaultVerbs);
