// What a Dropbox holds, kept as plain files: paths are one whatever their case, and keep the case of their first writing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DropboxFiles {
  /** Metadata of what is there; null where nothing is. '' is the root. */
  find(path: string): Metadata | null;
  read(path: string): Buffer;
  /** Writes a file, and the folders on its way. */
  write(path: string, bytes: Buffer): Metadata;
  remove(path: string): void;
  /** The nearest thing on the way to a path that is a file. */
  hasFileAbove(path: string): boolean;
  /** Of all below a folder, or directly in it. Files come before the folders that they are in, which no client may count on. */
  list(path: string, isRecursive: boolean): Metadata[];
}

export type Metadata = Readonly<Record<string, unknown>> & { readonly '.tag': 'file' | 'folder' };

const blockBytes = 4 * 1024 * 1024;

/** dropbox.com/developers/reference/content-hash. */
export function contentHash(bytes: Buffer): string {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += blockBytes)
    hash.update(
      createHash('sha256')
        .update(bytes.subarray(at, at + blockBytes))
        .digest(),
    );
  return hash.digest('hex');
}

export function createDropboxFiles(folder: string): DropboxFiles {
  /** Each part as it is written, up to the first that is not there. */
  const resolve = (path: string): { readonly parts: string[]; readonly isThere: boolean } => {
    const asked = path.split('/').slice(1);
    const parts: string[] = [];
    for (const part of asked) {
      const here = join(folder, ...parts);
      const found = statSync(here).isDirectory() ? readdirSync(here).find((name) => name.toLowerCase() === part.toLowerCase()) : undefined;
      if (found === undefined) return { parts: [...parts, ...asked.slice(parts.length)], isThere: false };
      parts.push(found);
    }
    return { parts, isThere: true };
  };
  const describe = (parts: readonly string[]): Metadata => {
    const place = join(folder, ...parts);
    const name = parts.at(-1) ?? '';
    const id = `id:${createHash('sha256').update(parts.join('/').toLowerCase()).digest('base64url').slice(0, 22)}`;
    // Its folders may be written in another case than they have; only the last part is right for sure.
    const path_display = `/${[...parts.slice(0, -1).map((part) => part.toLowerCase()), name].join('/')}`;
    const both = { name, path_lower: `/${parts.join('/')}`.toLowerCase(), path_display, id };
    const about = statSync(place);
    if (about.isDirectory()) return { '.tag': 'folder', ...both };
    const modified = `${new Date(about.mtimeMs).toISOString().slice(0, 19)}Z`;
    const rev = `0${Math.floor(about.mtimeMs * 1000).toString(16)}`;
    const content_hash = contentHash(readFileSync(place));
    const more = { client_modified: modified, server_modified: modified, rev, size: about.size, is_downloadable: true, content_hash };
    return { '.tag': 'file', ...both, ...more };
  };
  const files: DropboxFiles = {
    find(path) {
      const { parts, isThere } = resolve(path);
      return isThere ? describe(parts) : null;
    },
    read: (path) => readFileSync(join(folder, ...resolve(path).parts)),
    write(path, bytes) {
      const { parts } = resolve(path);
      mkdirSync(join(folder, ...parts.slice(0, -1)), { recursive: true });
      writeFileSync(join(folder, ...parts), bytes);
      return describe(parts);
    },
    remove: (path) => rmSync(join(folder, ...resolve(path).parts), { recursive: true }),
    hasFileAbove: (path) =>
      resolve(path)
        .parts.slice(0, -1)
        .some((_, index, parts) => {
          const place = join(folder, ...parts.slice(0, index + 1));
          return existsSync(place) && statSync(place).isFile();
        }),
    list(path, isRecursive) {
      const below = (parts: readonly string[]): Metadata[] => {
        const entries = readdirSync(join(folder, ...parts), { withFileTypes: true });
        const inner = isRecursive ? entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => below([...parts, name])) : [];
        return [...inner, ...entries.map(({ name }) => describe([...parts, name]))];
      };
      const { parts } = path === '' ? { parts: [] } : resolve(path);
      // A recursive listing has the folder itself too.
      return [...below(parts), ...(isRecursive && parts.length > 0 ? [describe(parts)] : [])];
    },
  };
  return files;
}
