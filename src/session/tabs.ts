// The tabs of this browser, told of each other's locks, input and choices. Nothing secret passes here; workers hand the
// vault key on over a channel of their own.

import type { Preferences } from './session';

export type TabMessage =
  | { readonly kind: 'lock'; readonly cause: 'hand' | 'idle' }
  | { readonly kind: 'activity'; readonly atMs: number }
  | { readonly kind: 'preferences'; readonly preferences: Preferences }
  | { readonly kind: 'forgotten' };

/** What the vaults in workers of all tabs tell: numbers and kinds only (src/vault/channel.ts). */
export type VaultNotice = 'archive-changed' | 'notes-changed' | 'key-changed' | 'locked' | 'forgotten';

export interface Tabs {
  /** Reaches every other tab, not this one. */
  tell(message: TabMessage): void;
  close(): void;
}

export function joinTabs(onMessage: (message: TabMessage) => void, onVaultNotice: (notice: VaultNotice) => void): Tabs {
  const tabs = new BroadcastChannel('camphor-tabs');
  const vaults = new BroadcastChannel('camphor-vault');
  tabs.addEventListener('message', (event: MessageEvent<TabMessage>) => onMessage(event.data));
  vaults.addEventListener('message', (event: MessageEvent<{ readonly event?: { readonly type: VaultNotice } }>) => {
    if (event.data.event !== undefined) onVaultNotice(event.data.event.type);
  });
  return {
    tell: (message) => tabs.postMessage(message),
    close: () => {
      tabs.close();
      vaults.close();
    },
  };
}
