// A device as the screen has it: a real vault, all verbs of backups, and a drive that a test may break.

import { createBackup } from '../../src/backup/create-backup';
import type { Backup } from '../../src/backup/backup';
import type { BackupEnvironment } from '../../src/backup/environment';
import { type Drive } from '../../src/drives/drive';
import type { DriveEnvironment } from '../../src/drives/environment';
import { createMemoryDrive, type MemoryDrive } from '../../src/drives/memory';
import type { BackupResult, RepositorySecret } from '../../src/model/backup-view';
import type { WebdavConfig } from '../../src/model/drive';
import type { Overlay } from '../../src/model/overlay';
import { plainStyle, type Said, writeChat } from '../intake/chat-text';
import type { TestFiles } from '../intake/intake-harness';
import { random, realCodec } from '../repository/codec';
import { password, startMs } from '../repository/operations/small-repository';
import { makeRealVault, type RealVault } from './real-vault';

const codec = await realCodec();

export const passphrase: RepositorySecret = { kind: 'passphrase', text: password };
/** Where the drive is said to be; the test's own drive answers. */
export const place: WebdavConfig = { kind: 'webdav', url: 'https://drive.example/chest/', username: 'ann', password: 'drive password' };
export const silent = (): void => {};

const unasked = async (): Promise<never> => {
  throw new Error('nobody signs in here');
};
/** Configurations hold what they need. */
export const noSignIns: BackupEnvironment['signIns'] = {
  begin: unasked,
  finish: unasked,
  hand: unasked,
  resume: unasked,
  settle: async (config) => config,
};

export interface Device {
  readonly vault: RealVault;
  readonly environment: BackupEnvironment;
  /** What is kept of drives and of backups made. */
  readonly entries: Map<string, string>;
  readonly overlays: Overlay[];
  /** What the next session is given; changes take effect with `restart`. */
  drive: Drive;
  /** This device's clock, moved by waiting. */
  readonly clock: { nowMs: number };
  backup: Backup;
  /** As after the tab was closed: a session that knows what was kept. */
  restart(drive?: Drive): void;
  /** Adds the drive; gives its id. */
  addDrive(mode?: 'create' | 'open', secret?: RepositorySecret): Promise<string>;
  run(id: string, evenIfSmaller?: boolean): Promise<BackupResult>;
}

export async function makeDevice(archives: readonly TestFiles[], drive: Drive, changes: Partial<BackupEnvironment> = {}): Promise<Device> {
  const vault = await makeRealVault(archives);
  const entries = new Map<string, string>();
  const overlays: Overlay[] = [];
  const clock = { nowMs: startMs };
  const notes = {
    ...vault.vault.notes,
    overlays: async () => overlays,
    entries: async (prefix: string) => [...entries].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1)),
    async setEntries(edits: ReadonlyMap<string, string | null>) {
      for (const [key, value] of edits) {
        if (value === null) entries.delete(key);
        else entries.set(key, value);
      }
    },
  };
  const environment: BackupEnvironment = {
    vault: {
      openReader: vault.vault.openReader,
      openWriter: vault.intake.vault.openWriter,
      sweep: () => vault.vault.sweep({ dropPrevious: true }),
      notes,
      folders: vault.vault.folders,
    },
    drives: {
      open: async () => device.drive,
      examine: async () => {
        throw new Error('not examined here');
      },
    },
    signIns: noSignIns,
    codec,
    random,
    nowMs: () => (clock.nowMs += 1),
    sleep: async (ms) => void (clock.nowMs += ms),
    exclusively: (run) => run(),
    yieldToEvents: async () => {},
    makeThumbnail: async () => null,
    memoryGiB: null,
    ...changes,
  };
  const device: Device = {
    vault,
    environment,
    entries,
    overlays,
    drive,
    clock,
    backup: createBackup(() => environment),
    restart(next) {
      if (next !== undefined) device.drive = next;
      device.backup = createBackup(() => environment);
    },
    async addDrive(mode = 'create', secret = passphrase) {
      return (await device.backup.addDrive(place, { name: 'Attic', mode, secret }, silent)).id;
    },
    run: (id, evenIfSmaller = false) => device.backup.run(id, { evenIfSmaller }, silent),
  };
  return device;
}

