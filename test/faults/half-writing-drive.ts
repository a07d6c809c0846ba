// A drive on which creates are cut: a `direct` one leaves half of the file under its name, any other leaves it in `tmp/`.

import { contentBytes } from '../../src/drives/file-content';
import type { Drive } from '../../src/drives/drive';
import { CamphorError } from '../../src/model/error';

export interface HalfWritingDrive extends Drive {
  /** Names under which a half lies. */
  readonly stubs: readonly string[];
}

/** Cuts the creates of which `cuts` is true; `creates` counts from 1. */
export function createHalfWritingDrive(inner: Drive, cuts: (creates: number, name: string) => boolean): HalfWritingDrive {
  const stubs: string[] = [];
  let creates = 0;
  return {
    traits: { ...inner.traits, isAtomic: false },
    stubs,
    list: (folder) => inner.list(folder),
    read: (name, range) => inner.read(name, range),
    size: (name) => inner.size(name),
    async create(name, content, options) {
      creates += 1;
      if (!cuts(creates, name)) return inner.create(name, content, options);
      const stub = options?.direct ? name : `tmp/${creates}`;
      await inner.create(stub, content.slice(0, contentBytes(content) >> 1));
      stubs.push(stub);
      throw new CamphorError('drive-unreachable');
    },
    remove: (name) => inner.remove(name),
    nowMs: () => inner.nowMs(),
  };
}
