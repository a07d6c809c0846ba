// The files that messages of an export name, found in the set.

import type { FileSet } from '../../bytes/source';
import type { AttachmentRecord } from '../../model/record';
import { baseName, findFile } from '../archive-files';
import type { WeChatMedia } from './message-body';

export interface MediaFiles {
  /** The attachment for `media`, whose path in the export is `path`; null and addresses mean that it was not exported. */
  attach(media: WeChatMedia, path: string | null): AttachmentRecord;
}

/** `folder` is that of the export's own file: '' or ending in `/`. */
export function createMediaFiles(files: FileSet, folder: string): MediaFiles {
  let byTail: ReadonlyMap<string, number> | null = null;
  const find = (path: string): number => {
    const found = findFile(files, folder, path);
    if (found !== -1) return found;
    byTail ??= indexTails(files);
    return byTail.get(tailOf(path.replaceAll('\\', '/'))) ?? -1;
  };
  return {
    attach(media, path) {
      const isFile = path !== null && !isAddress(path);
      const entry = isFile ? find(decodePath(path)) : -1;
      const { md5: _, ...rest } = media;
      return {
        ...rest,
        name: media.name ?? (isFile ? baseName(decodePath(path).replaceAll('\\', '/')) : null),
        mime: null,
        entry: entry === -1 ? null : entry,
        missing: entry !== -1 ? null : isFile ? 'not-in-archive' : 'not-exported',
      };
    },
  };
}

/** True for what lies on a server, of the app or of the exporter, and not in the export. */
export function isAddress(path: string): boolean {
  return /^(?:https?|ftp|weixin):/i.test(path) || path.startsWith('data:');
}

/** Paths in HTML are percent-encoded. */
function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Files by folder and name, where only one is so called: exports are moved, renamed and wrapped. */
function indexTails(files: FileSet): ReadonlyMap<string, number> {
  const tails = new Map<string, number>();
  for (const [index, { path }] of files.entries.entries()) tails.set(tailOf(path), tails.has(tailOf(path)) ? -1 : index);
  return tails;
}

function tailOf(path: string): string {
  return path.split('/').slice(-2).join('/');
}
