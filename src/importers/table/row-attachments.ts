// The files that a cell names: a path or an address, or an array of such, or of objects that hold one.

import type { FileSet } from '../../bytes/source';
import type { Json } from '../../model/json';
import { noAttachments, type AttachmentRecord, type MessageKind } from '../../model/record';
import { baseName, findFile } from '../archive-files';
import { isObject } from '../json-fields';

export interface AttachmentFinder {
  /** `kind` is what the table says of the message, or null. */
  find(cell: Json | undefined, kind: MessageKind | null): readonly AttachmentRecord[];
}

const filesLimit = 100;
const pathLimit = 2000;
const pathKeys = ['path', 'localPath', 'filePath', 'file', 'fileName', 'filename', 'url', 'uri', 'src', 'name'];

const extensions: readonly (readonly [RegExp, AttachmentRecord['kind']])[] = [
  [/\.(?:jpe?g|png|gif|webp|hei[cf]|avif|bmp|tiff?)$/i, 'image'],
  [/\.(?:mp4|m4v|mov|avi|mkv|webm|3gpp?)$/i, 'video'],
  [/\.(?:mp3|m4a|aac|ogg|oga|opus|amr|wav|flac|silk|caf)$/i, 'audio'],
];
const byKind: ReadonlyMap<MessageKind, AttachmentRecord['kind']> = new Map<MessageKind, AttachmentRecord['kind']>([
  ['image', 'image'],
  ['voice', 'voice'],
  ['video', 'video'],
  ['sticker', 'sticker'],
  ['contact', 'contact'],
  ['file', 'file'],
]);

/** `folder`: that of the table, '' or ending in `/`. Files are found by their path, else by a name that only one file has. */
export function createAttachmentFinder(files: FileSet, folder: string): AttachmentFinder {
  let byName: Map<string, number> | null = null;
  const findNamed = (name: string): number => {
    byName ??= indexNames(files);
    return byName.get(name) ?? -1;
  };
  const attach = (path: string, kind: MessageKind | null): AttachmentRecord => {
    const name = nameOf(path);
    const beside = findFile(files, folder, path);
    const entry = beside === -1 ? findNamed(name) : beside;
    const place = entry === -1 ? ({ entry: null, missing: 'not-in-archive' } as const) : ({ entry, missing: null } as const);
    return { kind: byKind.get(kind ?? 'text') ?? kindOf(name), name, ...place, mime: null, sizeBytes: null };
  };
  return {
    find(cell, kind) {
      const paths = pathsOf(cell);
      return paths.length === 0 ? noAttachments : paths.map((path) => attach(path, kind));
    },
  };
}

/** The kind of a message that is nothing but these files. */
export function messageKindOf([first]: readonly AttachmentRecord[]): MessageKind {
  if (first === undefined) return 'text';
  if (first.kind === 'audio') return 'voice';
  return first.kind === 'animation' ? 'image' : first.kind;
}

function kindOf(name: string): AttachmentRecord['kind'] {
  return extensions.find(([pattern]) => pattern.test(name))?.[1] ?? 'file';
}

function pathsOf(cell: Json | undefined): readonly string[] {
  const all = Array.isArray(cell) ? (cell as readonly Json[]).slice(0, filesLimit) : [cell];
  return all.map(pathOf).filter((path) => path !== '' && path.length <= pathLimit);
}

function pathOf(value: Json | undefined): string {
  if (typeof value === 'string') return value.trim();
  const path = isObject(value) ? pathKeys.map((key) => value[key]).find((each) => typeof each === 'string' && each !== '') : '';
  return typeof path === 'string' ? path : '';
}

/** The last part of a path or address, without what an address asks for. */
function nameOf(path: string): string {
  const label = /^[a-z][a-z0-9+.-]*:\/\//i.test(path) ? (path.split(/[?#]/)[0] ?? '') : path;
  return baseName(label.replaceAll('\\', '/'));
}

/** Entries by their names; -1 for a name that several have. */
function indexNames(files: FileSet): Map<string, number> {
  const names = new Map<string, number>();
  for (const [index, { path }] of files.entries.entries()) names.set(baseName(path), names.has(baseName(path)) ? -1 : index);
  return names;
}
