// Where a download keeps its threads: `[your_facebook_activity/]messages/<box>/<slug>_<id>/message_<n>.json`.

/** The folders of `messages`; a thread may move from one to another between two downloads. */
const boxes = new Set(['inbox', 'archived_threads', 'filtered_threads', 'message_requests', 'e2ee_cutover', 'legacy_threads']);

export interface ThreadPlace {
  /** Where paths in the export begin: '' or ending in `/`. */
  readonly root: string;
  readonly threadId: string;
  /** Number of the file: 1 is the newest. */
  readonly part: number;
}

const filePattern = /(?:^|\/)([^/]+)\/message_(\d{1,6})\.(?:json|html)$/;
const idPattern = /_([A-Za-z0-9-]{10,})$/;

/** The thread and part that a path names; null for a path that may be anything. */
export function threadPlaceOf(path: string): ThreadPlace | null {
  const match = filePattern.exec(path);
  if (match === null) return null;
  const slug = match[1] ?? '';
  const above = path.slice(0, match.index).split('/');
  const isBoxed = boxes.has(above.at(-1) ?? '');
  if (!isBoxed && !idPattern.test(slug)) return null;
  return { root: rootAbove(isBoxed ? above.slice(0, -1) : above), threadId: threadIdOf(slug), part: Number(match[2]) };
}

/** The number of a file called `message_<n>`; null for any other. */
export function messagePart(path: string): number | null {
  const digits = /(?:^|\/)message_(\d{1,6})\.\w{1,8}$/.exec(path)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The id at the end of a thread's folder or `thread_path`: what stands before it follows the title. The whole where there is none. */
export function threadIdOf(slugOrPath: string): string {
  const slug = slugOrPath.slice(slugOrPath.lastIndexOf('/') + 1);
  return idPattern.exec(slug)?.[1] ?? slug;
}

/** True where a path speaks of Instagram, whose downloads are otherwise like Messenger's. */
export function isInstagram(path: string): boolean {
  return /instagram/i.test(path);
}

function rootAbove(folders: readonly string[]): string {
  const last = folders.at(-1) === 'messages' ? folders.slice(0, -1) : folders;
  const root = /^your_\w{1,20}_activity$/.test(last.at(-1) ?? '') ? last.slice(0, -1) : last;
  return root.length === 0 || (root.length === 1 && root[0] === '') ? '' : `${root.join('/')}/`;
}
