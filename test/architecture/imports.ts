// The imports of the source, read as text: who imports whom, by folder, and the packages each folder uses.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

export const projectRoot = join(import.meta.dirname, '../..');

export interface Import {
  /** Path of the importing file from the project's root. */
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  /** `import type` and `export type … from`: gone after compilation. */
  readonly typeOnly: boolean;
}

const importPattern =
  /(?:^|\n)[ \t]*(?:import|export)\s+(type\s+)?(?:[\w*${},\s]+?\s+from\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** All hand-written source files below `folder` (`.ts`, `.tsx`), as paths from the project's root. */
export function listSources(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)));
}

/** Every import of one file, static and dynamic. An `import('…').Type` counts as a type where it follows a colon or `extends`. */
export function readImports(file: string): Import[] {
  const text = readFileSync(join(projectRoot, file), 'utf8');
  return [...text.matchAll(importPattern)].map((match) => ({
    file,
    line: text.slice(0, match.index + match[0].length).split('\n').length,
    specifier: match[2] ?? match[3] ?? '',
    typeOnly:
      match[1] !== undefined ||
      (match[3] !== undefined && /[:<|(]\s*$|typeof\s*$/.test(text.slice(Math.max(0, match.index - 12), match.index))),
  }));
}

/** `src/vault/keys.ts` → `vault`; `src/main.tsx` → `main.tsx`; `workers/vault.ts` → `workers`. */
export function folderOf(path: string): string {
  const parts = path.split('/');
  return parts[0] === 'src' ? (parts[1] ?? '') : (parts[0] ?? '');
}

/** What an import reaches: a folder of the project, or a package by name; queries such as `?worker&url` are dropped. */
export function targetOf(entry: Import): { readonly folder: string } | { readonly package: string } {
  const path = entry.specifier.replace(/\?.*$/, '');
  if (path.startsWith('.')) return { folder: folderOf(normalize(join(dirname(entry.file), path))) };
  const parts = path.split('/');
  return { package: path.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '') };
}
