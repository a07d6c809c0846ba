// Who "me" is: DiscordChatExporter does not say. The archives of direct chats let it be guessed, since such a channel bears
// the other one's name.

import type { FileSet } from '../../bytes/source';
import type { Question } from '../importer';
import { readExportHead } from './export-head';

/** So many files are looked into, and so many people are offered. */
const askedEntries = 50;
const optionLimit = 200;

/** The question `owner`; none where nobody is known to have written. */
export async function askOwner(files: FileSet, entries: readonly number[]): Promise<readonly Question[]> {
  const people = new Map<string, string>();
  const sides = new Set<string>();
  for (const entry of entries.slice(0, askedEntries)) {
    const file = files.entries[entry];
    const head = file === undefined ? null : await readExportHead(file.open());
    if (head === null) continue;
    for (const [id, name] of head.authors) {
      if (people.size < optionLimit && !people.has(id)) people.set(id, name);
      if (head.channel.shape === 'direct' && head.namesakes.size > 0 && !head.namesakes.has(id)) sides.add(id);
    }
  }
  if (people.size === 0) return [];
  const options = [...people].map(([value, label]) => ({ value, label }));
  const guess = sides.size === 1 ? ([...sides][0] ?? null) : null;
  return [{ id: 'owner', options, guess, certain: false }];
}
