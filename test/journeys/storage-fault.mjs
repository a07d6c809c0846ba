// Appended to the import worker by a test's server: counts the calls that write to IndexedDB, tells the page about the
// one it was asked for, and then stands still, as a worker does whose browser is killed at that instant.
{
  const channel = new BroadcastChannel('storage-fault');
  let calls = 0;
  let rootCalls = 0;
  let plan = { call: Infinity, rootCall: Infinity, spin: true };
  channel.onmessage = ({ data }) => {
    if (data.plan === undefined) return;
    plan = data.plan;
    calls = 0;
    rootCalls = 0;
    channel.postMessage({ armed: true });
  };
  const reached = () => {
    channel.postMessage({ reached: { calls, rootCalls } });
    const endsAtMs = Date.now() + 20_000;
    while (plan.spin && Date.now() < endsAtMs);
  };
  for (const name of ['put', 'add', 'delete', 'clear']) {
    const original = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...args) {
      const request = original.apply(this, args);
      calls += 1;
      if (this.name === 'roots') rootCalls += 1;
      channel.postMessage({ count: { calls, rootCalls, store: this.name } });
      if (calls === plan.call || (this.name === 'roots' && rootCalls === plan.rootCall)) reached();
      return request;
    };
  }
}
