// What backups stand on, handed in by workers/backup or by a test.

import type { ZstdCodec } from '../bytes/zstd';
import type { RandomBytes } from '../crypto/random';
import type { Drive } from '../drives/drive';
import type {
  BegunSignIn,
  CloudKind,
  DoctorReport,
  DoctorStep,
  DriveConfig,
  DriveTraits,
  OauthGrant,
  PendingSignIn,
  SignInAnswer,
  SignedIn,
} from '../model/drive';
import type { RepositoryEnvironment } from '../repository/environment';
import type { ArchiveReader, ArchiveWriter } from '../vault/archive';
import type { FolderHandles } from '../vault/folder-handles';
import type { Notes } from '../vault/notes';

export interface Thumbnail {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The way to workers/drive. */
export interface DriveAccess {
  /** `onWait` hears until when (ms) the drive asks to be left alone, `onGrant` of what takes the place of the configuration's grant. */
  open(config: DriveConfig, traits: DriveTraits, onWait: (untilMs: number) => void, onGrant: (grant: OauthGrant) => void): Promise<Drive>;
  examine(config: DriveConfig, report: (step: DoctorStep) => void, onGrant: (grant: OauthGrant) => void): Promise<DoctorReport>;
}

/** The way to consent, which workers/drive asks for (drives/sign-in.ts). */
export interface SignInAccess {
  begin(kind: CloudKind, clientId: string, returnUrl: string): Promise<BegunSignIn>;
  finish(answer: SignInAnswer): Promise<SignedIn>;
  /** What proves the answer ours, no longer kept there; `resume` gives it back. */
  hand(state: string): Promise<PendingSignIn>;
  resume(pending: PendingSignIn): Promise<void>;
  /** The configuration with the grant itself where the page gave a ticket. Throws `drive-signed-out`. */
  settle(config: DriveConfig): Promise<DriveConfig>;
}

export interface BackupEnvironment {
  readonly vault: {
    openReader(): Promise<ArchiveReader>;
    openWriter(): Promise<ArchiveWriter>;
    /** Removes what no state reaches that is in use; gives the number of objects and files that went. */
    sweep(): Promise<number>;
    readonly notes: Notes;
    readonly folders: FolderHandles;
  };
  readonly drives: DriveAccess;
  readonly signIns: SignInAccess;
  /** Where what is backed up is sealed, if not on this thread. */
  readonly openPackMaker?: RepositoryEnvironment['openPackMaker'];
  readonly codec: ZstdCodec;
  readonly random: RandomBytes;
  nowMs(): number;
  sleep(ms: number): Promise<void>;
  /** Runs while no other tab writes to a drive; throws `busy` where one does. */
  exclusively<Result>(run: () => Promise<Result>): Promise<Result>;
  /** Lets messages to this thread in; called at least every 50 ms of work. */
  yieldToEvents(): Promise<void>;
  /** A small picture of a whole medium; null where there is none to make. */
  makeThumbnail(medium: Uint8Array, mime: string): Promise<Thumbnail | null>;
  /** `navigator.deviceMemory`, GiB; null where the browser does not say. */
  readonly memoryGiB: number | null;
}
