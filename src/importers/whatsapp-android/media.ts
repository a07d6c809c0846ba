// A message's file: named in the database by its path below WhatsApp's folder, found in the set by the end of that path.

import type { FileSet } from '../../bytes/source';
import type { AttachmentRecord } from '../../model/record';
import { baseName } from '../archive-files';
import type { FindByTail } from '../path-tails';

export interface MediaFacts {
  readonly kind: AttachmentRecord['kind'];
  /** Such as `Media/WhatsApp Images/IMG-20230101-WA0000.jpg`. */
  readonly path: string | null;
  readonly name: string | null;
  readonly mime: string | null;
  readonly sizeBytes: number | null;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly durationS: number | null;
  readonly isOnce: boolean;
}

export function attachmentOf(facts: MediaFacts, files: FileSet, find: FindByTail): AttachmentRecord {
  const { kind, path, name, mime, sizeBytes, widthPx, heightPx, durationS } = facts;
  const entry = path === null ? -1 : find(path);
  const isFound = entry !== -1;
  const label = name ?? (path === null ? null : baseName(path));
  const missing = facts.isOnce ? 'expired' : 'not-in-archive';
  return {
    kind: kind === 'voice' && isMusic(mime) ? 'audio' : kind,
    name: label,
    entry: isFound ? entry : null,
    missing: isFound ? null : missing,
    mime,
    sizeBytes: isFound ? (files.entries[entry]?.sizeBytes ?? sizeBytes) : sizeBytes,
    ...(widthPx !== null && widthPx > 0 && { widthPx }),
    ...(heightPx !== null && heightPx > 0 && { heightPx }),
    ...(durationS !== null && durationS > 0 && { durationMs: durationS * 1000 }),
  };
}

/** Voice messages are Opus in Ogg or, of old, AMR and AAC; what is sent as a file of music is not. */
function isMusic(mime: string | null): boolean {
  return mime === 'audio/mpeg' || mime === 'audio/x-wav' || mime === 'audio/flac';
}
