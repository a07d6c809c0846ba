// The tabs of this browser, told of each other's locks, input and choices. Nothing secret passes here; workers hand the
// vault key on over a channel of their own.

import type { Preferences } from './session';

export type TabMessage =
  | { readonly kind: 'lock'; readonly cause: 'hand' | 'idle' }
  | { readonly kind: 'activity'; readonly atMs: number }
  | { readonly kind: 'preferences'; readonly preferences: Preferences }
  | { readonly kind: 'forgotten' };

export interface Tabs {
  /** Reaches every other tab, not this one. */
  tell(message: TabMessage): void;
  close(): void;
}

/** `onKeyChanged`: the vault in some worker, of this tab or another, has a new key (src/vault/channel.ts). */
export function joinTabs(onMessage: (message: TabMessage) => void, onKeyChanged: () => void): Tabs {
  const tabs = new BroadcastChannel('camphor-tabs');
  const vaults = new BroadcastChannel('camphor-vault');
  tabs.addEventListener('message', (event: MessageEvent<TabMessage>) => onMessage(event.data));
  vaults.addEventListener('message', (event: MessageEvent<{ readonly event?: { readonly type: string } }>) => {
    if (event.data.event?.type === 'key-changed') onKeyChanged();
  });
  return {
    tell: (message) => tabs.postMessage(message),
    close: () => {
      tabs.close();
      vaults.close();
    },
  };
}
