// By what the app's own snapshots are known in a repository that others may use too.

import type { Snapshot } from '../repository/repository';

export const snapshotPaths: readonly string[] = ['/archive'];
export const snapshotTag = 'camphor';

export function isOurs({ tags, paths }: Pick<Snapshot, 'tags' | 'paths'>): boolean {
  return tags.includes(snapshotTag) && paths.length === snapshotPaths.length && paths.every((path, at) => path === snapshotPaths[at]);
}
