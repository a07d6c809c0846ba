// Opening the vault of this tab: with its own factor or the key of another tab, and what follows once it is open.

import { CamphorError } from '../src/model/error';
import type { VaultVerbs } from '../src/model/verbs';
import type { VaultStatus } from '../src/model/view';
import type { Vault } from '../src/vault/vault';
import { browserStorage } from './connect-vault';
import { exchangeKeys } from './key-exchange';

/** Between two steps of sealing media again, so that reading is not slowed. */
const resealPauseMs = 200;
/** How long to wait where an import writes. */
const resealRetryMs = 30_000;

export type Opening = Pick<VaultVerbs, 'open' | 'unlock' | 'setPassphrase' | 'storage'>;

const openStates: ReadonlySet<VaultStatus['state']> = new Set(['open', 'empty', 'newer']);

export function openingOf(vault: Vault): Opening {
  const exchange = exchangeKeys(vault);
  const opened = (status: VaultStatus): VaultStatus => {
    if (openStates.has(status.state)) exchange.hold();
    if (!status.readOnly && openStates.has(status.state)) tidyInIdleTime(vault);
    return status;
  };
  return {
    open: async () => {
      const status = await vault.open();
      const found = status.state === 'locked' && (await exchange.ask());
      return opened(found ? await vault.status() : status);
    },
    unlock: async (passphrase) => opened(await vault.unlock(passphrase)),
    setPassphrase: async (next, current, report) => opened(await vault.setPassphrase(next, current, report)),
    storage: async () => {
      const counts = await vault.storageCounts();
      const { usage, quota } = (await browserStorage?.estimate()) ?? {};
      const persisted = (await browserStorage?.persisted?.()) ?? null;
      return { ...counts, usageBytes: usage ?? 0, quotaBytes: quota ?? 0, persisted };
    },
  };
}

const tidy = async (vault: Vault): Promise<boolean> => (await vault.resealMedia()) || vault.compactMedia();

/**
 * After the first passphrase all media under the new key, then media out of files that are mostly garbage, step by step. What a
 * lock cuts short goes on at the next opening.
 */
function tidyInIdleTime(vault: Vault): void {
  const step = (): void => {
    tidy(vault).then(
      (more) => more && setTimeout(step, resealPauseMs),
      (error: unknown) => {
        if (error instanceof CamphorError && error.code === 'busy') setTimeout(step, resealRetryMs);
        else console.warn('media were not tidied:', error instanceof CamphorError ? error.code : 'unexpected');
      },
    );
  };
  setTimeout(step, resealPauseMs);
}
