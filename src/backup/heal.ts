// What is damaged on the drive and whole in the vault: the vault's snapshot is built once more, and of it what is lost is given.

import { hashBytes } from '../crypto/hashes';
import { CamphorError } from '../model/error';
import type { BlobId, BlobType, Heal } from '../repository/repository';
import { encodeTree } from '../repository/tree-codec';
import { openBackupCache } from './backup-cache';
import type { BlobSink } from './blob-sink';
import { buildSnapshot } from './build-snapshot';
import type { PushEnvironment } from './push';

export interface HealEnvironment extends Pick<PushEnvironment, 'vault' | 'yieldToEvents' | 'isCancelled'> {
  readonly repositoryId: string;
}

type Save = Parameters<Heal>[1];
type Lost = Record<BlobType, Set<BlobId>>;

/** Gives what is lost and takes it off the list. `has`: what need not be made. */
function healingSink(lost: Lost, save: Save, has: BlobSink['has']): BlobSink {
  const give = async (type: BlobType, plain: Uint8Array<ArrayBuffer>): Promise<BlobId> => {
    const id = await hashBytes(plain);
    if (lost[type].delete(id)) await save(type, plain);
    return id;
  };
  const saveData = async (plain: Uint8Array<ArrayBuffer>) => ({ id: await give('data', plain), isNew: false });
  return { has, saveData, saveTree: (nodes) => give('tree', encodeTree(nodes)), newBytes: 0 };
}

/**
 * For `Repository.repair`. Months and media are made where one of their blobs is lost, trees all; at most a segment and 8 MiB
 * are held. Throws `cancelled`, and what reading the vault throws.
 */
export function healFromVault({ vault, yieldToEvents, isCancelled, repositoryId }: HealEnvironment): Heal {
  return async (blobs, save) => {
    const lost: Lost = { data: new Set(), tree: new Set() };
    for (const { type, id } of blobs) lost[type].add(id);
    const onStep = async (): Promise<void> => {
      if (isCancelled?.() === true) throw new CamphorError('cancelled');
      await yieldToEvents();
    };
    const reader = await vault.openReader();
    const cache = await openBackupCache(vault.notes);
    const overlays = await vault.notes.overlays(null);
    const build = async (has: BlobSink['has']): Promise<void> => {
      const sink = healingSink(lost, save, has);
      await buildSnapshot({ reader, overlays, cache, sink, repositoryId, readsMedia: true, onStep });
    };
    try {
      await build((id) => !lost.data.has(id));
      // A medium that is nowhere any more is left out above, and with it the tree of its day is another: here it is named.
      if (lost.tree.size > 0 && lost.data.size > 0) await build(() => true);
    } finally {
      await cache.flush();
      reader.release();
    }
  };
}
