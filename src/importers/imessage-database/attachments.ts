// Files of messages: `filename` is a path on the device, found in the set by its end.

import type { Row } from '../../bytes/sqlite/row';
import type { FileSet } from '../../bytes/source';
import type { AttachmentRecord } from '../../model/record';
import { baseName } from '../archive-files';
import type { FindByTail } from '../path-tails';

export function attachmentOf(row: Row, files: FileSet, find: FindByTail, isVoice: boolean): AttachmentRecord {
  const [path, mime] = [row.words('filename'), row.words('mime_type')];
  const entry = path === null ? -1 : find(path);
  const isFound = entry !== -1;
  return {
    kind: row.flag('is_sticker') ? 'sticker' : kindOf(mime, row.words('uti'), isVoice),
    name: row.words('transfer_name') ?? (path === null ? null : baseName(path)),
    entry: isFound ? entry : null,
    missing: isFound ? null : 'not-in-archive',
    mime,
    sizeBytes: isFound ? (files.entries[entry]?.sizeBytes ?? null) : row.whole('total_bytes'),
  };
}

function kindOf(mime: string | null, uti: string | null, isVoice: boolean): AttachmentRecord['kind'] {
  if (mime?.startsWith('image/')) return 'image';
  if (mime?.startsWith('video/')) return 'video';
  if (mime?.startsWith('audio/') || uti === 'com.apple.coreaudio-format') return isVoice ? 'voice' : 'audio';
  return mime === 'text/vcard' || mime === 'text/x-vcard' ? 'contact' : 'file';
}
