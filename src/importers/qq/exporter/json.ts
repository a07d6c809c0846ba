// One chat as one JSON file of qq-chat-exporter. See ../README.md.

import type { FileSet } from '../../../bytes/source';
import { baseName, candidates, detectBytes, entryOf } from '../../archive-files';
import type { Detection, Importer } from '../../importer';
import { createJsonReader } from '../../json-pieces';
import { readJsonRecords } from '../../record-batches';
import { messagePaths, noHead, readExportHead, toConversation } from './export-head';
import { askOwner, ownerBytes } from './owner-question';
import { createTaker } from './message-taker';
import { words } from '../../json-fields';

/** Importer of qq-chat-exporter's `.json` files, versions 4 and 5. */
export const qceJson: Importer = {
  format: 'qq-qce-json',
  source: 'qq',
  detect,
  async ask(files, detection) {
    return askOwner((await readExportHead(entryOf(files, detection).open(), ownerBytes)) ?? noHead);
  },
  async *read(files, detection, { answers, onBytes }) {
    const index = detection.entries[0] ?? -1;
    const entry = entryOf(files, detection);
    const head = (await readExportHead(entry.open(), ownerBytes)) ?? noHead;
    yield [toConversation(head, `${files.name}/${entry.path}`, titleOf(entry.path))];
    const taker = createTaker(files, index, head.chat, answers['owner'] ?? null);
    yield* readJsonRecords({ source: entry.open(), entry: index, onBytes }, { paths: messagePaths }, createJsonReader(index, taker));
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [index, entry] of candidates(files, /\.json$/i)) {
    const head = await readExportHead(entry.open(), detectBytes);
    if (head === null || head.chunks !== null) continue;
    const { version, chat } = head;
    const title = words(chat['name']) ?? titleOf(entry.path);
    found.push({ format: 'qq-qce-json', formatVersion: version, source: 'qq', entries: [index], title, isSingle: true });
  }
  return found;
}

/** The name of a file without what says its type. */
export function titleOf(path: string): string {
  return baseName(path).replace(/\.(?:jsonl?|txt)$/i, '');
}
