// A drive whose n-th call fails: once, for a while, or for good, as when the process is killed.

import type { Drive } from '../../src/drives/drive';
import type { DriveErrorCode } from '../../src/model/drive';
import { CamphorError } from '../../src/model/error';

export type DriveCall = 'list' | 'read' | 'size' | 'create' | 'remove' | 'nowMs';

export interface DriveFault {
  /** The code that is thrown; `lost-answer` does the call and then throws `drive-unreachable`; `hang` never ends. */
  readonly kind: DriveErrorCode | 'lost-answer' | 'hang';
  /** The first call that fails, counted from 1. */
  readonly failAt: number;
  /** How many calls in a row fail; 1 by default, `Infinity` for a process that was killed. */
  readonly times?: number;
  /** Calls that count; all by default. */
  readonly calls?: readonly DriveCall[];
  readonly facts?: Readonly<Record<string, string | number>>;
}

export interface FlakyDrive extends Drive {
  /** Calls so far, of those that count. */
  calls(): number;
  /** True once a call failed. */
  hasFailed(): boolean;
  /** All calls, as `create data/ab/…`. */
  readonly log: readonly string[];
}

/** Wraps `inner`. Without a fault it only counts. */
export function createFlakyDrive(inner: Drive, fault: DriveFault | null = null): FlakyDrive {
  const log: string[] = [];
  let calls = 0;
  let hasFailed = false;
  const counted = async <Value>(call: DriveCall, name: string, run: () => Promise<Value>): Promise<Value> => {
    log.push(`${call} ${name}`);
    if (fault?.calls && !fault.calls.includes(call)) return run();
    calls += 1;
    if (fault === null || calls < fault.failAt || calls >= fault.failAt + (fault.times ?? 1)) return run();
    hasFailed = true;
    if (fault.kind === 'hang') return new Promise<Value>(() => {});
    if (fault.kind === 'lost-answer') {
      await run();
      throw new CamphorError('drive-unreachable', fault.facts);
    }
    throw new CamphorError(fault.kind, fault.facts);
  };
  return {
    traits: inner.traits,
    log,
    calls: () => calls,
    hasFailed: () => hasFailed,
    list: (folder) => counted('list', folder, () => inner.list(folder)),
    read: (name, range) => counted('read', name, () => inner.read(name, range)),
    size: (name) => counted('size', name, () => inner.size(name)),
    create: (name, bytes, options) => counted('create', name, () => inner.create(name, bytes, options)),
    remove: (name) => counted('remove', name, () => inner.remove(name)),
    nowMs: () => counted('nowMs', '', () => inner.nowMs()),
  };
}
