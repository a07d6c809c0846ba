// The contract of a repository in memory: blobs by hash, snapshots, and counts of what was done to it.

import { createHash } from 'node:crypto';
import { CamphorError } from '../../src/model/error';
import type { BlobType, NewSnapshot, Repository, RepositoryWriter, Snapshot } from '../../src/repository/repository';
import { decodeTree, encodeTree } from '../../src/repository/tree-codec';

export type MemoryRepository = Pick<
  Repository,
  'id' | 'loadIndex' | 'hasBlob' | 'inPackOrder' | 'readBlob' | 'readTree' | 'snapshots' | 'startWriting'
> & {
  readonly blobs: Map<string, Uint8Array<ArrayBuffer>>;
  readonly taken: Snapshot[];
  readonly counts: { writers: number; checkpoints: number; read: number; savedData: string[]; savedTrees: string[] };
  /** Called before each commit; may throw. */
  onCommit: () => void;
};

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function makeMemoryRepository(id = 'repository-1'): MemoryRepository & Repository {
  const blobs = new Map<string, Uint8Array<ArrayBuffer>>();
  const taken: Snapshot[] = [];
  const counts: MemoryRepository['counts'] = { writers: 0, checkpoints: 0, read: 0, savedData: [], savedTrees: [] };
  const hasBlob = (type: BlobType, blob: string): boolean => blobs.has(`${type}/${blob}`);
  const read = (type: BlobType, blob: string): Uint8Array<ArrayBuffer> => {
    counts.read++;
    const bytes = blobs.get(`${type}/${blob}`);
    if (bytes === undefined) throw new CamphorError('not-found');
    return bytes;
  };
  const startWriting = async (): Promise<RepositoryWriter> => {
    counts.writers++;
    let sentBytes = 0;
    const save = (type: BlobType, plain: Uint8Array<ArrayBuffer>): { id: string; sentBytes: number } => {
      const blob = hashOf(plain);
      if (hasBlob(type, blob)) return { id: blob, sentBytes: 0 };
      blobs.set(`${type}/${blob}`, plain.slice());
      (type === 'data' ? counts.savedData : counts.savedTrees).push(blob);
      sentBytes += plain.length + 32;
      return { id: blob, sentBytes: plain.length + 32 };
    };
    return {
      saveBlob: async (type, plain) => save(type, plain),
      saveTree: async (nodes) => save('tree', encodeTree(nodes)).id,
      hasBlob,
      checkpoint: async () => void counts.checkpoints++,
      async commit(snapshot: NewSnapshot) {
        repository.onCommit();
        const made = { ...snapshot, id: hashOf(new TextEncoder().encode(JSON.stringify(snapshot))), username: '', programVersion: null };
        taken.push(made);
        return made;
      },
      abandon: async () => {},
      get sentBytes() {
        return sentBytes;
      },
    };
  };
  const repository: MemoryRepository = {
    id,
    blobs,
    taken,
    counts,
    onCommit: () => {},
    loadIndex: async () => {},
    hasBlob,
    inPackOrder: (_type, items) => items,
    readBlob: async (type, blob) => read(type, blob),
    readTree: async (blob) => decodeTree(read('tree', blob)),
    snapshots: async () => ({ snapshots: taken.toSorted((a, b) => b.takenAtMs - a.takenAtMs), damaged: [], isSuspect: false }),
    startWriting,
  };
  return repository as MemoryRepository & Repository;
}
