// What a file is by what the source says of it, and what kind of message it makes. The vault decides by magic bytes later.

import type { FileSet } from '../bytes/source';
import type { AttachmentRecord, MessageKind, MissingReason } from '../model/record';
import { baseName, findFile } from './archive-files';

type FileKind = AttachmentRecord['kind'];

const byExtension: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ...['jpg', 'jpeg', 'png', 'gif', 'webp', 'heic', 'bmp', 'tif', 'tiff', 'avif', 'svg'].map((word) => [word, 'image'] as const),
  ...['mp4', 'mov', 'm4v', '3gp', 'mkv', 'avi', 'webm', 'wmv'].map((word) => [word, 'video'] as const),
  ...['mp3', 'm4a', 'aac', 'wav', 'flac', 'amr', 'ogg', 'oga', 'opus', 'wma'].map((word) => [word, 'audio'] as const),
  ['vcf', 'contact'],
]);

/** By media type where the source names one, else by the extension of the name. */
export function fileKindOf(name: string | null, mime: string | null = null): FileKind {
  const kind = mime?.slice(0, mime.indexOf('/'));
  if (kind === 'image' || kind === 'video' || kind === 'audio') return kind;
  if (name === null) return 'file';
  return byExtension.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase()) ?? 'file';
}

/** The kind of message that a file makes: an animation is shown as a video, other audio than voice as a file. */
export function messageKindOf(kind: FileKind): MessageKind {
  if (kind === 'animation') return 'video';
  return kind === 'audio' ? 'file' : kind;
}

/** What a message says of its file. */
export interface NamedFile {
  readonly kind?: FileKind;
  /** Where it lies, from `folder` or from the top of the set; null where the source does not say. */
  readonly path: string | null;
  /** The name to show; default: the last part of the path. */
  readonly name?: string | null;
  readonly mime?: string | null;
  readonly sizeBytes?: number | null;
  /** Why it is missing, where it is not among the files; default `not-in-archive`. */
  readonly missing?: MissingReason;
}

/** The attachment, linked to the file in the set where it is there. `folder` is '' or ends in `/`. */
export function attach(files: FileSet, folder: string, file: NamedFile): AttachmentRecord {
  const { path, mime = null, sizeBytes = null } = file;
  const entry = path === null ? -1 : findFile(files, folder, path);
  const name = file.name ?? (path === null ? null : baseName(path.replaceAll('\\', '/')));
  const kind = file.kind ?? fileKindOf(name, mime);
  if (entry !== -1) return { kind, name, entry, missing: null, mime, sizeBytes };
  return { kind, name, entry: null, missing: file.missing ?? 'not-in-archive', mime, sizeBytes };
}
