// Which pack a blob goes to. Two packs of each type are open and each blob falls to one of them by chance, so that the sizes
// of packs do not tell the sizes of what was saved (restic 0.18; Alexeev, Percival, Zhang 2025).

import type { RandomBytes } from '../crypto/random';
import type { SealedBlob } from './blob';
import type { MasterKey } from './master-key';
import { createPackBuilder, type PackBuilder } from './pack-builder';
import type { BlobType } from './repository';

const lanes = 2;
/** Well below the 400,000 that a pack's list holds, and what one index file is closed at. */
const blobLimit = 50_000;

interface Lane {
  readonly blobs: SealedBlob[];
  sizeBytes: number;
}

export interface Packer {
  /** Takes a blob; gives a pack that is full now. */
  add(blob: SealedBlob): PackBuilder | null;
  /** Everything that is open, in as few packs as it fits; nothing is open afterwards. */
  flush(): readonly PackBuilder[];
}

export function createPacker(key: MasterKey, packBytes: number, random: RandomBytes): Packer {
  const emptyLanes = (): Lane[] => Array.from({ length: lanes }, () => ({ blobs: [], sizeBytes: 0 }));
  const open: Record<BlobType, Lane[]> = { data: emptyLanes(), tree: emptyLanes() };

  const build = (type: BlobType, blobs: readonly SealedBlob[]): PackBuilder => {
    const builder = createPackBuilder(key, type);
    for (const blob of blobs) builder.add(blob);
    return builder;
  };
  const takeOut = (lane: Lane): SealedBlob[] => {
    lane.sizeBytes = 0;
    return lane.blobs.splice(0);
  };
  const isFull = (lane: Lane): boolean => lane.sizeBytes >= packBytes || lane.blobs.length >= blobLimit;

  return {
    add(blob) {
      const lane = open[blob.type][(random(1)[0] ?? 0) % lanes] as Lane;
      lane.blobs.push(blob);
      lane.sizeBytes += blob.sealedBytes;
      return isFull(lane) ? build(blob.type, takeOut(lane)) : null;
    },
    flush() {
      return (['data', 'tree'] as const).flatMap((type) => {
        const sizeBytes = open[type].reduce((sum, lane) => sum + lane.sizeBytes, 0);
        const remainders = open[type].map(takeOut).filter(({ length }) => length > 0);
        const joined = sizeBytes <= packBytes && remainders.length > 1 ? [remainders.flat()] : remainders;
        return joined.map((blobs) => build(type, blobs));
      });
    },
  };
}
