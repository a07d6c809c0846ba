// Files of messages: in `attachments.noindex/XX/<name>`, since 2024 each sealed with a key of its own.

import type { Row } from '../../bytes/sqlite/row';
import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import type { AttachmentRecord } from '../../model/record';
import { fileKindOf } from '../file-kind';
import { countOf, words } from '../json-fields';
import type { FindByTail } from '../path-tails';
import { keyOf, readSealed } from './sealed-file';

const voiceFlag = 1;
const animationFlag = 8;
const members = 'contentType path fileName size width height flags version localKey pending'.split(' ');

/** A row of `message_attachments` as messages have it in their JSON. */
export function attachmentOfRow(row: Row): JsonObject {
  return Object.fromEntries(
    members.flatMap((name): [string, Json][] => {
      const value = row.value(name);
      return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
    }),
  );
}

export interface AttachmentPlace {
  readonly files: FileSet;
  readonly find: FindByTail;
}

export function toAttachment(said: JsonObject, { files, find }: AttachmentPlace, kind?: AttachmentRecord['kind']): AttachmentRecord {
  const path = words(said['path']);
  const name = words(said['fileName']);
  const mime = words(said['contentType']);
  const index = path === null ? -1 : find(path);
  const entry = files.entries[index];
  const key = keyOf(said);
  const saidBytes = countOf(said['size']);
  const [widthPx, heightPx] = [countOf(said['width']), countOf(said['height'])];
  return {
    kind: kind ?? kindOfFlags(countOf(said['flags']) ?? 0) ?? fileKindOf(name, mime),
    name,
    entry: entry === undefined ? null : index,
    // Without a path it was never fetched.
    missing: entry !== undefined ? null : path === null ? 'unavailable' : 'not-in-archive',
    mime,
    sizeBytes: entry === undefined || key !== null ? saidBytes : entry.sizeBytes,
    ...(widthPx && heightPx ? { widthPx, heightPx } : {}),
    ...(entry !== undefined && key !== null && { readBytes: async () => readSealed(entry, key, saidBytes) }),
  };
}

function kindOfFlags(flags: number): AttachmentRecord['kind'] | null {
  return (flags & voiceFlag) !== 0 ? 'voice' : (flags & animationFlag) !== 0 ? 'animation' : null;
}
