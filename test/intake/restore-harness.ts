// Devices with vaults and overlays of their own, and one repository for all: each restores what the others have backed up.

import { pushBackup } from '../../src/backup/push';
import { openSnapshotFiles } from '../../src/backup/served-snapshot';
import type { Importer } from '../../src/importers/importer';
import type { IntakeEnvironment } from '../../src/intake/environment';
import type { Overlay, OverlayKind } from '../../src/model/overlay';
import { conversationSubject, receiptSubject } from '../../src/model/overlay-index';
import type { ServedSnapshotVerbs } from '../../src/model/verbs';
import type { ImportChoice, ImportPlan, ReceiptView } from '../../src/model/view';
import type { Repository, Snapshot } from '../../src/repository/repository';
import { mergeOverlay } from '../../src/vault/overlay-merge';
import { makeMemoryRepository } from '../backup/memory-repository';
import { canonicalDump } from './canonical-dump';
import type { IntakeHarness, TestVault } from './intake-harness';
import { makeHarness } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';

export interface Device extends IntakeHarness {
  readonly overlays: Map<string, Overlay>;
  say(kind: OverlayKind, subject: string, value: string | null, field?: string): void;
  /** Backs up; the files of the snapshot. */
  backUp(): Promise<ServedSnapshotVerbs>;
  restore(files: ServedSnapshotVerbs, choice?: Partial<ImportChoice>): Promise<readonly ReceiptView[]>;
  planRestore(files: ServedSnapshotVerbs): Promise<ImportPlan>;
  canonical(withBytes?: boolean): Promise<string>;
}

export interface Drive {
  readonly repository: Repository;
  device(options?: { vault?: TestVault; importers?: readonly Importer[]; changes?: Partial<IntakeEnvironment> }): Device;
}

export function makeDrive(): Drive {
  const repository = makeMemoryRepository();
  let devices = 0;
  return {
    repository,
    device({ vault = makeMemoryArchive(), importers, changes = {} } = {}) {
      return makeDevice(repository, `device-${devices++}`, vault, importers, changes);
    },
  };
}

function makeDevice(
  repository: Repository,
  name: string,
  vault: TestVault,
  importers: readonly Importer[] | undefined,
  changes: Partial<IntakeEnvironment>,
): Device {
  const overlays = new Map<string, Overlay>();
  const merge = (overlay: Overlay): void => {
    const key = `${overlay.kind} ${overlay.subject}`;
    const known = overlays.get(key);
    overlays.set(key, known === undefined ? overlay : mergeOverlay(known, overlay));
  };
  let counter = 0;
  const say: Device['say'] = (kind, subject, value, field = 'value') =>
    merge({ kind, subject, fields: { [field]: { value, stamp: { wallMs: 1000, counter: counter++, device: name } } } });
  const harness = makeHarness(
    vault,
    {
      mergeOverlays: async (all) => all.forEach(merge),
      onUndone: async (receipt) => say('undone', receiptSubject(receipt), 'yes'),
      onRemoved: async (conversation, isRemoved) => say('removed', conversationSubject(conversation), isRemoved ? 'yes' : null),
      ...changes,
    },
    importers,
  );
  const entries = new Map<string, string>();
  let nowMs = Date.UTC(2026, 0, 1);
  const push = {
    vault: {
      openReader: vault.openReader,
      notes: {
        overlays: async () => [...overlays.values()],
        entries: async (prefix: string) => [...entries].filter(([key]) => key.startsWith(prefix)),
        async setEntries(edits: ReadonlyMap<string, string | null>) {
          for (const [key, value] of edits) {
            if (value === null) entries.delete(key);
            else entries.set(key, value);
          }
        },
      },
    },
    repository,
    hostname: name,
    nowMs: () => (nowMs += 1000),
    yieldToEvents: async () => {},
  };
  const plan = async (files: ServedSnapshotVerbs): Promise<ImportPlan> => harness.intake.planSnapshot(files, () => {});
  return {
    ...harness,
    overlays,
    say,
    async backUp() {
      const { snapshot, previous } = await pushBackup(push, { evenIfSmaller: true }, () => {});
      return openSnapshotFiles(repository, (snapshot ?? previous) as Snapshot);
    },
    planRestore: plan,
    async restore(files, choice = {}) {
      const { planId, archives } = await plan(files);
      const choices = archives.map(({ archiveId }) => ({ ...takeAll, archiveId, ...choice }));
      return harness.intake.run(planId, choices, () => {});
    },
    canonical: (withBytes = true) => canonicalDump(vault, [...overlays.values()], withBytes),
  };
}

export const takeAll = { answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;

/** A snapshot as a folder that stock restic restored. */
export async function asFolder(served: ServedSnapshotVerbs): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  const list = await served.list(0);
  for (const [index, { path, sizeBytes }] of list.entries()) files[`out/${path}`] = await served.read(index, 0, sizeBytes);
  return files;
}
