// Files of Feishu's messages. The API gives keys; who saves messages may save the files beside them, by name or by key.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord } from '../../model/record';
import { findFile } from '../archive-files';
import { attach } from '../file-kind';
import { countOf, words } from '../json-fields';

const kinds: ReadonlyMap<string, AttachmentRecord['kind']> = new Map<string, AttachmentRecord['kind']>([
  ['image', 'image'],
  ['file', 'file'],
  ['folder', 'file'],
  ['audio', 'voice'],
  ['media', 'video'],
  ['sticker', 'sticker'],
]);

/** The files of a message: its own, or the pictures (by their keys) of a text with pictures. */
export function attachmentsOf(
  type: string,
  body: JsonObject,
  pictures: readonly string[],
  files: FileSet,
  folder: string,
): readonly AttachmentRecord[] {
  const kind = kinds.get(type);
  if (kind === undefined) return pictures.length === 0 ? noAttachments : pictures.map((key) => named(files, folder, 'image', [key], null));
  const key = words(body['file_key']) ?? words(body['image_key']);
  const name = words(body['file_name']);
  const attachment = named(
    files,
    folder,
    kind,
    [name, key].flatMap((path) => path ?? []),
    name,
  );
  const durationMs = countOf(body['duration']);
  return [durationMs === null ? attachment : { ...attachment, durationMs }];
}

function named(
  files: FileSet,
  folder: string,
  kind: AttachmentRecord['kind'],
  paths: readonly string[],
  name: string | null,
): AttachmentRecord {
  const path = paths.find((each) => findFile(files, folder, each) !== -1) ?? null;
  return attach(files, folder, { kind, path, name: name ?? paths[0] ?? null, missing: 'not-exported' });
}