const year: readonly Said[] = Array.from({ length: 24 }, (_, number) => ({
  atMs: Date.UTC(2022, number % 12, 3 + Math.floor(number / 12), 9, number),
  sender: number % 2 === 0 ? ('me' as const) : ('her' as const),
  text: `said as number ${number}`,
}));

/** Two archives: what the earlier snapshot holds, and what comes after it. */
export const earlier: TestFiles = writeChat({ ...plainStyle, withMedia: true });
export const later: TestFiles = writeChat({ ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } }, year);
export const laterMessages = year.length;

/** The same files, to be changed freely. */
export const copyOf = ({ files, traits }: MemoryDrive): MemoryDrive =>
  createMemoryDrive({ files: new Map([...files].map(([name, bytes]) => [name, bytes.slice()])), traits });

/** Waits end at once, and a call that hangs is given up as soon as nothing else is to be done. */
export const impatient: Partial<DriveEnvironment> = {
  sleep: async () => {},
  random: () => 0.5,
  startTimer: (_, call) => {
    const timer = setTimeout(call, 0);
    return () => clearTimeout(timer);
  },
};

export const namesIn = ({ files }: MemoryDrive, folder: string): string[] =>
  [...files.keys()].filter((name) => name.startsWith(`${folder}/`)).sort();

/** Every file of a snapshot as the app serves it to a restore, by path. */
export async function readSnapshot(device: Device, id: string, snapshot: string): Promise<Map<string, string>> {
  const served = await device.backup.openSnapshot(id, snapshot);
  const files = new Map<string, string>();
  for (const [index, { path, sizeBytes }] of (await served.list(0)).entries())
    files.set(path, Buffer.from(await served.read(index, 0, sizeBytes)).toString('base64'));
  return files;
}

const harmless = new Set(['pack-unindexed', 'stale-lock']);

export interface Prepared {
  readonly device: Device;
  readonly drive: MemoryDrive;
  readonly id: string;
  readonly snapshot: string;
}

/** A device with one snapshot on its drive, and `later` waiting to be backed up. */
export async function prepare(): Promise<Prepared> {
  const drive = createMemoryDrive();
  const device = await makeDevice([earlier], drive);
  const id = await device.addDrive();
  const { snapshot } = await device.run(id);
  await device.vault.intake.import(later);
  return { device, drive, id, snapshot: snapshot?.id ?? '' };
}

/** Gives a function that puts the device back to how it is now, on a copy of its drive; what the vault holds stays. */
export function keepState({ device, drive }: Pick<Prepared, 'device' | 'drive'>): () => MemoryDrive {
  const entries = new Map(device.entries);
  const kept = copyOf(drive);
  return () => {
    device.entries.clear();
    for (const [key, value] of entries) device.entries.set(key, value);
    return copyOf(kept);
  };
}

export async function faultsOf({ device, id }: Pick<Prepared, 'device' | 'id'>): Promise<string[]> {
  const { faults } = await device.backup.verify(id, 1, silent);
  return faults.map(({ what }) => what).filter((what) => !harmless.has(what));
}

/** A device that knows nothing has everything from the drive; gives the messages that it then holds. */
export async function restoreElsewhere(drive: Drive): Promise<number> {
  const fresh = await makeDevice([], drive);
  const id = await fresh.addDrive('open');
  const [newest] = await fresh.backup.history(id);
  await restoreInto(fresh, id, newest?.id ?? '');
  return (await fresh.vault.intake.messages()).length;
}

export async function restoreInto(device: Device, id: string, snapshot: string): Promise<void> {
  const { intake } = device.vault.intake;
  const { planId, archives } = await intake.planSnapshot(await device.backup.openSnapshot(id, snapshot), () => {});
  const none = { answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'none' } as const;
  const choices = archives.map(({ archiveId }) => ({ ...none, archiveId }));
  await intake.run(planId, choices, () => {});
}
