// The backup half of a fake session: an invented drive with snapshots, keys and a doctor. It answers as workers/backup does.

import type {
  BackupPlan,
  BackupProgress,
  CheckReport,
  FreeingView,
  DriveStatus,
  KeyView,
  RepositorySecret,
  SnapshotView,
} from '../../src/model/backup-view';
import { type DoctorReport, type DriveConfig, isCloud } from '../../src/model/drive';
import { CamphorError } from '../../src/model/error';
import type { BackupCalls, ImportJob, SessionEvent } from '../../src/session/session';
import {
  browse,
  driveStatus,
  fakeRepositoryPassphrase,
  fakeWords,
  healthyDoctor,
  inventedKeys,
  inventedSnapshots,
  prunePlan,
  recoverySheet,
  restorePlan,
  snapshot,
  wholeCheck,
} from './fake-drive';

export interface FakeBackupOptions {
  readonly drives?: readonly DriveStatus[];
  /** By drive: from when on messages of a conversation may be missing. */
  readonly coverage?: ReadonlyMap<string, number | null>;
  readonly keys?: readonly KeyView[];
  readonly snapshots?: readonly SnapshotView[];
  /** Holds the long verbs in the middle until `pause`. */
  readonly stuck?: boolean;
  /** Verbs that fail, and how. */
  readonly fail?: Partial<Record<keyof BackupCalls, CamphorError>>;
  readonly doctor?: DoctorReport;
  readonly check?: CheckReport;
  readonly plan?: Partial<BackupPlan>;
  readonly freeing?: FreeingView;
  readonly hasFolderChooser?: boolean;
  readonly hasPasskeys?: boolean;
}

interface Context {
  readonly note: (name: string, ...args: readonly unknown[]) => void;
  readonly emit: (event: SessionEvent) => void;
  readonly startImport: () => ImportJob;
  readonly bring: (media: readonly string[]) => void;
}

