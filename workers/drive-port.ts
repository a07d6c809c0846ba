// Drives over the port between workers/backup and workers/drive: ciphertext and names go one way, findings the other.

import { proxy, wrap } from 'comlink';
import type { DriveAccess } from '../src/backup/environment';
import type { ByteRange, CreateOptions, Listing } from '../src/drives/drive';
import type { FileContent } from '../src/drives/file-content';
import type { DoctorReport, DoctorStep, DriveConfig, DriveTraits } from '../src/model/drive';

/** What workers/drive answers over the port; `drive` is the number that `open` gave. */
export interface DrivePortVerbs {
  open(config: DriveConfig, traits: DriveTraits, onWait: (untilMs: number) => void): Promise<number>;
  examine(config: DriveConfig, report: (step: DoctorStep) => void): Promise<DoctorReport>;
  list(drive: number, folder: string): Promise<Listing>;
  read(drive: number, name: string, range?: ByteRange): Promise<Uint8Array<ArrayBuffer>>;
  size(drive: number, name: string): Promise<number | null>;
  create(drive: number, name: string, content: FileContent, options?: CreateOptions): Promise<void>;
  remove(drive: number, name: string): Promise<void>;
  nowMs(drive: number): Promise<number | null>;
}

/** Drives at the other end of the port, as if they were here. */
export function reachDrives(port: MessagePort): DriveAccess {
  const far = wrap<DrivePortVerbs>(port);
  return {
    open: async (config, traits, onWait) => {
      const drive = await far.open(config, traits, proxy(onWait));
      return {
        traits,
        list: (folder) => far.list(drive, folder),
        read: (name, range) => far.read(drive, name, range),
        size: (name) => far.size(drive, name),
        create: (name, content, options) => far.create(drive, name, content, options),
        remove: (name) => far.remove(drive, name),
        nowMs: () => far.nowMs(drive),
      };
    },
    examine: (config, report) => far.examine(config, proxy(report)),
  };
}
