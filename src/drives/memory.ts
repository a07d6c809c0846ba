// A drive in memory: what tests write to, and what the contract means where nothing goes wrong.

import { unknownTraits, type DriveTraits } from '../model/drive';
import { CamphorError } from '../model/error';
import { readContent } from './file-content';
import type { Drive } from './drive';
import { checkName, folderPrefix } from './name';

export interface MemoryDrive extends Drive {
  /** What the drive holds, by name; a test may change it behind the drive's back. */
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
}

export interface MemoryDriveOptions {
  readonly files?: Map<string, Uint8Array<ArrayBuffer>>;
  readonly traits?: Partial<DriveTraits>;
  /** The drive's clock; without one it does not say. */
  readonly nowMs?: () => number;
}

/** A drive of the given files. Bytes are copied on their way in and out. */
export function createMemoryDrive({ files = new Map(), traits = {}, nowMs }: MemoryDriveOptions = {}): MemoryDrive {
  return {
    files,
    traits: { ...unknownTraits, isAtomic: true, refusesTaken: true, ...traits },
    async list(folder) {
      const prefix = folderPrefix(folder);
      const entries = [...files].map(([name, bytes]) => ({ name, sizeBytes: bytes.length }));
      return { entries: entries.filter(({ name }) => name.startsWith(prefix)), isSuspect: false };
    },
    async read(name, range) {
      const bytes = files.get(checkName(name));
      if (!bytes) throw new CamphorError('drive-missing');
      return range ? bytes.slice(range.fromByte, range.toByte) : bytes.slice();
    },
    async size(name) {
      return files.get(checkName(name))?.length ?? null;
    },
    async create(name, content) {
      const bytes = content instanceof Blob ? await readContent(content) : content.slice();
      if (files.has(checkName(name))) throw new CamphorError('drive-exists');
      files.set(name, bytes);
    },
    async remove(name) {
      files.delete(checkName(name));
    },
    async nowMs() {
      return nowMs?.() ?? null;
    },
  };
}
