// What a check found: each fault once, with a few of the paths that suffer from it.

import type { CheckFault } from '../model/backup-view';

const faultLimit = 1_000;
const affectsLimit = 8;

export interface FaultList {
  add(what: CheckFault['what'], id: string, path?: string): void;
  readonly faults: readonly CheckFault[];
  readonly moreFaults: number;
}

export function createFaultList(): FaultList {
  const byName = new Map<string, CheckFault & { readonly affects: string[] }>();
  let moreFaults = 0;
  return {
    add(what, id, path) {
      const name = `${what} ${id}`;
      const known = byName.get(name);
      if (!known && byName.size >= faultLimit) {
        moreFaults += 1;
        return;
      }
      const fault = known ?? { what, id, affects: [] };
      byName.set(name, fault);
      if (path !== undefined && fault.affects.length < affectsLimit && !fault.affects.includes(path)) fault.affects.push(path);
    },
    get faults() {
      return [...byName.values()];
    },
    get moreFaults() {
      return moreFaults;
    },
  };
}
