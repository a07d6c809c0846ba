// The vault key between tabs, from worker to worker: a CryptoKey that cannot be extracted clones through a BroadcastChannel.
// Only vault workers listen to it. Locking is not its business: a lock ends these workers on all tabs.

import { CamphorError } from '../src/model/error';
import type { Vault } from '../src/vault/vault';

/** Held, shared, by every worker that has the key: so that nobody waits for an answer where nobody can give one. */
const openLockName = 'camphor-open';
/** How long an open tab may take to answer. */
const answerMs = 2000;

type Message = { readonly kind: 'ask' } | { readonly kind: 'key'; readonly key: CryptoKey };

export interface KeyExchange {
  /** Asks the open tabs; true when one of their keys opened this vault. */
  ask(): Promise<boolean>;
  /** To be called once this vault is open: from now on it answers others. */
  hold(): void;
}

/** Answers other tabs while `vault` is open, and follows a change of the key made by one of them. */
export function exchangeKeys(vault: Vault): KeyExchange {
  const channel = new BroadcastChannel('camphor-key');
  const asking = new Set<(key: CryptoKey) => void>();
  let holding = false;
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'key') for (const take of asking) take(data.key);
    else if (holding) answer(channel, vault);
  };
  const ask = async (): Promise<boolean> => {
    const { held } = await navigator.locks.query();
    if (held?.some(({ name }) => name === openLockName) !== true) return false;
    return new Promise((resolve) => {
      const end = (found: boolean): void => {
        clearTimeout(timer);
        asking.delete(take);
        resolve(found);
      };
      // A tab that has not heard of a new passphrase yet may answer with the old key.
      const take = (key: CryptoKey): void => void vault.useKey(key).then(() => end(true), () => {}); // prettier-ignore
      const timer = setTimeout(() => end(false), answerMs);
      asking.add(take);
      channel.postMessage({ kind: 'ask' } satisfies Message);
    });
  };
  vault.onChange(({ type }) => {
    if (type === 'key-changed' && holding) void ask();
  });
  return {
    ask,
    hold: () => {
      if (holding) return;
      holding = true;
      void navigator.locks.request(openLockName, { mode: 'shared' }, () => new Promise(() => {}));
    },
  };
}

function answer(channel: BroadcastChannel, vault: Vault): void {
  try {
    channel.postMessage({ kind: 'key', key: vault.key() } satisfies Message);
  } catch (error) {
    // Locked in the meantime: another tab may answer.
    if (!(error instanceof CamphorError)) throw error;
  }
}
