// Files of a message. Slack's own export holds addresses only; slackdump adds the files, in one of two layouts.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import type { AttachmentRecord, MissingReason } from '../../model/record';
import { attach } from '../file-kind';
import { countOf, words } from '../json-fields';

/** Modes of files whose content Slack does not give. */
const missingByMode: ReadonlyMap<string, MissingReason> = new Map([
  ['tombstone', 'unavailable'],
  ['hidden_by_limit', 'unavailable'],
  ['external', 'not-exported'],
]);

/** The attachment, linked where slackdump put it: `__uploads/<id>/<name>`, or `<folder>/attachments/<id>-<name>`. */
export function toAttachment(
  file: JsonObject,
  { files, root, folder }: { readonly files: FileSet; readonly root: string; readonly folder: string },
): AttachmentRecord {
  const id = words(file['id']) ?? '';
  const name = words(file['name']);
  const paths = [`${root}__uploads/${id}/${name ?? ''}`, `${folder}attachments/${id}-${name ?? ''}`];
  const path = paths.find((each) => files.indexOf(each) !== -1) ?? null;
  const voice = file['subtype'] === 'slack_audio' ? { kind: 'voice' as const } : {};
  const missing = missingByMode.get(words(file['mode']) ?? '') ?? 'not-in-archive';
  const shown = name ?? words(file['title']);
  return attach(files, '', { ...voice, path, name: shown, mime: words(file['mimetype']), sizeBytes: countOf(file['size']), missing });
}
