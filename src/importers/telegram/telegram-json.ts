// Telegram Desktop's "Export chat history" and "Export Telegram data" as machine-readable JSON. See README.md.

import { readJsonPieces } from '../../bytes/json-elements';
import type { FileEntry, FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import type { Detection, Importer, Question } from '../importer';
import { readHead, wantedPaths } from './head';
import type { Head } from './head';
import { createReader } from './reader';

const detectBytes = 256 * 1024;
/** Who wrote and whether there are instants is asked of more than detection may read. */
const askBytes = 4 * 1024 * 1024;
const batchLimit = 4096;
/** In a small set every file is looked at, in a large one those that are named as JSON: the rest are media. */
const smallSetEntries = 16;

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
  for (const [index, entry] of files.entries.entries()) {
    if (files.entries.length > smallSetEntries && !/\.json$/i.test(entry.path)) continue;
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
  const reader = createReader({ files, entry: detection.entries[0] ?? 0, head, owner: answers['owner'] ?? null });
  let batch: NeutralRecord[] = [];
  for await (const pieces of readJsonPieces(entry.open(), { paths: wantedPaths })) {
    for (const piece of pieces) {
      if (batch.length > batchLimit - recordsOfOnePiece) {
        yield batch;
        batch = [];
      }
      reader.take(piece, batch);
    }
    const last = pieces.at(-1);
    if (last !== undefined) onBytes?.(last.offsetBytes + last.lengthBytes);
  }
  reader.end(batch);
  if (batch.length > 0) yield batch;
}

/** At most: the chat before and this one, the owner again, a sender, the message, its damage. */
const recordsOfOnePiece = 8;

function entryOf(files: FileSet, detection: Detection): FileEntry {
  const entry = files.entries[detection.entries[0] ?? -1];
  if (entry === undefined) throw new RangeError('the detection is of another set of files');
  return entry;
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
