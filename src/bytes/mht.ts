// An MHT file (RFC 2557): a page saved with its pictures, as the parts of one MIME file. QQ's message manager writes such
// files of gigabytes, of which nothing is held: parts are ranges that are read in place.

import { boundaryOf, findMimeParts, sourceOfMimePart } from './mime-parts';
import type { MimePart } from './mime-parts';
import type { ArchiveLimits } from './limits';
import type { ByteSource, ContainerProblem, FileEntry } from './source';
import type { OpenedZip } from './zip';

/** The header of the file. */
const headerBytes = 65_536;
const pathLimit = 1024;

/** True for the first 512 bytes of a file that may be one. */
export function isMht(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head.subarray(0, 512));
  return /^[\w-]{1,60}:/.test(text) && /multipart\/related/i.test(text);
}

/**
 * The parts as files, under the names by which the page calls them (`1.html` for a page without one). What stands between
 * them, boundaries and headers, belongs to none. Null where there are no parts. Reads the file once; throws what it throws.
 */
export async function openMht(source: ByteSource, limits: ArchiveLimits): Promise<OpenedZip | null> {
  const boundary = boundaryOf(await source.read(0, headerBytes));
  if (boundary === null) return null;
  const { parts, isWhole, isLimited } = await findMimeParts(source, boundary, limits.entryCount);
  if (parts.length === 0) return null;
  const problems: ContainerProblem[] = [];
  if (isLimited) problems.push({ code: 'limit-reached', detail: `more than ${limits.entryCount} parts` });
  else if (!isWhole) problems.push({ code: 'entry-damaged', detail: 'the file ends inside of this part', entry: parts.length - 1 });
  const entries = parts.map((part, index): FileEntry => {
    return { path: pathOf(part, index), sizeBytes: part.sizeBytes, modifiedAtMs: null, open: () => sourceOfMimePart(source, part) };
  });
  return { entries, problems, directory: null };
}

const extensions: ReadonlyMap<string, string> = new Map([
  ['text/html', '.html'],
  ['text/css', '.css'],
  ['text/plain', '.txt'],
  ['image/jpeg', '.jpg'],
  ['image/png', '.png'],
  ['image/gif', '.gif'],
]);

function pathOf({ location, mime }: MimePart, index: number): string {
  return location?.slice(0, pathLimit) || `${index + 1}${extensions.get(mime ?? '') ?? ''}`;
}
