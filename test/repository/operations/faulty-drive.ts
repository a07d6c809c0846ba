// Drives that fail in the ways that real ones do, around one that works.

import { contentBytes, type FileContent } from '../../../src/drives/file-content';
import type { Drive } from '../../../src/drives/drive';
import { CamphorError } from '../../../src/model/error';

export interface CallCount {
  calls: number;
}

type Call = (name: 'list' | 'read' | 'size' | 'create' | 'remove', file: string, content: FileContent | null) => Promise<void>;

/** The drive, with `before` called ahead of each call; what it throws, the call throws. */
export function watchDrive(drive: Drive, before: Call): Drive {
  return {
    traits: drive.traits,
    list: async (folder) => (await before('list', folder, null), drive.list(folder)),
    read: async (name, range) => (await before('read', name, null), drive.read(name, range)),
    size: async (name) => (await before('size', name, null), drive.size(name)),
    create: async (name, content, options) => {
      await before('create', name, content);
      return drive.create(name, content, options);
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
  const watched = watchDrive(drive, async (call, file, content) => {
    count.calls += 1;
    if (count.calls <= calls) return;
    if (half && count.calls === calls + 1 && call === 'create' && content) {
      const name = file.startsWith('data/') ? file : `tmp/${count.calls}`;
      await drive.create(name, content.slice(0, contentBytes(content) >> 1));
    }
    throw new CamphorError('drive-unreachable');
  });
  return Object.defineProperty(watched, 'calls', { get: () => count.calls }) as Drive & CallCount;
}
