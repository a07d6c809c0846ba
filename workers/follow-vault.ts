// The newest state of a vault for a thread that reads: one reader and one list of overlays, until something changes.

import type { Overlay } from '../src/model/overlay';
import type { VaultChange } from '../src/model/verbs';
import type { ArchiveReader } from '../src/vault/archive';
import type { Vault } from '../src/vault/vault';

export interface FollowedVault {
  /** The newest state; the one given before is let go when there is a newer. */
  reader(): Promise<ArchiveReader>;
  /** The same array for as long as nothing changes. */
  overlays(): Promise<readonly Overlay[]>;
  /** Called once what was read before the change is let go. */
  onChange(listener: (change: VaultChange) => void): void;
}

export function followVault(vault: Vault): FollowedVault {
  let reader: Promise<ArchiveReader> | null = null;
  let overlays: Promise<readonly Overlay[]> | null = null;
  const listeners = new Set<(change: VaultChange) => void>();
  const dropReader = (): void => {
    reader?.then(
      (held) => held.release(),
      () => {},
    );
    reader = null;
  };
  vault.onChange(({ type }) => {
    if (type !== 'notes-changed') dropReader();
    overlays = null;
    if (type === 'archive-changed' || type === 'notes-changed' || type === 'superseded') for (const listener of listeners) listener(type);
  });
  return {
    onChange: (listener) => void listeners.add(listener),
    reader: () => {
      const opened = (reader ??= vault.openReader());
      // A failure is the caller's; the next call tries again.
      opened.catch(() => reader === opened && (reader = null));
      return opened;
    },
    overlays: () => {
      const read = (overlays ??= vault.notes.overlays(null));
      read.catch(() => overlays === read && (overlays = null));
      return read;
    },
  };
}
