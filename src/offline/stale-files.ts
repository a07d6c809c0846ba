// Files in the clear that nobody came back for: what was exported inside of the browser and never taken away, and what was shared
// with the app and never looked at.

import { privateExportName, privateMessagesName } from '../model/export';
import { isLateShare, sharedInboxFolder } from '../model/shared-inbox';

/** An export is taken away by the screen that made it; after this long no screen has it any more, or it is made anew. */
const exportedForMs = 3_600_000;

/** Removes them from `root`, the origin private file system. What cannot be removed now is looked at again at the next opening. */
export async function removeStaleFiles(root: FileSystemDirectoryHandle, nowMs: number): Promise<void> {
  const ignore = (): undefined => undefined;
  for (const name of [privateExportName, privateMessagesName]) {
    const file = await root
      .getFileHandle(name)
      .then((handle) => handle.getFile())
      .catch(ignore);
    if (file !== undefined && nowMs - file.lastModified > exportedForMs) await root.removeEntry(name).catch(ignore);
  }
  const inbox = await root.getDirectoryHandle(sharedInboxFolder).catch(ignore);
  if (inbox === undefined) return;
  for await (const id of (inbox as unknown as { keys(): AsyncIterable<string> }).keys())
    if (isLateShare(id, nowMs)) await inbox.removeEntry(id, { recursive: true }).catch(ignore);
}
