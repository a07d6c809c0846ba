// The doctor's ways with a folder of this computer.

import { type FolderConfig, unknownTraits } from '../model/drive';
import type { DriveProbe } from './doctor-probe';
import type { Drive } from './drive';
import type { DriveEnvironment } from './environment';
import { createFolderDrive } from './folder';
import { withDriveErrors } from './folder-errors';

/** `scratch` is the name of a folder that is not there yet. */
export function probeFolder({ handle }: Pick<FolderConfig, 'handle'>, scratch: string, environment: DriveEnvironment): DriveProbe {
  const whole = createFolderDrive({ handle }, unknownTraits, environment);
  const inside = (name: string): string => `${scratch}/${name}`;
  const drive: Drive = {
    traits: whole.traits,
    async list() {
      const { entries, isSuspect } = await whole.list(scratch);
      return { entries: entries.map((entry) => ({ ...entry, name: entry.name.slice(scratch.length + 1) })), isSuspect };
    },
    read: (name, range) => whole.read(inside(name), range),
    size: (name) => whole.size(inside(name)),
    create: (name, bytes) => whole.create(inside(name), bytes),
    remove: (name) => whole.remove(inside(name)),
    nowMs: () => whole.nowMs(),
  };
  return {
    drive,
    url: null,
    lookAtTop: () =>
      withDriveErrors(async () => {
        const names: string[] = [];
        for await (const name of handle.keys()) if (names.push(name) >= 1000) break;
        return { names, isCut: false };
      }),
    makeFolder: () => withDriveErrors(async () => void (await handle.getDirectoryHandle(scratch, { create: true }))),
    upload: null,
    hasRange: async () => true,
    removeFolder: () => withDriveErrors(() => handle.removeEntry(scratch, { recursive: true })),
  };
}
