// Files of messages: entries of the opened backup, named after the number of their row.

import type { FileSet } from '../../bytes/source';
import type { AttachmentRecord } from '../../model/record';
import { fileKindOf } from '../file-kind';
import type { AttachedFile } from './attached-rows';

/** The whole of a text that is longer than a message. */
export const longTextMime = 'text/x-signal-plain';

/** The attachment, linked to its entry where the backup has it. */
export function toAttachment(file: AttachedFile, files: FileSet, isOnce: boolean): AttachmentRecord {
  const { rowId, name, mime, widthPx, heightPx } = file;
  const entry = files.indexOf(`attachments/${rowId}`);
  const missing = isOnce ? 'expired' : file.isFetched ? 'not-in-archive' : 'unavailable';
  return {
    kind: kindOf(file),
    name,
    entry: entry === -1 ? null : entry,
    missing: entry === -1 ? missing : null,
    mime,
    sizeBytes: files.entries[entry]?.sizeBytes ?? file.sizeBytes,
    ...(widthPx && heightPx && { widthPx, heightPx }),
  };
}

function kindOf({ isSticker, isVoice, isAnimation, name, mime }: AttachedFile): AttachmentRecord['kind'] {
  if (isSticker) return 'sticker';
  if (isVoice) return 'voice';
  return isAnimation ? 'animation' : fileKindOf(name, mime);
}
