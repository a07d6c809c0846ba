// Files of Google Chat's messages: they lie beside `messages.json` under `export_name`, as far as a file can be called so.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import type { AttachmentRecord } from '../../model/record';
import { attach, fileKindOf } from '../file-kind';
import { words } from '../json-fields';

/** Takeout cuts names to about fifty letters; shorter ones were not cut. */
const shortestCut = 40;
const longestName = 300;

/** The attachment of one of `attached_files`, linked where it is there. */
export function toAttachment(file: JsonObject, files: FileSet, folder: string): AttachmentRecord {
  const name = words(file['original_name']) ?? words(file['export_name']);
  const path = words(file['export_name']) ?? name;
  return attach(files, folder, { kind: fileKindOf(name), name, path: path === null ? null : nameOnDisk(files, folder, path) });
}

function nameOnDisk(files: FileSet, folder: string, name: string): string {
  if (name.length > longestName) return name;
  const safe = name.replaceAll(/[?&%:*"<>|\\/']/g, '_');
  const onlyQuestion = name.replaceAll('?', '_');
  const found = [name, onlyQuestion, safe].find((path) => files.indexOf(folder + path) !== -1);
  return found ?? cutNames(safe).find((path) => files.indexOf(folder + path) !== -1) ?? name;
}

/** The name without ever more of the end of its stem. */
function cutNames(name: string): string[] {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot === -1 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
  const count = Math.max(0, stem.length - shortestCut);
  return Array.from({ length: count }, (_, cut) => stem.slice(0, stem.length - 1 - cut) + extension);
}
