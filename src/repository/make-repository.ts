// The operations of an opened repository, put together.

import { check } from './check';
import { readOnlyReason, type RepositoryContext } from './context';
import { forget, planForget } from './forget';
import { refreshIndex } from './load-index';
import { listLocks, removeStaleLocks } from './locks';
import { planPrune } from './plan-prune';
import { planRepair } from './plan-repair';
import { checkStillThere } from './presence';
import { prune } from './prune';
import { readBlob, readTree } from './read-blob';
import { sortByPlace } from './sort-by-place';
import { packRemembered } from './remembered-key';
import { repair } from './repair';
import type { Repository } from './repository';
import { addKey, listKeys, removeKey } from './repository-keys';
import { rewriteSnapshots } from './rewrite';
import { listSnapshots } from './snapshots';
import { verify } from './verify';
import { startWriting } from './writer';

async function close(context: RepositoryContext): Promise<void> {
  context.isClosed = true;
  for (const release of context.releases) await release();
  context.trees.clear();
  context.packs.clear();
  context.snapshots.clear();
}

export function makeRepository(context: RepositoryContext): Repository {
  const { config } = context;
  return {
    id: config.id,
    version: config.version,
    get readOnlyBecause() {
      return readOnlyReason(context);
    },
    exportMasterKey: () => packRemembered(context),
    checkStillThere: () => checkStillThere(context),
    snapshots: () => listSnapshots(context),
    loadIndex: () => refreshIndex(context),
    hasBlob: (type, id) => context.index.blobs.has(type, id),
    inPackOrder: (type, items, blobOf) => sortByPlace(context.index.blobs, type, items, blobOf),
    readBlob: (type, id) => readBlob(context, type, id),
    readTree: (id) => readTree(context, id),
    startWriting: (options) => startWriting(context, options),
    check: (report) => check(context, report),
    verify: (options, report) => verify(context, options, report),
    planForget: (policy, tags) => planForget(context, policy, tags),
    forget: (snapshots) => forget(context, snapshots),
    planPrune: (isThorough) => planPrune(context, isThorough),
    prune: (plan, report) => prune(context, plan, report),
    planRepair: (report) => planRepair(context, report),
    repair: (plan, report, heal) => repair(context, plan, report, heal),
    rewriteSnapshots: (make, moved) => rewriteSnapshots(context, make, moved),
    keys: () => listKeys(context),
    addKey: (password, label) => addKey(context, password, label),
    removeKey: (id) => removeKey(context, id),
    locks: async () => (await listLocks(context)).locks,
    removeStaleLocks: () => removeStaleLocks(context),
    close: () => close(context),
  };
}
