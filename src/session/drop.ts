// What the owner drops or chooses, as files with paths. Works on DataTransfer (folders too), file inputs and folder inputs.

import { CamphorError } from '../model/error';
import type { DroppedFile } from '../model/verbs';

/** More files than any archive has; beyond it the drop is refused rather than half taken. */
export const dropFileLimit = 500_000;
/** Folders deeper than this are a loop or an accident. */
const dropDepthLimit = 64;

/** True where the drag carries files (not text or a link). */
export function carriesFiles(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files');
}

/**
 * Files of a drop, folders walked, in path order. Must be called inside the `drop` handler: the browser empties the
 * DataTransfer when the handler returns. Throws `archive-limit` beyond `dropFileLimit`, `folder-unreadable` for a folder.
 */
export async function readDrop(transfer: DataTransfer): Promise<readonly DroppedFile[]> {
  const entries: (FileSystemEntry | File)[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const found = item.webkitGetAsEntry() ?? item.getAsFile();
    if (found !== null) entries.push(found);
  }
  const dropped: DroppedFile[] = [];
  for (const entry of entries) {
    if (entry instanceof File) add(dropped, entry.name, entry);
    else await walk(entry, dropped);
  }
  return inPathOrder(dropped);
}

/** Files of `<input type=file>`; with `webkitdirectory` the paths begin with the folder's name. */
export function readFileInput(files: FileList): readonly DroppedFile[] {
  const dropped: DroppedFile[] = [];
  for (const file of files) add(dropped, file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file);
  return inPathOrder(dropped);
}

async function walk(root: FileSystemEntry, dropped: DroppedFile[]): Promise<void> {
  const waiting: { readonly entry: FileSystemEntry; readonly depth: number }[] = [{ entry: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.depth > dropDepthLimit) throw new CamphorError('archive-limit', { limit: 'depth', value: dropDepthLimit });
    if (isFile(next.entry)) add(dropped, next.entry.fullPath.replace(/^\//, ''), await fileOf(next.entry));
    else if (isDirectory(next.entry))
      for (const child of await childrenOf(next.entry)) waiting.push({ entry: child, depth: next.depth + 1 });
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, (cause) => reject(new CamphorError('folder-unreadable', {}, cause)));
  });
}

/** `readEntries` gives at most 100 at a time in Chromium; an empty answer is the end. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, (cause) => reject(new CamphorError('folder-unreadable', {}, cause)));
    });
    if (some.length === 0) return children;
    children.push(...some);
  }
}

function add(dropped: DroppedFile[], path: string, file: File): void {
  if (dropped.length >= dropFileLimit) throw new CamphorError('archive-limit', { limit: 'files', value: dropFileLimit });
  dropped.push({ path, file });
}

function inPathOrder(dropped: DroppedFile[]): readonly DroppedFile[] {
  return dropped.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
