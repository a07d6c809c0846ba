// Faults that a test's server appends to a worker's script.

export interface StoragePlan {
  /** Which call that changes stores or rows, or looks at a store for an upgrade, counted from the worker's start; Infinity only counts. */
  readonly call: number;
  /** True: the worker stands still there, with its transaction open. False: it goes on. */
  readonly spin: boolean;
}

/** Tells the channel `upgrade-fault` how many calls there were, and of the one that was planned. */
export function storageFault(plan: StoragePlan): string {
  return `{
  const channel = new BroadcastChannel('upgrade-fault');
  let calls = 0;
  const counted = (owner, name, counts = () => true) => {
    const original = owner[name];
    owner[name] = function (...args) {
      const result = original.apply(this, args);
      if (!counts(this)) return result;
      calls += 1;
      channel.postMessage({ calls });
      if (calls === ${plan.call}) {
        channel.postMessage({ reached: true });
        const endsAtMs = Date.now() + 20_000;
        while (${plan.spin} && Date.now() < endsAtMs);
      }
      return result;
    };
  };
  for (const name of ['createObjectStore', 'deleteObjectStore']) counted(IDBDatabase.prototype, name);
  counted(IDBTransaction.prototype, 'objectStore', ({ mode }) => mode === 'versionchange');
  for (const name of ['put', 'add', 'delete', 'clear']) counted(IDBObjectStore.prototype, name);
}`;
}

/**
 * For the import worker: from the given seal on it waits, tells the channel `held-import` so, and goes on at the word `go`.
 * Rows that were sealed before are on their way to the disk.
 */
export function heldSeal(number: number): string {
  return `{
  const channel = new BroadcastChannel('held-import');
  const { encrypt } = SubtleCrypto.prototype;
  let seals = 0;
  let go = () => {};
  const open = new Promise((resolve) => (go = resolve));
  channel.onmessage = ({ data }) => data === 'go' && go();
  SubtleCrypto.prototype.encrypt = async function (...args) {
    seals += 1;
    if (seals === ${number}) channel.postMessage('held');
    if (seals >= ${number}) await open;
    return encrypt.apply(this, args);
  };
}`;
}
