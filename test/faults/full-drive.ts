// A drive of so many bytes: what would not fit is refused, as by 507.

import { contentBytes } from '../../src/drives/file-content';
import type { Drive } from '../../src/drives/drive';
import { CamphorError } from '../../src/model/error';

export interface FullDrive extends Drive {
  /** May be changed, as when the owner makes room. */
  capacityBytes: number;
}

export function createFullDrive(inner: Drive, capacityBytes: number): FullDrive {
  return {
    traits: inner.traits,
    capacityBytes,
    list: (folder) => inner.list(folder),
    read: (name, range) => inner.read(name, range),
    size: (name) => inner.size(name),
    async create(name, content, options) {
      const { entries } = await inner.list('');
      const usedBytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      if (usedBytes + contentBytes(content) > this.capacityBytes) throw new CamphorError('drive-full');
      await inner.create(name, content, options);
    },
    remove: (name) => inner.remove(name),
    nowMs: () => inner.nowMs(),
  };
}
