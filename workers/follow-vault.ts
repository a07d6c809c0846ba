// The newest state of a vault for a thread that reads: one reader and one list of overlays, until something changes.

import type { Overlay } from '../src/model/overlay';
import type { VaultChange } from '../src/model/verbs';
import type { ArchiveReader } from '../src/vault/archive';
import type { Vault } from '../src/vault/vault';

export interface FollowedVault {
  /** The newest state; the one given before is let go when there is a newer. */
  reader(): Promise<ArchiveReader>;
  /** The same array for as long as nothing changes. By them hidden conversations are removed, unless they are shown. */
  overlays(): Promise<readonly Overlay[]>;
  /** Called once what was read before the change is let go. */
  onChange(listener: (change: VaultChange) => void): void;
  /** Whether hidden conversations are shown, in this thread and until it ends. At first they are not. */
  showsHidden(): boolean;
  showHidden(shown: boolean): void;
}

async function readOverlays(vault: Vault, showsHidden: boolean): Promise<readonly Overlay[]> {
  const all = await vault.notes.overlays(null);
  return showsHidden || !all.some(({ kind }) => kind === 'hidden') ? all : (await import('../src/model/concealed')).conceal(all);
}

export function followVault(vault: Vault): FollowedVault {
  let reader: Promise<ArchiveReader> | null = null;
  let overlays: Promise<readonly Overlay[]> | null = null;
  let shown = false;
  const listeners = new Set<(change: VaultChange) => void>();
  const dropReader = (): void => {
    reader?.then(
      (held) => held.release(),
      () => {},
    );
    reader = null;
  };
  const tell = (type: VaultChange): void => listeners.forEach((listener) => listener(type));
  vault.onChange(({ type }) => {
    if (type !== 'notes-changed') dropReader();
    overlays = null;
    if (type === 'archive-changed' || type === 'notes-changed' || type === 'superseded') tell(type);
  });
  return {
    onChange: (listener) => void listeners.add(listener),
    showsHidden: () => shown,
    showHidden: (next) => {
      shown = next;
      overlays = null;
      tell('notes-changed');
    },
    reader: () => {
      const opened = (reader ??= vault.openReader());
      // A failure is the caller's; the next call tries again.
      opened.catch(() => reader === opened && (reader = null));
      return opened;
    },
    overlays: () => {
      const read = (overlays ??= readOverlays(vault, shown));
      read.catch(() => overlays === read && (overlays = null));
      return read;
    },
  };
}
