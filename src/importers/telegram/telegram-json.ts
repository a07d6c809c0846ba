// Telegram Desktop's "Export chat history" and "Export Telegram data" as machine-readable JSON. See README.md.

import type { FileEntry, FileSet } from '../../bytes/source';
import { candidates, detectBytes, entryOf } from '../archive-files';
import type { Detection, Importer, Question } from '../importer';
import { readJsonRecords } from '../record-batches';
import { readHead, wantedPaths } from './head';
import type { Head } from './head';
import { createReader } from './reader';

/** Who wrote and whether there are instants is asked of more than detection may read. */
const askBytes = 4 * 1024 * 1024;

/** Importer of result.json: a single chat or a whole account, alone or beside its media. */
export const telegramJson: Importer = {
  format: 'telegram-json',
  source: 'telegram',
  detect,
  ask,
  read,
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [index, entry] of candidates(files, /\.json$/i)) {
    const head = await headOf(entry, detectBytes);
    if (!head.isTelegram) continue;
    const formatVersion = versionOf(head);
    const isSingle = formatVersion.startsWith('chat-');
    found.push({ format: 'telegram-json', formatVersion, source: 'telegram', entries: [index], title: head.title, isSingle });
  }
  return found;
}

async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const head = await headOf(entryOf(files, detection), askBytes);
  const questions: Question[] = [];
  const owner = ownerQuestion(head);
  if (owner !== null) questions.push(owner);
  if (head.hasWallClock) questions.push({ id: 'zone', options: [], guess: null, certain: false });
  return questions;
}

async function* read(
  files: FileSet,
  detection: Detection,
  { answers, onBytes }: Parameters<Importer['read']>[2],
): ReturnType<Importer['read']> {
  const entry = entryOf(files, detection);
  const head = await headOf(entry, askBytes);
  const index = detection.entries[0] ?? 0;
  const reader = createReader({ files, entry: index, head, owner: answers['owner'] ?? null });
  yield* readJsonRecords({ source: entry.open(), entry: index, onBytes }, { paths: wantedPaths }, reader);
}

async function headOf(entry: FileEntry, limitBytes: number): Promise<Head> {
  return readHead(entry.open(), limitBytes);
}

/** `chat` or `account`, and the years of the app that wrote it: 2018 (integer ids), 2021 (wall clocks only), 2022 and later. */
function versionOf(head: Head): string {
  if (head.ids === 'integers') return `${head.root}-2018`;
  return head.hasInstant || !head.hasWallClock ? `${head.root}-2022` : `${head.root}-2021`;
}

function ownerQuestion(head: Head): Question | null {
  const options = [...head.people].map(([value, label]) => ({ value, label }));
  const [only] = head.owners;
  if (only !== undefined && head.owners.size === 1) {
    return { id: 'owner', options: options.filter(({ value }) => value === only), guess: only, certain: true };
  }
  return options.length === 0 ? null : { id: 'owner', options, guess: null, certain: false };
}
