// What stock restic restored, as text by path.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export async function restoredFiles(folder: string, path = ''): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
    const below = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(files, await restoredFiles(folder, below));
    else files[below] = await readFile(join(folder, below), 'utf8');
  }
  return files;
}
