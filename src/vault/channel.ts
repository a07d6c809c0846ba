// How threads and tabs hear of each other's changes. Events carry numbers only, never content.

export type VaultEvent =
  | { readonly type: 'archive-changed'; readonly rootNumber: number }
  /** Rows lie elsewhere and the archive holds what it held: readers open the new state, nobody shows anything else. */
  | { readonly type: 'archive-moved'; readonly rootNumber: number }
  | { readonly type: 'notes-changed' }
  | { readonly type: 'locked' }
  /** Threads that hold the old key need the new one: the next state is sealed under it. */
  | { readonly type: 'key-changed' }
  | { readonly type: 'forgotten' }
  /** Only told here: a newer version of the app has upgraded the database, and every call is `newer-vault` from now on. */
  | { readonly type: 'superseded' };

/** Reaches every other holder of the same channel, not the one that posts. */
export interface Channel {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
  close(): void;
}

export interface Events {
  /** Tells the listeners here and every other thread. */
  tell(event: VaultEvent): void;
  /** Tells the listeners here only. */
  tellHere(event: VaultEvent): void;
  onChange(listener: (event: VaultEvent) => void): () => void;
  close(): void;
}

/** The browser's channel `camphor-vault`, or null where there is none. */
export function broadcastChannel(): Channel | null {
  if (typeof BroadcastChannel === 'undefined') return null;
  const channel = new BroadcastChannel('camphor-vault');
  // Node keeps a process alive for an open channel; browsers know no unref.
  (channel as { unref?: () => void }).unref?.();
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      channel.onmessage = (event: MessageEvent) => listener(event.data);
    },
    close: () => channel.close(),
  };
}

/** Events of one database; those of others on the same channel are not heard. */
export function createEvents(databaseName: string, channel: Channel | null): Events {
  const listeners = new Set<(event: VaultEvent) => void>();
  const deliver = (event: VaultEvent) => {
    for (const listener of listeners) listener(event);
  };
  channel?.listen((message) => {
    const heard = message as { databaseName?: unknown; event?: VaultEvent } | null;
    if (heard?.databaseName === databaseName && heard.event !== undefined) deliver(heard.event);
  });
  return {
    tell: (event) => {
      deliver(event);
      channel?.post({ databaseName, event });
    },
    tellHere: deliver,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      listeners.clear();
      channel?.close();
    },
  };
}
