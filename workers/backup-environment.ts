// What backups stand on in the browser.

import type { BackupEnvironment } from '../src/backup/environment';
import type { ZstdCodec } from '../src/bytes/zstd';
import { watchedRandom } from '../src/crypto/random';
import { CamphorError } from '../src/model/error';
import { makeThumbnail } from '../src/media/thumbnail';
import type { Vault } from '../src/vault/vault';
import { nextEvent } from './next-event';

const backupLock = 'camphor-backup';

/** Backups bring media into the vault, messages come in by the import worker. */
const noMessages = (): never => {
  throw new CamphorError('unexpected', { what: 'messages' });
};

export function backupEnvironment(
  vault: Vault,
  codec: ZstdCodec,
  reached: Pick<BackupEnvironment, 'drives' | 'signIns' | 'openPackMaker'>,
): BackupEnvironment {
  const { notes, folders } = vault;
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  return {
    vault: {
      openReader: () => vault.openReader(),
      openWriter: () => vault.openWriter({ signatureOf: noMessages }),
      sweep: () => vault.sweep({ dropPrevious: true }),
      notes,
      folders,
    },
    ...reached,
    codec,
    random: watchedRandom(),
    nowMs: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    exclusively: (run) =>
      navigator.locks.request(backupLock, { ifAvailable: true }, (lock) => {
        if (lock === null) throw new CamphorError('busy');
        return run();
      }),
    yieldToEvents: nextEvent(),
    makeThumbnail: (medium) => makeThumbnail(medium as Uint8Array<ArrayBuffer>),
    memoryGiB: deviceMemory ?? null,
  };
}
