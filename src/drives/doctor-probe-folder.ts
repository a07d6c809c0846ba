// The doctor's ways with a folder of this computer.

import { type FolderConfig, unknownTraits } from '../model/drive';
import type { DriveProbe } from './doctor-probe';
import type { Drive } from './drive';
import type { DriveEnvironment } from './environment';
import { createFolderDrive } from './folder';
import { withDriveErrors } from './folder-errors';

/** `scratch` is the name of a folder that is not there yet. */
export function probeFolder({ handle }: Pick<FolderConfig, 'handle'>, scratch: string, environment: DriveEnvironment): DriveProbe {
  const inside = (): Promise<Drive> =>
    withDriveErrors(async () => createFolderDrive({ handle: await handle.getDirectoryHandle(scratch) }, unknownTraits, environment));
  const drive: Drive = {
    traits: unknownTraits,
    list: async (folder) => (await inside()).list(folder),
    read: async (name, range) => (await inside()).read(name, range),
    size: async (name) => (await inside()).size(name),
    create: async (name, content) => (await inside()).create(name, content),
    remove: async (name) => (await inside()).remove(name),
    nowMs: async () => environment.nowMs(),
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
