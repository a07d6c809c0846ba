// Files of saved chats: `chat_media/2023-11-14_b~XXXX.jpg`, named by day and the id that the message gives.

import type { FileSet } from '../../bytes/source';

const pattern = /(?:^|\/)chat_media\/\d{4}-\d\d-\d\d_(?:media~|thumbnail~)?(?:zip-)?(.{1,200})\.[A-Za-z0-9]{1,5}$/;

/** Numbers of entries by the media ids in their names. Thumbnails are left to the vault. */
export function findMedia(files: FileSet): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [entry, { path }] of files.entries.entries()) {
    const id = path.includes('thumbnail~') ? undefined : pattern.exec(path)?.[1];
    if (id !== undefined && !found.has(id)) found.set(id, entry);
  }
  return found;
}
