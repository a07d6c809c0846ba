// What Skype gave as "Export chats": messages.json, alone, in its folder or in its TAR. See README.md.

import type { FileSet } from '../../bytes/source';
import { readJsonPieces } from '../../bytes/json-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import { decodeHead } from '../../bytes/text-encoding';
import { candidates, detectBytes } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { createJsonReader } from '../json-pieces';
import { parseJson, words } from '../json-fields';
import { createPeople } from '../people';
import { readJsonRecords } from '../record-batches';
import { createTaker } from './reader';

/** Importer of Skype's messages.json; the parts of one account are one archive each. */
export const skypeJson: Importer = { format: 'skype-json', source: 'skype', detect, ask, read };

export const wantedPaths = ['conversations[*].MessageList[*]'] as const;

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [entry, file] of candidates(files, /(?:^|\/)messages[^/]*\.json$/i)) {
    const owner = await readOwner(await file.open().read(0, detectBytes));
    if (owner === null) continue;
    found.push({
      format: 'skype-json',
      formatVersion: 'export',
      source: 'skype',
      entries: [entry],
      title: owner.replace(/^8:(?:live:)?/, ''),
    });
  }
  return found;
}

/** Whose export begins so; null where it is none: a `userId`, then conversations with `MessageList` or `threadProperties`. */
async function readOwner(head: Uint8Array): Promise<string | null> {
  const text = decodeHead(head.subarray(0, 4096));
  if (!/^\s*\{/.test(text) || !text.includes('"userId"') || !text.includes('"conversations"')) return null;
  let owner: string | null = null;
  for await (const pieces of readJsonPieces(sourceOfBytes(head), { paths: wantedPaths })) {
    for (const { kind, parent, key, text: value } of pieces) {
      if (kind === 'member' && parent.length === 0 && key === 'userId') owner = words(parseJson(value));
      const isConversation = parent[0] === 'conversations' && (kind === 'item' || key === 'threadProperties');
      if (isConversation && owner !== null) return owner;
    }
  }
  return null;
}

/** The export names its owner. */
async function ask(files: FileSet, { entries }: Detection): Promise<readonly Question[]> {
  const owner = await readOwner((await files.entries[entries[0] ?? -1]?.open().read(0, detectBytes)) ?? new Uint8Array(0));
  return owner === null ? [] : [{ id: 'owner', options: [{ value: owner, label: owner }], guess: owner, certain: true }];
}

async function* read(
  files: FileSet,
  { entries }: Detection,
  { answers, onBytes }: Parameters<Importer['read']>[2],
): ReturnType<Importer['read']> {
  yield* readInTurn(files, entries, onBytes, async function* (place) {
    const owner = answers['owner'] ?? (await readOwner(await place.source.read(0, detectBytes)));
    const people = createPeople((id) => id === owner);
    const taker = createTaker(files, place.entry, owner, people);
    yield* readJsonRecords(place, { paths: wantedPaths }, createJsonReader(place.entry, taker));
  });
}
