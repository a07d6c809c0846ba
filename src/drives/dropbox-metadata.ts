// What Dropbox says of a file or folder (`Metadata` of files.stone).

import { CamphorError } from '../model/error';

export interface DropboxFile {
  readonly kind: 'file';
  /** The last part of the path, as it was written. */
  readonly name: string;
  /** Whole path in lower case; null where Dropbox says none. */
  readonly pathLower: string | null;
  /** Null where what came is no size. */
  readonly sizeBytes: number | null;
  /** Of the content (dropbox-hash.ts); null where Dropbox does not say. */
  readonly hash: string | null;
  /** By Dropbox's clock, to the second. */
  readonly modified: string | null;
}

export interface DropboxOther {
  /** `deleted`: was there when a listing began. */
  readonly kind: 'folder' | 'deleted';
  readonly name: string;
  readonly pathLower: string | null;
}

/** Reads one; `kind` is what an answer without `.tag` is. Throws `drive-damaged` where it is none. */
export function readMetadata(value: unknown, kind: string | null = null): DropboxFile | DropboxOther {
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const { '.tag': tag = kind, name, path_lower: path, size, content_hash: hash, server_modified: modified } = fields;
  if (typeof name !== 'string' || (tag !== 'file' && tag !== 'folder' && tag !== 'deleted'))
    throw new CamphorError('drive-damaged', { step: 'metadata' });
  const pathLower = textOf(path);
  if (tag !== 'file') return { kind: tag, name, pathLower };
  const sizeBytes = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null;
  return { kind: tag, name, pathLower, sizeBytes, hash: textOf(hash), modified: textOf(modified) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
