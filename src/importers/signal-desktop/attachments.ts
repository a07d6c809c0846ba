// Files of messages: in `attachments.noindex/XX/<name>`, since 2024 each sealed with a key of its own.

import type { Row } from '../../bytes/sqlite/row';
import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import type { AttachmentRecord } from '../../model/record';
import { fileKindOf } from '../file-kind';
import { countOf, words } from '../json-fields';
import type { FindByTail } from '../path-tails';

/** From this version on a file is sealed. */
const sealedVersion = 2;
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
  const entry = path === null || isSealed(said) ? -1 : find(path);
  const [widthPx, heightPx] = [countOf(said['width']), countOf(said['height'])];
  return {
    kind: kind ?? kindOfFlags(countOf(said['flags']) ?? 0) ?? fileKindOf(name, mime),
    name,
    entry: entry === -1 ? null : entry,
    missing: entry === -1 ? missingReason(said) : null,
    mime,
    sizeBytes: entry === -1 ? countOf(said['size']) : (files.entries[entry]?.sizeBytes ?? null),
    ...(widthPx && heightPx ? { widthPx, heightPx } : {}),
  };
}

/** True for a file whose content is sealed with its `localKey`. */
export function isSealed(said: JsonObject): boolean {
  return (countOf(said['version']) ?? 1) >= sealedVersion && words(said['localKey']) !== null;
}

/** Without a path it was never fetched. */
function missingReason(said: JsonObject): AttachmentRecord['missing'] {
  if (words(said['path']) === null) return 'unavailable';
  return isSealed(said) ? 'unavailable' : 'not-in-archive';
}

function kindOfFlags(flags: number): AttachmentRecord['kind'] | null {
  return (flags & voiceFlag) !== 0 ? 'voice' : (flags & animationFlag) !== 0 ? 'animation' : null;
}
