// Where the blobs of a snapshot go: into a repository, or only into a count.

import { hashBytes } from '../crypto/hashes';
import { freeBytes } from '../model/free-bytes';
import type { BlobId, Repository, RepositoryWriter, TreeNode } from '../repository/repository';
import { encodeTree } from '../repository/tree-codec';

export interface SavedData {
  readonly id: BlobId;
  /** False where the repository had it already. */
  readonly isNew: boolean;
}

export interface BlobSink {
  /** True where the repository has the data blob: it need not be made. */
  has(id: BlobId): boolean;
  /** Takes the bytes: their memory may be given back. `claimed`: their SHA-256 as the vault has it. */
  saveData(plain: Uint8Array<ArrayBuffer>, claimed?: BlobId): Promise<SavedData>;
  saveTree(nodes: readonly TreeNode[]): Promise<BlobId>;
  /** Plain bytes of blobs that the repository did not have. */
  readonly newBytes: number;
}

export function writerSink(writer: RepositoryWriter): BlobSink {
  let newBytes = 0;
  return {
    has: (id) => writer.hasBlob('data', id),
    async saveData(plain, claimed) {
      const sizeBytes = plain.length;
      const { id, sentBytes } = await writer.saveBlob('data', plain, claimed);
      if (sentBytes > 0) newBytes += sizeBytes;
      freeBytes(plain);
      return { id, isNew: sentBytes > 0 };
    },
    saveTree: (nodes) => writer.saveTree(nodes),
    get newBytes() {
      return newBytes;
    },
  };
}

/** Thrown by a sink that was to find out whether there is anything new, once there is. */
export class SomethingNew extends Error {
  override readonly name = 'SomethingNew';
}

/** Sends nothing. With `stopAtNew` it throws SomethingNew at the first blob that the repository does not have. */
export function countingSink(repository: Pick<Repository, 'hasBlob'>, stopAtNew: boolean): BlobSink {
  let newBytes = 0;
  const counted = new Set<BlobId>();
  const count = async (type: 'data' | 'tree', plain: Uint8Array<ArrayBuffer>): Promise<SavedData> => {
    const id = await hashBytes(plain);
    if (repository.hasBlob(type, id) || counted.has(id)) return { id, isNew: false };
    if (stopAtNew) throw new SomethingNew();
    counted.add(id);
    newBytes += plain.length;
    return { id, isNew: true };
  };
  return {
    has: (id) => repository.hasBlob('data', id),
    saveData: (plain) => count('data', plain),
    saveTree: async (nodes) => (await count('tree', encodeTree(nodes))).id,
    get newBytes() {
      return newBytes;
    },
  };
}
