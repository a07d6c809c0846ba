// Files of a snapshot by their paths.

import type { JsonObject } from '../model/json';
import { CamphorError } from '../model/error';
import type { Manifest } from '../model/portable';
import type { BlobId, Repository, TreeNode } from '../repository/repository';

export type TreeReader = Pick<Repository, 'readBlob' | 'readTree'>;

/** Files that are read whole to be looked into: a manifest, a conversation. */
const jsonLimitBytes = 16 * 1024 * 1024;

/** Names of a path, without empty ones. */
export const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** The node at a path below a tree; null where there is none. */
export async function findNode(reader: TreeReader, tree: BlobId, path: readonly string[]): Promise<TreeNode | null> {
  let at: BlobId | null = tree;
  let found: TreeNode | null = null;
  for (const name of path) {
    if (at === null) return null;
    found = (await reader.readTree(at)).find((node) => node.name === name) ?? null;
    at = found?.subtree ?? null;
  }
  return found;
}

/** A file's bytes. Throws `damaged` for more than `limitBytes`, and what `readBlob` throws. */
export async function readWhole(reader: TreeReader, node: TreeNode, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for (const blob of node.content) {
    const part = await reader.readBlob('data', blob);
    sizeBytes += part.length;
    if (sizeBytes > limitBytes) throw new CamphorError('damaged', { what: 'file-size' });
    parts.push(part);
  }
  return copyParts(parts);
}

/** The parts one after the other in a buffer of their own, which may be given away. */
export function copyParts(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A file as a JSON object; null for what is none. */
export async function readJsonFile(reader: TreeReader, node: TreeNode): Promise<JsonObject | null> {
  const text = new TextDecoder().decode(await readWhole(reader, node, jsonLimitBytes));
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

export type SnapshotCounts = Pick<Manifest, 'conversations' | 'messages' | 'media' | 'mediaBytes'>;

const count = (value: unknown): number => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0);

/** What the manifest of a snapshot's tree counts; null where it has none that can be read. */
export async function readSnapshotCounts(reader: TreeReader, tree: BlobId): Promise<SnapshotCounts | null> {
  try {
    const node = await findNode(reader, tree, ['archive', 'manifest.json']);
    const manifest = node === null ? null : await readJsonFile(reader, node);
    if (manifest === null || manifest['format'] !== 'camphor') return null;
    const { conversations, messages, media, mediaBytes } = manifest;
    return { conversations: count(conversations), messages: count(messages), media: count(media), mediaBytes: count(mediaBytes) };
  } catch (error) {
    const isLost = error instanceof CamphorError && ['damaged', 'not-found', 'drive-missing', 'tampered'].includes(error.code);
    if (isLost) return null;
    throw error;
  }
}
