// Drives over the port between workers/backup and workers/drive: ciphertext and names go one way, findings the other.

import { proxy, wrap } from 'comlink';
import type { BackupEnvironment, DriveAccess, SignInAccess } from '../src/backup/environment';
import type { ByteRange, CreateOptions, Listing } from '../src/drives/drive';
import type { FileContent } from '../src/drives/file-content';
import type { DoctorReport, DoctorStep, DriveConfig, DriveTraits, OauthGrant } from '../src/model/drive';

/** What workers/drive answers over the port; `drive` is the number that `open` gave. */
export interface DrivePortVerbs {
  open(config: DriveConfig, traits: DriveTraits, onWait: (untilMs: number) => void, onGrant: (grant: OauthGrant) => void): Promise<number>;
  examine(config: DriveConfig, report: (step: DoctorStep) => void, onGrant: (grant: OauthGrant) => void): Promise<DoctorReport>;
  readonly beginSignIn: SignInAccess['begin'];
  readonly finishSignIn: SignInAccess['finish'];
  readonly handSignIn: SignInAccess['hand'];
  readonly resumeSignIn: SignInAccess['resume'];
  readonly settle: SignInAccess['settle'];
  list(drive: number, folder: string): Promise<Listing>;
  read(drive: number, name: string, range?: ByteRange): Promise<Uint8Array<ArrayBuffer>>;
  size(drive: number, name: string): Promise<number | null>;
  create(drive: number, name: string, content: FileContent, options?: CreateOptions): Promise<void>;
  remove(drive: number, name: string): Promise<void>;
  nowMs(drive: number): Promise<number | null>;
}

/** Drives at the other end of the port, as if they were here. */
export function reachDrives(port: MessagePort): Pick<BackupEnvironment, 'drives' | 'signIns'> {
  const far = wrap<DrivePortVerbs>(port);
  const drives: DriveAccess = {
    open: async (config, traits, onWait, onGrant) => {
      const drive = await far.open(config, traits, proxy(onWait), proxy(onGrant));
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
    examine: (config, report, onGrant) => far.examine(config, proxy(report), proxy(onGrant)),
  };
  const signIns: SignInAccess = {
    begin: (kind, clientId, returnUrl) => far.beginSignIn(kind, clientId, returnUrl),
    finish: (answer) => far.finishSignIn(answer),
    hand: (state) => far.handSignIn(state),
    resume: (pending) => far.resumeSignIn(pending),
    settle: (config) => far.settle(config),
  };
  return { drives, signIns };
}
