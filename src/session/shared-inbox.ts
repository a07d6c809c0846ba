// What was shared with the app and waits for an answer. Files are read where they lie; they go once they were imported, when the
// owner says so, and after a day.

import { arrivedAtMsOf, isLateShare, type SharedFile, sharedInboxFolder, type SharedList, sharedListFile } from '../model/shared-inbox';
import type { DroppedFile } from '../model/verbs';

export interface Shared {
  readonly id: string;
  readonly arrivedAtMs: number;
  readonly files: readonly SharedFile[];
}

async function openInbox(): Promise<FileSystemDirectoryHandle | null> {
  const root = await navigator.storage.getDirectory?.();
  return (await root?.getDirectoryHandle(sharedInboxFolder).catch(() => null)) ?? null;
}

async function readList(folder: FileSystemDirectoryHandle): Promise<SharedList | null> {
  try {
    const file = await (await folder.getFileHandle(sharedListFile)).getFile();
    return JSON.parse(await file.text()) as SharedList;
  } catch {
    return null;
  }
}

/** What waits, the newest first. What has waited too long is removed, and so is what never came whole. */
export async function listShared(nowMs = Date.now()): Promise<readonly Shared[]> {
  const inbox = await openInbox();
  const found: Shared[] = [];
  if (inbox === null) return found;
  for await (const [id, handle] of inbox.entries()) {
    const isLate = isLateShare(id, nowMs);
    const list = handle.kind === 'directory' && !isLate ? await readList(handle) : null;
    if (list !== null) found.push({ id, arrivedAtMs: arrivedAtMsOf(id) ?? 0, files: list.files });
    else if (isLate) await inbox.removeEntry(id, { recursive: true });
  }
  return found.toSorted((a, b) => b.arrivedAtMs - a.arrivedAtMs);
}

/** The files of a share, under the names that they came with. Throws NotFoundError where it has gone. */
export async function openShared({ id, files }: Shared): Promise<readonly DroppedFile[]> {
  const folder = await (await openInbox())?.getDirectoryHandle(id);
  if (folder === undefined) throw new DOMException('the share has gone', 'NotFoundError');
  return Promise.all(
    files.map(async ({ name }, number): Promise<DroppedFile> => {
      const file = await (await folder.getFileHandle(String(number))).getFile();
      // A file of that name over the same bytes: nothing is read.
      return { path: name, file: new File([file], name, { lastModified: file.lastModified }) };
    }),
  );
}

export async function discardShared(id: string): Promise<void> {
  await (await openInbox())?.removeEntry(id, { recursive: true }).catch(() => undefined);
}
