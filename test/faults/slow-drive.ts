// A drive whose calls wait until a test lets them go on: for interleavings, hangs, and what happens meanwhile.

import type { Drive } from '../../src/drives/drive';
import type { DriveCall } from './flaky-drive';

export interface HeldCall {
  readonly call: DriveCall;
  readonly name: string;
  /** Lets it happen. */
  release(): void;
}

export interface SlowDrive extends Drive {
  /** Calls that wait, oldest first. */
  readonly held: HeldCall[];
  /** Resolves when at least this many calls wait. */
  waitForHeld(count: number): Promise<void>;
  /** From now on nothing waits; what waits is let go. */
  releaseAll(): void;
}

/** Holds each call of which `holds` is true; all of them by default. */
export function createSlowDrive(inner: Drive, holds: (call: DriveCall, name: string) => boolean = () => true): SlowDrive {
  const held: HeldCall[] = [];
  const watchers: (() => void)[] = [];
  let isOpen = false;
  const gate = async <Value>(call: DriveCall, name: string, run: () => Promise<Value>): Promise<Value> => {
    if (!isOpen && holds(call, name))
      await new Promise<void>((resolve) => {
        const entry: HeldCall = {
          call,
          name,
          release() {
            held.splice(held.indexOf(entry), 1);
            resolve();
          },
        };
        held.push(entry);
        for (const watcher of watchers) watcher();
      });
    return run();
  };
  return {
    traits: inner.traits,
    held,
    async waitForHeld(count) {
      while (held.length < count) await new Promise<void>((resolve) => void watchers.push(resolve));
    },
    releaseAll() {
      isOpen = true;
      for (const entry of [...held]) entry.release();
    },
    list: (folder) => gate('list', folder, () => inner.list(folder)),
    read: (name, range) => gate('read', name, () => inner.read(name, range)),
    size: (name) => gate('size', name, () => inner.size(name)),
    create: (name, bytes, options) => gate('create', name, () => inner.create(name, bytes, options)),
    remove: (name) => gate('remove', name, () => inner.remove(name)),
    nowMs: () => gate('nowMs', '', () => inner.nowMs()),
  };
}
