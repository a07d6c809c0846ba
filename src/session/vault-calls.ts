// The verbs of workers/vault as plain asynchronous functions over whichever worker is running.

import type { Remote } from 'comlink';
import type { VaultVerbs } from '../model/verbs';
import type { VaultStatus } from '../model/view';
import type { ConfinedWorker } from './worker-calls';
import type { VaultCalls } from './session';

const callNames = [
  'status',
  'open',
  'unlock',
  'setPassphrase',
  'removePassphrase',
  'conversations',
  'people',
  'page',
  'months',
  'days',
  'statistics',
  'words',
  'gallery',
  'galleryItems',
  'kept',
  'keptMessages',
  'onThisDay',
  'randomMemory',
  'everyone',
  'media',
  'receipts',
  'exportReceipt',
  'overlays',
  'setOverlay',
  'hidden',
  'settings',
  'setSetting',
  'keptSecrets',
  'forgetSecret',
  'storage',
  'verify',
] as const satisfies readonly (keyof VaultCalls)[];

/** The verbs that answer with the vault's state. */
const statusCalls: ReadonlySet<string> = new Set<keyof VaultCalls>(['status', 'open', 'unlock', 'setPassphrase', 'removePassphrase']);

type AnyVerb = (...args: readonly unknown[]) => Promise<unknown>;

/** `worker` starts one where none is running; `onStatus` hears of each state that a call answers with. */
export function createVaultCalls(worker: () => Promise<ConfinedWorker<VaultVerbs>>, onStatus: (status: VaultStatus) => void): VaultCalls {
  const callOf = (name: keyof Remote<VaultVerbs> & string): AnyVerb => {
    return async (...args) => {
      const running = await worker();
      const answer = await running.call((verbs, lend) => (verbs[name] as AnyVerb)(...args.map(lend)));
      if (statusCalls.has(name)) onStatus(answer as VaultStatus);
      return answer;
    };
  };
  return Object.fromEntries(callNames.map((name) => [name, callOf(name)])) as unknown as VaultCalls;
}
