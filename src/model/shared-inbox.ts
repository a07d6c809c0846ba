// Where what was shared with the app waits until its owner has been asked: a folder of the origin private file system, with one
// folder for each share, in which files have numbers. The service worker writes it, the page reads it.

export const sharedInboxFolder = 'shared';

/** Written last: what has none was cut short. A `SharedList` as JSON. */
export const sharedListFile = 'list.json';

export interface SharedList {
  readonly files: readonly SharedFile[];
}

/** Its content is the file named by its place in the list. The name is as the sharing app gave it. */
export interface SharedFile {
  readonly name: string;
  readonly sizeBytes: number;
}

/** What nobody looked at by then goes. */
export const sharedForMs = 24 * 3_600_000;

/** Whether what lies under this name has waited too long, or is no share at all. */
export function isLateShare(id: string, nowMs: number): boolean {
  return nowMs - (arrivedAtMsOf(id) ?? -Infinity) > sharedForMs;
}

/** More than any app shares at once; what is beyond is refused whole. */
export const sharedFilesLimit = 2000;

/** The name of a share's folder: when it came, and what makes it another one than the last. */
export function sharedId(arrivedAtMs: number, random: string): string {
  return `${arrivedAtMs}-${random}`;
}

/** When a share came; null where the folder is none. */
export function arrivedAtMsOf(id: string): number | null {
  const found = /^(\d{1,15})-\w+$/.exec(id);
  return found === null ? null : Number(found[1]);
}
