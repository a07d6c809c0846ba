// Fails chosen storage calls of fake-indexeddb and of memory-chunk-files. A call is a request on a store or an index, a transaction's
// end, or what is done with a file.

import { IDBIndex, IDBObjectStore, IDBTransaction } from 'fake-indexeddb';

export type Fault =
  | /** This call fails, later ones work. */ 'once'
  /** This call and all later ones fail: the process was killed here. */
  | 'killed'
  /** As `once`, but because the disk is full. */
  | 'full';

interface Plan {
  fault: Fault;
  failAt: number;
  calls: number;
}

const healthy: Plan = { fault: 'once', failAt: Number.POSITIVE_INFINITY, calls: 0 };
let plan: Plan = healthy;

const requests = [
  'add',
  'put',
  'delete',
  'clear',
  'get',
  'getKey',
  'getAll',
  'getAllKeys',
  'count',
  'openCursor',
  'openKeyCursor',
] as const;

/** Counts a storage call, and fails where the plan says so. */
export function takeTurn(): void {
  plan.calls += 1;
  const fails = plan.fault === 'killed' ? plan.calls >= plan.failAt : plan.calls === plan.failAt;
  if (!fails) return;
  const name = plan.fault === 'full' ? 'QuotaExceededError' : 'UnknownError';
  throw new DOMException(`fault at storage call ${plan.calls}`, name);
}

type Method = (this: unknown, ...parameters: unknown[]) => unknown;

function interrupt(prototype: object, name: string, before: Method): void {
  const methods = prototype as Record<string, Method | undefined>;
  const original = methods[name];
  if (original === undefined) return;
  methods[name] = function interrupted(...parameters) {
    before.apply(this, parameters);
    return original.apply(this, parameters);
  };
}

for (const name of requests) {
  interrupt(IDBObjectStore.prototype, name, takeTurn);
  interrupt(IDBIndex.prototype, name, takeTurn);
}

/** A commit that fails aborts the transaction, though every request in it had succeeded. */
interrupt(IDBTransaction.prototype, 'commit', takeTurn);

/** Runs with the fault at call `failAt`. `reached`: whether there were that many calls. */
export async function withFault<Value>(
  fault: Fault,
  failAt: number,
  run: () => Promise<Value>,
): Promise<{ readonly reached: boolean; readonly error: unknown; readonly value: Value | null }> {
  const mine: Plan = { fault, failAt, calls: 0 };
  plan = mine;
  try {
    const value = await run();
    return { reached: mine.calls >= failAt, error: null, value };
  } catch (error) {
    return { reached: mine.calls >= failAt, error, value: null };
  } finally {
    plan = healthy;
  }
}
