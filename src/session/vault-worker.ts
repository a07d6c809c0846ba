// The one vault worker of this tab, started when first needed, and the others that get the key from it.

import { proxy } from 'comlink';
import vaultUrl from '../../workers/vault.ts?worker&url';
import { CamphorError } from '../model/error';
import type { ConfinedVerbs, VaultChange, VaultVerbs } from '../model/verbs';
import { introduceKey, startConfined } from './confined-worker';
import type { ConfinedWorker } from './worker-calls';
import { whenHiddenLong } from './hidden';

export interface VaultWorker {
  /** Running, or being started. */
  get(): Promise<ConfinedWorker<VaultVerbs>>;
  /** Another worker, which has been given the vault key. Rejects with `locked` where there is none to give. */
  startKeyed<Verbs extends ConfinedVerbs>(name: string, scriptUrl: string): Promise<ConfinedWorker<Verbs>>;
  /** Terminates it; the next `get` starts a fresh one, which knows no key. */
  end(reason: CamphorError): void;
}

/**
 * `onChange` hears of changes from the worker itself and not from who made them: by then it no longer answers with the
 * state before.
 */
export function createVaultWorker(onChange: (change: VaultChange) => void): VaultWorker {
  let starting: Promise<ConfinedWorker<VaultVerbs>> | null = null;
  const start = async (): Promise<ConfinedWorker<VaultVerbs>> => {
    const worker = await startConfined<VaultVerbs>('vault', vaultUrl);
    await worker.call((verbs) => verbs.follow(proxy(onChange)));
    return worker;
  };
  const get = (): Promise<ConfinedWorker<VaultVerbs>> => {
    const started = (starting ??= start());
    started.catch(() => {
      if (starting === started) starting = null;
    });
    return started;
  };
  whenHiddenLong(() => starting?.then((worker) => worker.call((verbs) => verbs.forgetCaches())).catch(() => {}));
  return {
    get,
    startKeyed: async <Verbs extends ConfinedVerbs>(name: string, scriptUrl: string) => {
      const [vault, worker] = await Promise.all([get(), startConfined<Verbs>(name, scriptUrl)]);
      try {
        await introduceKey(
          (port) => vault.call((verbs) => verbs.shareKey(port)),
          (port) => worker.call((verbs) => (verbs as unknown as ConfinedVerbs).connectKey(port)),
        );
      } catch (cause) {
        worker.end(new CamphorError('locked'));
        throw cause;
      }
      return worker;
    },
    end: (reason) => {
      starting?.then(
        (worker) => worker.end(reason),
        () => {},
      );
      starting = null;
    },
  };
}
