// Opening the vault of this tab: with its own factor or the key of another tab, and what follows once it is open.

import { lazily } from '../src/model/lazily';
import type { VaultVerbs } from '../src/model/verbs';
import type { VaultStatus } from '../src/model/view';
import type { Vault } from '../src/vault/vault';
import { browserStorage } from './connect-vault';
import { exchangeKeys } from './key-exchange';

export type Opening = Pick<VaultVerbs, 'open' | 'unlock' | 'setPassphrase' | 'storage'>;

const openStates: ReadonlySet<VaultStatus['state']> = new Set(['open', 'empty', 'newer']);

export function openingOf(vault: Vault): Opening {
  const exchange = exchangeKeys(vault);
  // The list of conversations does not wait for it.
  const tidying = lazily(async () => (await import('./tidy-vault')).tidyInIdleTime(vault));
  const opened = (status: VaultStatus): VaultStatus => {
    if (openStates.has(status.state)) exchange.hold();
    if (!status.readOnly && openStates.has(status.state)) void tidying().then((begin) => begin(), () => {}); // prettier-ignore
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
