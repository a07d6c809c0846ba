// Files that nobody came back for: what was exported inside of the browser and never taken away, what was shared with the app and never
// looked at, both in the clear, and packs of a backup that was ended from outside.

import { privateExportName, privateMessagesName } from '../model/export';
import { packFilesFolder } from '../model/pack-files';
import { isLateShare, sharedInboxFolder } from '../model/shared-inbox';

/** An export is taken away by the screen that made it, a pack by its backup; after this long nobody has it any more, or it is made anew. */
const leftForMs = 3_600_000;

/** Removes them from `root`, the origin private file system. What cannot be removed now is looked at again at the next opening. */
export async function removeStaleFiles(root: FileSystemDirectoryHandle, nowMs: number): Promise<void> {
  for (const name of [privateExportName, privateMessagesName]) await removeOld(root, name, nowMs);
  const inbox = await root.getDirectoryHandle(sharedInboxFolder).catch(ignore);
  for await (const id of namesIn(inbox)) if (isLateShare(id, nowMs)) await inbox?.removeEntry(id, { recursive: true }).catch(ignore);
  const packs = await root.getDirectoryHandle(packFilesFolder).catch(ignore);
  for await (const name of namesIn(packs)) if (packs) await removeOld(packs, name, nowMs);
}

const ignore = (): undefined => undefined;

async function* namesIn(folder: FileSystemDirectoryHandle | undefined): AsyncGenerator<string> {
  if (folder) yield* (folder as unknown as { keys(): AsyncIterable<string> }).keys();
}

/** A file that is being written to stays: the browser does not remove it. */
async function removeOld(folder: FileSystemDirectoryHandle, name: string, nowMs: number): Promise<void> {
  const file = await folder
    .getFileHandle(name)
    .then((handle) => handle.getFile())
    .catch(ignore);
  if (file !== undefined && nowMs - file.lastModified > leftForMs) await folder.removeEntry(name).catch(ignore);
}
