// What both forms of the ChatLab Format share as importers: detection and questions.

import type { FileEntry, FileSet } from '../../bytes/source';
import { candidates, detectBytes, entryOf } from '../archive-files';
import type { Detection, Question } from '../importer';
import { emptyHead, readHead } from './head';
import type { Head } from './head';
import { personPrefix } from './meta';

/** Members and the first senders are asked of more than detection may read. */
const askBytes = 1024 * 1024;

/** The ChatLab files of one form in the set. */
export async function detectForm(files: FileSet, form: Head['form']): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [index, entry] of candidates(files, /\.(jsonl?|ndjson)$/i)) {
    const head = await readHead(entry.open(), detectBytes);
    if (head?.form !== form) continue;
    const { version, meta } = head;
    found.push({
      format: `chatlab-${form}`,
      formatVersion: version,
      source: meta.source,
      entries: [index],
      title: meta.name,
      isSingle: true,
    });
  }
  return found;
}

/** The owner, where the file does not say whose it is; ChatLab's times are instants. */
export async function askOwner(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const { head } = await openDetected(files, detection);
  if (head.people.size === 0) return [];
  const options = [...head.people].map(([value, label]) => ({ value, label }));
  const { ownerId } = head.meta;
  if (ownerId === null) return [{ id: 'owner', options, guess: null, certain: false }];
  const owner = options.find(({ value }) => value === ownerId) ?? { value: ownerId, label: personPrefix(head.meta) + ownerId };
  return [{ id: 'owner', options: [owner], guess: ownerId, certain: true }];
}

/** The file of a detection, with its head as it is read for the records. */
export async function openDetected(files: FileSet, detection: Detection): Promise<{ index: number; entry: FileEntry; head: Head }> {
  const index = detection.entries[0] ?? -1;
  const entry = entryOf(files, detection);
  const form = detection.format === 'chatlab-jsonl' ? 'jsonl' : 'json';
  return { index, entry, head: (await readHead(entry.open(), askBytes)) ?? emptyHead(form) };
}
