// The threads of a set of files: by path where a download kept its folders, by content where files were renamed or moved.

import type { ByteSource, FileSet } from '../../bytes/source';
import { candidates, folderOf } from '../archive-files';
import { isInstagram, messagePart, threadPlaceOf } from './thread-path';

/** What tells the files of one form. */
export interface ThreadForm {
  readonly extension: 'json' | 'html';
  /** True where a file is one of a thread. Must not throw for foreign bytes. */
  isThread(source: ByteSource, path: string): Promise<boolean>;
  /** The thread's own id by what its file says, or null. */
  readThreadId(source: ByteSource): Promise<string | null>;
}

export interface Thread {
  /** The source's own id; null where nothing tells. */
  readonly threadId: string | null;
  /** Its files, the newest first. */
  readonly entries: readonly number[];
}

/** One account's download. */
export interface Account {
  readonly source: 'messenger' | 'instagram';
  /** Where its paths begin: '' or ending in `/`. */
  readonly root: string;
  readonly threads: readonly Thread[];
}

/** Of an account's files by path so many are opened before the rest is believed. */
const provenFiles = 3;

/**
 * Entries that are files of threads. Those in a download's own folders are believed after three of them, since there may be
 * tens of thousands; any other is known by content.
 */
export async function findThreadFiles(files: FileSet, form: ThreadForm): Promise<readonly number[]> {
  const isThread = async (entry: number) => {
    const file = files.entries[entry];
    return file !== undefined && (await form.isThread(file.open(), file.path));
  };
  const byRoot = new Map<string, number[]>();
  for (const [entry, { path, sizeBytes }] of files.entries.entries()) {
    const place = path.endsWith(`.${form.extension}`) && sizeBytes > 0 ? threadPlaceOf(path) : null;
    if (place !== null) append(byRoot, place.root, entry);
  }
  const found: number[] = [];
  for (const entries of byRoot.values()) {
    const proofs = await Promise.all(entries.slice(0, provenFiles).map(isThread));
    if (proofs.includes(true)) found.push(...entries);
  }
  const byPath = new Set([...byRoot.values()].flat());
  for (const [entry] of candidates(files, new RegExp(`\\.${form.extension}$`, 'i'))) {
    if (!byPath.has(entry) && (await isThread(entry))) found.push(entry);
  }
  return found.sort((one, other) => one - other);
}

interface ThreadFile {
  readonly entry: number;
  readonly part: number;
  readonly root: string;
  /** Files with the same key are one thread. */
  readonly key: string;
  readonly threadId: string | null;
}

/** These files of threads, by account and thread. */
export async function groupThreads(files: FileSet, entries: readonly number[], form: ThreadForm): Promise<readonly Account[]> {
  const byAccount = new Map<string, ThreadFile[]>();
  for (const entry of entries) {
    const file = await placeFile(files, entry, form);
    append(byAccount, `${sourceOf(files, entry)} ${file.root}`, file);
  }
  return [...byAccount.values()].flatMap((ofAccount) => {
    const [first] = ofAccount;
    if (first === undefined) return [];
    const byThread = new Map<string, ThreadFile[]>();
    for (const file of ofAccount) append(byThread, file.key, file);
    const threads = [...byThread.values()].map((ofThread) => ({
      threadId: ofThread.find(({ threadId }) => threadId !== null)?.threadId ?? null,
      entries: ofThread.sort((one, other) => one.part - other.part || one.entry - other.entry).map(({ entry }) => entry),
    }));
    return [{ source: sourceOf(files, first.entry), root: first.root, threads }];
  });
}

/** A folder holds one `message_1` only, so all that are called so are one thread; a file of another name tells by itself. */
async function placeFile(files: FileSet, entry: number, form: ThreadForm): Promise<ThreadFile> {
  const file = files.entries[entry];
  const path = file?.path ?? '';
  const place = threadPlaceOf(path);
  if (place !== null) return { entry, ...place, key: place.threadId };
  const threadId = file === undefined ? null : await form.readThreadId(file.open());
  const part = messagePart(path);
  const root = folderOf(path);
  return { entry, part: part ?? 1, root, threadId, key: part !== null ? `folder ${root}` : (threadId ?? `entry ${entry}`) };
}

function sourceOf(files: FileSet, entry: number): Account['source'] {
  return isInstagram(`${files.name}/${files.entries[entry]?.path ?? ''}`) ? 'instagram' : 'messenger';
}

function append<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