/** The calls of a backup that is remembered for as long as the session lives. */
export function createFakeBackup(options: FakeBackupOptions, { note, emit, startImport, bring }: Context): BackupCalls {
  let drives = [...(options.drives ?? [])];
  let keys = [...(options.keys ?? inventedKeys())];
  let snapshots = [...(options.snapshots ?? inventedSnapshots())];
  let stop: (cause: CamphorError) => void = () => undefined;
  let runs = 0;
  const find = (id: string): DriveStatus => {
    const found = drives.find((drive) => drive.id === id);
    if (found === undefined) throw new CamphorError('not-found');
    return found;
  };
  const change = (id: string, more: Partial<DriveStatus>): DriveStatus => {
    const next = { ...find(id), ...more };
    drives = drives.map((drive) => (drive.id === id ? next : drive));
    emit({ kind: 'backup-changed' });
    return next;
  };
  const progress = (stage: BackupProgress['stage'], share: number): BackupProgress => ({
    stage,
    doneBytes: 640_000_000 * share,
    totalBytes: 640_000_000,
    sentBytes: 310_000_000 * share,
    bytesPerSecond: 6_400_000,
    untilMs: null,
  });
  /** A long verb: half way, then held or ended. */
  const long = async <Value>(stage: BackupProgress['stage'], report: (one: BackupProgress) => void, give: () => Value): Promise<Value> => {
    runs += 1;
    report(progress('connecting', 0));
    report(progress(stage, 0.43));
    try {
      if (options.stuck === true) await new Promise<never>((_, reject) => (stop = reject));
      report(progress(stage, 1));
      return give();
    } finally {
      runs -= 1;
    }
  };

  const calls: BackupCalls = {
    get isRunning() {
      return runs > 0;
    },
    hasFolderChooser: options.hasFolderChooser ?? true,
    hasPasskeys: options.hasPasskeys ?? true,
    mayHaveDrives: true,
    drives: async () => drives,
    coverage: async () => options.coverage ?? new Map(),
    async examine(drive, report) {
      note('examine', drive);
      const found = options.doctor ?? healthyDoctor();
      for (const step of found.steps) {
        await Promise.resolve();
        report(step);
      }
      return found;
    },
    async addDrive(drive, how) {
      note('addDrive', drive, how);
      const holds = options.doctor?.holds ?? 'nothing';
      if (how.mode === 'create' && holds === 'repository') throw new CamphorError('repository-exists');
      if (how.mode === 'open' && !opens(how.secret)) throw new CamphorError('wrong-secret');
      const isNew = how.mode === 'create';
      const added = driveStatus({
        id: `d${drives.length + 1}`,
        kind: drive.kind === 'files' ? 'folder' : drive.kind,
        name: how.name,
        place: placeOf(drive),
        isSynced: drive.kind === 'folder' ? false : null,
        ...(isNew
          ? {
              lastBackupAtMs: null,
              lastCheckedAtMs: null,
              lastVerifiedAtMs: null,
              verifiedShare: 0,
              snapshotCount: 0,
              isUpToDate: false,
              warnings: ['never-backed-up', 'no-recovery'],
            }
          : {}),
      });
      if (isNew) {
        snapshots = [];
        keys = keys.slice(0, 1);
      }
      drives = [...drives, added];
      emit({ kind: 'backup-changed' });
      return added;
    },
    async changeDrive(id, drive) {
      note('changeDrive', id, drive);
      return change(id, { place: placeOf(drive) });
    },
    async configureDrive(id, more) {
      note('configureDrive', id, more);
      return change(id, {
        ...more,
        ...(more.isSynced === undefined ? {} : { warnings: find(id).warnings.filter((one) => one !== 'not-synced') }),
      });
    },
    async dropDrive(id) {
      note('dropDrive', id);
      drives = drives.filter((drive) => drive.id !== id);
      emit({ kind: 'backup-changed' });
    },
    plan: async () => ({
      planId: 'p1',
      conversations: 12,
      messages: 1_012_511,
      changedMonths: 7,
      months: 1204,
      newMedia: 18,
      media: 812,
      newBytes: 640_000_000,
      totalBytes: 4_100_000_000,
      others: [],
      ...options.plan,
    }),
    async run(id, how, report) {
      note('run', id, how);
      return long('sending', report, () => {
        const taken = snapshot(`5b000${snapshots.length}`, { takenAtMs: Date.now() });
        snapshots = [taken, ...snapshots];
        const now = Date.now();
        change(id, { lastBackupAtMs: now, lastCheckedAtMs: now, isUpToDate: true, snapshotCount: snapshots.length, warnings: [] });
        return { snapshot: taken, sentBytes: 310_000_000, newMedia: 18, changedMonths: 7, readBackShare: 0.0625 };
      });
    },
    async pause() {
      note('pause');
      stop(new CamphorError('cancelled'));
    },
    history: async () => snapshots,
    browse: async (_id, _snapshot, path) => browse(path),
    readFile: async (_id, _snapshot, path) => new Blob([`This is ${path}\n`], { type: 'application/octet-stream' }),
    snapshotConversations: async () => [
      {
        portableId: 'aaaa',
        name: 'Mum',
        messages: 12_511,
        firstAtMs: Date.UTC(2016, 3, 2),
        lastAtMs: Date.UTC(2026, 4, 13),
      },
      { portableId: 'bbbb', name: '国庆聚会 🎉', messages: 4021, firstAtMs: Date.UTC(2019, 8, 1), lastAtMs: Date.UTC(2026, 4, 1) },
    ],
    async planFreeing(id, choice) {
      note('planFreeing', id, choice);
      return options.freeing ?? { media: 812, bytes: 3_700_000_000, obstacle: null };
    },
    async freeMedia(id, choice, report) {
      note('freeMedia', id, choice);
      return long('reading-back', report, () => ({ media: 812, bytes: 3_700_000_000, obstacle: null }));
    },
    async fetchMedia(media, report) {
      note('fetchMedia', media);
      report({ media: 300, totalMedia: 812, doneBytes: 1_500_000_000, totalBytes: 3_700_000_000 });
      if (options.stuck === true) await new Promise<never>((_, reject) => (stop = reject));
      bring(media ?? []);
      return { media: 812, totalMedia: 812, doneBytes: 3_700_000_000, totalBytes: 3_700_000_000 };
    },
    async check(id, report) {
      note('check', id);
      return long('reading-back', report, () => options.check ?? wholeCheck);
    },
    async verify(id, share, report) {
      note('verify', id, share);
      return long('reading-back', report, () => {
        const found = options.check ?? wholeCheck;
        if (found.faults.length === 0) change(id, { lastVerifiedAtMs: Date.now(), verifiedShare: share });
        return { ...found, packsRead: Math.ceil(261 * share), bytesRead: 4_100_000_000 * share, readPacks: [], share };
      });
    },
    async drill(id, report) {
      note('drill', id);
      return long('reading-back', report, () => ({ messages: 2048, media: 12, differences: 0 }));
    },
    planForget: async () => ({
      keep: snapshots
        .slice(0, 3)
        .map(({ id, takenAtMs }, index) => ({ id, takenAtMs, reasons: [['last', 'daily', 'monthly'][index] ?? 'last'] })),
      remove: snapshots.slice(3).map(({ id, takenAtMs }) => ({ id, takenAtMs })),
    }),
    async forget(id, removed) {
      note('forget', id, removed);
      snapshots = snapshots.filter((one) => !removed.includes(one.id));
      change(id, { snapshotCount: snapshots.length });
    },
    planPrune: async () => prunePlan,
    async prune(id, plan, report) {
      note('prune', id, plan);
      return long('committing', report, () => undefined);
    },
    planRepair: async () => ({
      stateId: 'state',
      badIndexes: ['i1'],
      unindexedPacks: ['p9'],
      lostBlobs: [{ type: 'data', id: 'b1' }],
      badSnapshots: [],
      snapshotsLacking: [{ id: '5a0003', missing: 1 }],
    }),
    async repair(id, plan, report) {
      note('repair', id, plan);
      return long('sending', report, () => ({ healedBlobs: 1, stillLost: 0 }));
    },
    planRemoval: async (_id, conversation) => ({ conversation, snapshots: 9, prune: prunePlan }),
    async removeFromBackups(id, conversation, reach, report) {
      note('removeFromBackups', id, conversation, reach);
      return long('committing', report, () => (reach === 'all-backups' ? prunePlan : null));
    },
    keys: async () => keys,
    async addKey(id, secret) {
      note('addKey', id, secret);
      const added: KeyView = {
        id: `k${keys.length + 1}`,
        label: { passphrase: 'passphrase', 'recovery-words': 'recovery', 'key-file': 'key-file', passkey: 'passkey-4f1a' }[secret.kind],
        hostname: 'quiet-otter',
        createdAtMs: Date.now(),
        isInUse: false,
      };
      keys = [...keys, added];
      if (secret.kind === 'recovery-words') change(id, { warnings: find(id).warnings.filter((one) => one !== 'no-recovery') });
      return added;
    },
    async removeKey(id, key) {
      note('removeKey', id, key);
      keys = keys.filter((one) => one.id !== key);
    },
    makeRecoveryWords: async () => fakeWords,
    makeKeyFile: async () => 'camphor key file\nMFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPIYDCMRTGQ2TMNZYHE\n',
    recoverySheet: async (id, words) => recoverySheet(find(id), words),
    async startRestore(drive, wanted, report) {
      note('startRestore', drive, wanted);
      report({ stage: 'opening', doneBytes: 0, totalBytes: null, messages: 0, media: 0 });
      const job = startImport();
      return { job, plan: restorePlan() };
    },
    chooseFolder: async () => ({ name: 'Backups' }) as FileSystemDirectoryHandle,
    async allowFolder(id) {
      note('allowFolder', id);
      change(id, { warnings: find(id).warnings.filter((one) => one !== 'folder-permission') });
      return true;
    },
    passkeyText: async () => 'cGFzc2tleQ',
    beginSignIn: async (kind, clientId) => {
      note('beginSignIn', kind, clientId);
      return { url: 'about:blank', state: 'state' };
    },
    leaveForSignIn: async (kind, clientId) => {
      note('leaveForSignIn', kind, clientId);
      return { url: 'about:blank', state: 'state', publicKey: '' };
    },
    returnFromSignIn: async () => ({ kind: 'dropbox', clientId: 'client', grant: { ticket: 'ticket' } }),
    finishSignIn: async () => ({ kind: 'dropbox', clientId: 'client', grant: { ticket: 'ticket' } }),
  };
  for (const [verb, cause] of Object.entries(options.fail ?? {}))
    Object.assign(calls, {
      [verb]: async (...args: readonly unknown[]) => {
        note(verb, ...args);
        throw cause;
      },
    });
  return calls;
}

function opens(secret: RepositorySecret): boolean {
  return secret.kind !== 'passphrase' || secret.text === fakeRepositoryPassphrase;
}

function placeOf(drive: DriveConfig): string {
  if (drive.kind === 'webdav') return drive.url;
  if (isCloud(drive)) return drive.kind;
  return drive.kind === 's3' ? `${drive.endpoint}/${drive.bucket}/${drive.prefix}` : drive.folderName;
}
