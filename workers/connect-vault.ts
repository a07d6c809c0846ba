// How a worker beside workers/vault comes to a vault: the codec's bytes from the session, the key over a port.

import type { ZstdCodec } from '../src/bytes/zstd';
import type { CacheBudget } from '../src/model/cache-budget';
import type { ConfinedVerbs } from '../src/model/verbs';
import { createZstdCodec, openVault, receiveKey, type Vault } from '../src/vault/vault';
import { CamphorError } from '../src/model/error';

const databaseName = 'camphor';

/** What the browser says of its room; null where it says nothing to workers, as WebKitGTK. */
export const browserStorage = typeof navigator.storage?.estimate === 'function' ? navigator.storage : null;

interface Started {
  readonly vault: Vault;
  readonly codec: ZstdCodec;
}

/** Opens the database, not the keys. */
async function startVault(wasm: { readonly zstd: ArrayBuffer }, caches: CacheBudget | undefined): Promise<Started> {
  const codec = await createZstdCodec(wasm.zstd);
  return {
    vault: await openVault({ databaseName, codec, nowMs: () => Date.now(), storage: browserStorage, ...(caches && { caches }) }),
    codec,
  };
}

export interface ConnectedVault {
  readonly verbs: ConfinedVerbs;
  /** Throws CamphorError `locked` before `start`. */
  vault(): Vault;
  codec(): ZstdCodec;
}

/** The verbs that every such worker has, and the vault that they open. `caches`: what it shares with whoever reads it. */
export function connectVault(caches?: CacheBudget): ConnectedVault {
  let started: Started | null = null;
  const get = (): Started => {
    if (started === null) throw new CamphorError('locked');
    return started;
  };
  return {
    verbs: {
      start: async (wasm) => void (started = await startVault(wasm, caches)),
      connectKey: async (port) => void (await get().vault.useKey(await receiveKey(port))),
    },
    vault: () => get().vault,
    codec: () => get().codec,
  };
}
