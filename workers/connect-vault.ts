// How a worker beside workers/vault comes to a vault: the codec's bytes from the session, the key over a port.

import type { ConfinedVerbs } from '../src/model/verbs';
import { createZstdCodec, openVault, receiveKey, type Vault } from '../src/vault/vault';
import { CamphorError } from '../src/model/error';

const databaseName = 'camphor';

/** What the browser says of its room; null where it says nothing to workers, as WebKitGTK. */
export const browserStorage = typeof navigator.storage?.estimate === 'function' ? navigator.storage : null;

/** Opens the database, not the keys. */
export async function startVault(wasm: { readonly zstd: ArrayBuffer }): Promise<Vault> {
  return openVault({ databaseName, codec: await createZstdCodec(wasm.zstd), nowMs: () => Date.now(), storage: browserStorage });
}

export interface ConnectedVault {
  readonly verbs: ConfinedVerbs;
  /** Throws CamphorError `locked` before `start`. */
  vault(): Vault;
}

/** The verbs that every such worker has, and the vault that they open. */
export function connectVault(): ConnectedVault {
  let opened: Vault | null = null;
  const vault = (): Vault => {
    if (opened === null) throw new CamphorError('locked');
    return opened;
  };
  return {
    verbs: {
      start: async (wasm) => void (opened = await startVault(wasm)),
      connectKey: async (port) => void (await vault().useKey(await receiveKey(port))),
    },
    vault,
  };
}
