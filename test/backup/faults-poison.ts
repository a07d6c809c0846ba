// Files that no app of ours writes, sealed with the right key: what a stranger who has the key, or another program, may put
// into a repository.

import { readContent } from '../../src/drives/file-content';
import { createHash } from 'node:crypto';
import type { MemoryDrive } from '../../src/drives/memory';
import { createPackBuilder } from '../../src/repository/pack-builder';
import { unpackRemembered } from '../../src/repository/remembered-key';
import type { BlobType } from '../../src/repository/repository';
import { seal } from '../../src/repository/seal';
import { sealJson } from '../../src/repository/unpacked';
import { random } from '../repository/codec';

/** Puts a file of JSON into `index` or `snapshots`. */
export async function putJson(drive: MemoryDrive, masterKey: Uint8Array, folder: 'index' | 'snapshots', value: unknown): Promise<string> {
  const { key } = await unpackRemembered(masterKey);
  const { id, bytes } = await sealJson(key, value, null, random);
  drive.files.set(`${folder}/${id}`, bytes);
  return id;
}

export interface PoisonedBlob {
  readonly type: BlobType;
  /** As it lies in the pack, before it is sealed. */
  readonly packed: Uint8Array<ArrayBuffer>;
  /** What the pack and the index claim. */
  readonly uncompressedLength: number | null;
  /** The SHA-256 of `packed` where none is given. */
  readonly id?: string;
}

/** Puts a pack and its index; gives the blob's id. */
export async function putBlob(drive: MemoryDrive, masterKey: Uint8Array, blob: PoisonedBlob): Promise<string> {
  const { key } = await unpackRemembered(masterKey);
  const id = blob.id ?? createHash('sha256').update(blob.packed).digest('hex');
  const builder = createPackBuilder(key, blob.type);
  const sealed = await seal(key, blob.packed, random);
  const lengthBytes = sealed.length;
  builder.add({ id, type: blob.type, pieces: [sealed], sealedBytes: lengthBytes, uncompressedLength: blob.uncompressedLength });
  const pack = await builder.finish(random);
  drive.files.set(`data/${pack.id.slice(0, 2)}/${pack.id}`, await readContent(pack.content));
  const claimed = blob.uncompressedLength === null ? {} : { uncompressed_length: blob.uncompressedLength };
  const entry = { id, type: blob.type, offset: 0, length: lengthBytes, ...claimed };
  await putJson(drive, masterKey, 'index', { packs: [{ id: pack.id, blobs: [entry] }] });
  return id;
}

/** Puts a tree of these nodes as they are. */
export function putTree(drive: MemoryDrive, masterKey: Uint8Array, nodes: readonly unknown[]): Promise<string> {
  const text = `${JSON.stringify({ nodes })}\n`;
  return putBlob(drive, masterKey, { type: 'tree', packed: new TextEncoder().encode(text), uncompressedLength: null });
}

/** Puts a snapshot of that tree, as if this app had made it. */
export function putSnapshot(drive: MemoryDrive, masterKey: Uint8Array, tree: string, takenAtMs: number): Promise<string> {
  const time = new Date(takenAtMs).toISOString();
  return putJson(drive, masterKey, 'snapshots', { time, tree, paths: ['/archive'], hostname: 'camphor-stranger', tags: ['camphor'] });
}
