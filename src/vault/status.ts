// What state the vault is in, worked out from what lies on disk and which keys are held.

import { CamphorError } from '../model/error';
import type { VaultState, VaultStatus } from '../model/view';
import type { VaultContext } from './context';
import { isReadOnly } from './header';
import { type LoadedHeader, loadHeader } from './keys';
import { openRoot, readPointer, readRootRow } from './root';
import type { Sentinel } from './sentinel';

const stateByCode: Readonly<Record<string, VaultState>> = {
  damaged: 'damaged',
  tampered: 'damaged',
  'vault-damaged': 'damaged',
  'newer-vault': 'newer',
};

async function openState(context: VaultContext, loaded: LoadedHeader): Promise<VaultState> {
  const row = await readRootRow(context, (await readPointer(context)).number);
  if (row === null) return 'damaged';
  const { conversations, receipts } = await openRoot(context, row);
  if (isReadOnly(loaded.header)) return 'newer';
  return conversations.count === 0 && receipts.count === 0 ? 'empty' : 'open';
}

async function stateOf(context: VaultContext, sentinel: Sentinel | null, loaded: LoadedHeader | null): Promise<VaultState> {
  if (loaded === null) return (await sentinel?.exists()) ? 'evicted' : 'empty';
  if (context.keyring.isOpen()) return openState(context, loaded);
  if (loaded.header.wrap.kind === 'passphrase') return 'locked';
  return isReadOnly(loaded.header) ? 'newer' : 'open';
}

/** Never throws for what is wrong with the vault itself: that is its state. Throws CamphorError `storage-…`. */
export async function vaultStatus(context: VaultContext, sentinel: Sentinel | null): Promise<VaultStatus> {
  const { storage } = context.environment;
  const persisted = (await storage?.persisted?.()) ?? null;
  let loaded: LoadedHeader | null = null;
  let state: VaultState;
  try {
    loaded = await loadHeader(context);
    state = await stateOf(context, sentinel, loaded);
  } catch (error) {
    const known = error instanceof CamphorError ? stateByCode[error.code] : undefined;
    if (known === undefined) throw error;
    state = known;
  }
  return {
    state,
    hasPassphrase: loaded?.header.wrap.kind === 'passphrase',
    resealing: (loaded?.header.oldKeys.length ?? 0) > 0,
    readOnly: state === 'newer' || state === 'damaged',
    persisted,
  };
}
