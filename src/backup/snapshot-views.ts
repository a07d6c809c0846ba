// Snapshots of a repository as the screen lists them, and as one looks into them.

import { CamphorError } from '../model/error';
import type { BrowseEntry, SnapshotConversation, SnapshotView } from '../model/backup-view';
import type { JsonObject } from '../model/json';
import type { BlobId, Repository, Snapshot, TreeNode } from '../repository/repository';
import { findNode, partsOf, readJsonFile, readSnapshotCounts, readWhole, type SnapshotCounts, type TreeReader } from './read-snapshot';
import { isOurs } from './snapshot-tag';
import { monthStartMs } from './utc-dates';

/** Counts by tree: a tree never changes, so whoever keeps this asks the drive once for each. */
export type KnownCounts = Map<BlobId, SnapshotCounts | null>;

async function countsOf(reader: TreeReader, tree: BlobId, known: KnownCounts): Promise<SnapshotCounts | null> {
  const counts = known.get(tree);
  if (counts !== undefined) return counts;
  const read = await readSnapshotCounts(reader, tree);
  known.set(tree, read);
  return read;
}

/** Of snapshots in any order; `added` is counted against the one before it of the same device that has counts. */
export async function viewSnapshots(
  reader: TreeReader,
  snapshots: readonly Snapshot[],
  ownHostname: string,
  known: KnownCounts = new Map(),
): Promise<readonly SnapshotView[]> {
  const last = new Map<string, SnapshotCounts>();
  const views: SnapshotView[] = [];
  for (const snapshot of snapshots.toSorted((a, b) => a.takenAtMs - b.takenAtMs)) {
    const { id, takenAtMs, hostname, tree } = snapshot;
    const counts = isOurs(snapshot) ? await countsOf(reader, tree, known) : null;
    const before = last.get(hostname) ?? null;
    if (counts !== null) last.set(hostname, counts);
    views.push({
      id,
      takenAtMs,
      hostname,
      isOwnDevice: hostname === ownHostname,
      isOurs: counts !== null,
      conversations: counts?.conversations ?? null,
      messages: counts?.messages ?? null,
      media: counts?.media ?? null,
      bytes: counts?.mediaBytes ?? null,
      added: counts === null || before === null ? null : difference(counts, before),
    });
  }
  return views.reverse();
}

function difference(now: SnapshotCounts, before: SnapshotCounts): NonNullable<SnapshotView['added']> {
  return {
    conversations: now.conversations - before.conversations,
    messages: now.messages - before.messages,
    media: now.media - before.media,
  };
}

/** The snapshot of that id. Throws `snapshot-missing`. */
export async function findSnapshot(repository: Pick<Repository, 'snapshots'>, id: string): Promise<Snapshot> {
  const found = (await repository.snapshots()).snapshots.find((snapshot) => snapshot.id === id);
  if (found === undefined) throw new CamphorError('snapshot-missing');
  return found;
}

/** Folders first, then files, by name. Throws `not-found` for a path that is no folder of the snapshot. */
export async function browseSnapshot(reader: TreeReader, { tree }: Pick<Snapshot, 'tree'>, path: string): Promise<readonly BrowseEntry[]> {
  const parts = partsOf(path);
  const folder = parts.length === 0 ? tree : ((await findNode(reader, tree, parts))?.subtree ?? null);
  if (folder === null) throw new CamphorError('not-found');
  const isConversations = parts.join('/') === 'archive/conversations';
  const entries = await eachOf(await reader.readTree(folder), async (node): Promise<BrowseEntry> => {
    const title = isConversations ? nameOf(await readConversationFile(reader, node)) : null;
    return {
      name: node.name,
      path: [...parts, node.name].join('/'),
      isFolder: node.subtree !== null,
      sizeBytes: node.sizeBytes,
      modifiedAtMs: node.mtimeMs,
      title,
    };
  });
  return entries.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || (a.name < b.name ? -1 : 1));
}

const fileLimitBytes = 64 * 1024 * 1024;

/** A file's bytes. Throws `not-found`, and `damaged` for one of more than 64 MiB. */
export async function readSnapshotFile(
  reader: TreeReader,
  { tree }: Pick<Snapshot, 'tree'>,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const node = await findNode(reader, tree, partsOf(path));
  if (node?.type !== 'file') throw new CamphorError('not-found');
  return readWhole(reader, node, fileLimitBytes);
}

/** Conversations of a snapshot of ours, the one with the latest messages first; those that cannot be read are left out. */
export async function listSnapshotConversations(
  reader: TreeReader,
  { tree }: Pick<Snapshot, 'tree'>,
): Promise<readonly SnapshotConversation[]> {
  const folder = (await findNode(reader, tree, ['archive', 'conversations']))?.subtree ?? null;
  if (folder === null) return [];
  const found = await eachOf(await reader.readTree(folder), async (node) =>
    viewConversation(node.name, await readConversationFile(reader, node)),
  );
  return found.flatMap((view) => view ?? []).sort((a, b) => (b.lastAtMs ?? -Infinity) - (a.lastAtMs ?? -Infinity));
}

interface ConversationFile {
  readonly content: JsonObject;
  /** Time of the file of the last month: that of its last message. */
  readonly lastAtMs: number | null;
}

async function readConversationFile(reader: TreeReader, { subtree }: TreeNode): Promise<ConversationFile | null> {
  if (subtree === null) return null;
  try {
    const nodes = await reader.readTree(subtree);
    const file = nodes.find(({ name }) => name === 'conversation.json');
    const content = file === undefined ? null : await readJsonFile(reader, file);
    const times = nodes.filter(({ name }) => name.endsWith('.jsonl')).map(({ mtimeMs }) => mtimeMs);
    return content === null ? null : { content, lastAtMs: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)) };
  } catch (error) {
    if (error instanceof CamphorError && (error.code === 'damaged' || error.code === 'not-found')) return null;
    throw error;
  }
}

function nameOf(file: ConversationFile | null): string | null {
  const names = file?.content['names'];
  const name: unknown = Array.isArray(names) ? names[0] : null;
  return typeof name === 'string' ? name : null;
}

function viewConversation(portableId: string, file: ConversationFile | null): SnapshotConversation | null {
  if (file === null) return null;
  const { messages, months } = file.content;
  const firstMonth: unknown = Array.isArray(months) && Array.isArray(months[0]) ? months[0][0] : null;
  const firstAtMs = typeof firstMonth === 'string' ? monthStartMs(firstMonth) : Number.NaN;
  return {
    portableId,
    name: nameOf(file),
    messages: typeof messages === 'number' ? messages : 0,
    firstAtMs: Number.isNaN(firstAtMs) ? null : firstAtMs,
    lastAtMs: file.lastAtMs,
  };
}

/** As many at a time as a drive answers without harm. */
const atOnce = 8;

async function eachOf<Item, Result>(items: readonly Item[], run: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += atOnce) results.push(...(await Promise.all(items.slice(from, from + atOnce).map(run))));
  return results;
}
