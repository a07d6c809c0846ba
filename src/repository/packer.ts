// Which pack a blob goes to. Two packs of each type are open and each blob falls to one of them by chance, so that the sizes
// of packs do not tell the sizes of what was saved (restic 0.18; Alexeev, Percival, Zhang 2025).

import type { RandomBytes } from '../crypto/random';
import type { SealedBlob } from './blob';
import type { SealingKey } from './master-key';
import { createPackBuilder, type PackBuilder } from './pack-builder';
import { createPackMemory } from './pack-memory';
import type { BlobType } from './repository';

const lanes = 2;
/** Well below the 400,000 that a pack's list holds, and what one index file is closed at. */
const blobLimit = 50_000;

export interface Packer {
  /** Takes a blob; gives a pack that is full now. */
  add(blob: SealedBlob): PackBuilder | null;
  /** Everything that is open, in as few packs as it fits; nothing is open afterwards. */
  flush(): readonly PackBuilder[];
}

export function createPacker(key: SealingKey, packBytes: number, random: RandomBytes): Packer {
  const memory = createPackMemory(packBytes);
  const open: Record<BlobType, (PackBuilder | null)[]> = { data: [], tree: [] };
  const isFull = ({ sizeBytes, blobCount }: PackBuilder): boolean => sizeBytes >= packBytes || blobCount >= blobLimit;
  const join = (builders: readonly PackBuilder[]): readonly PackBuilder[] => {
    const [first, ...others] = builders;
    for (const other of others) first?.absorb(other);
    return builders.slice(0, 1);
  };

  return {
    add(blob) {
      const lane = (random(1)[0] ?? 0) % lanes;
      const builder = open[blob.type][lane] ?? createPackBuilder(key, blob.type, memory);
      builder.add(blob);
      open[blob.type][lane] = isFull(builder) ? null : builder;
      return isFull(builder) ? builder : null;
    },
    flush() {
      return (['data', 'tree'] as const).flatMap((type) => {
        const remainders = open[type].splice(0).filter((builder) => builder !== null && builder !== undefined);
        const sizeBytes = remainders.reduce((sum, builder) => sum + builder.sizeBytes, 0);
        return sizeBytes <= packBytes ? join(remainders) : remainders;
      });
    },
  };
}
