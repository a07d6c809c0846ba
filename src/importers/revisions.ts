// How far each importer understands its format. A number is raised here when an importer learns to read what it kept raw as
// problems before: then imports that an earlier revision made are offered to be read again, once.

const revisions: ReadonlyMap<string, number> = new Map<string, number>([]);

/** The revision of a format's importer; 1 where it never learned anything since. */
export function revisionOf(format: string): number {
  return revisions.get(format) ?? 1;
}
