// Drives that fail in the ways that real ones do, around one that works.

import type { Drive } from '../../../src/drives/drive';
import { CamphorError } from '../../../src/model/error';

export interface CallCount {
  calls: number;
}

type Call = (name: 'list' | 'read' | 'size' | 'create' | 'remove', file: string, bytes: Uint8Array<ArrayBuffer> | null) => Promise<void>;

/** The drive, with `before` called ahead of each call; what it throws, the call throws. */
export function watchDrive(drive: Drive, before: Call): Drive {
  return {
    traits: drive.traits,
    list: async (folder) => (await before('list', folder, null), drive.list(folder)),
    read: async (name, range) => (await before('read', name, null), drive.read(name, range)),
    size: async (name) => (await before('size', name, null), drive.size(name)),
    create: async (name, bytes, options) => {
      await before('create', name, bytes);
      return drive.create(name, bytes, options);
    },
    remove: async (name) => (await before('remove', name, null), drive.remove(name)),
    nowMs: () => drive.nowMs(),
  };
}

/**
 * Works for `calls` calls, then never again, as for a process that was killed. `half`: where the first call that fails
 * creates a file, half of it stays: a pack under its own name, which may be written directly; all else in `tmp/`.
 */
export function stopAfter(drive: Drive, calls: number, half: boolean): Drive & CallCount {
  const count: CallCount = { calls: 0 };
  const watched = watchDrive(drive, async (call, file, bytes) => {
    count.calls += 1;
    if (count.calls <= calls) return;
    if (half && count.calls === calls + 1 && call === 'create' && bytes) {
      const name = file.startsWith('data/') ? file : `tmp/${count.calls}`;
      await drive.create(name, bytes.slice(0, bytes.length >> 1));
    }
    throw new CamphorError('drive-unreachable');
  });
  return Object.defineProperty(watched, 'calls', { get: () => count.calls }) as Drive & CallCount;
}
