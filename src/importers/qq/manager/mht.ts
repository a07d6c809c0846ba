// The MHT files of QQ's message manager: a page, and its pictures as parts of the same file. The set of files is that of the
// parts, as bytes/file-set.ts opens it. See ../README.md.

import { sourceOfBytes } from '../../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../../bytes/source';
import type { NeutralRecord } from '../../../model/record';
import { candidates, detectBytes, entryOf } from '../../archive-files';
import type { Detection, Importer, Question } from '../../importer';
import { readHtmlRecords } from '../../record-batches';
import { createOwnerSurvey } from '../owner';
import type { OwnerSurvey } from '../owner';
import { createMhtReader, isRow } from './mht-reader';

const format = 'qq-mht';
const surveyBytes = 1 << 20;
const messageLimitBytes = 4 << 20;

/** Importer of the message manager's MHT files. */
export const qqMht: Importer = {
  format,
  source: 'qq',
  detect,
  async ask(files, detection) {
    const owner = (await surveyOwner(files, detection)).question();
    const zone: Question = { id: 'zone', options: [], guess: null, certain: false };
    return owner === null ? [zone] : [owner, zone];
  },
  async *read(files, detection, { answers, onBytes }) {
    const owner = answers['owner'] ?? (await surveyOwner(files, detection)).guess().answer;
    yield* readPage(files, detection, entryOf(files, detection).open(), owner, onBytes);
  },
};

/** A page of the message manager, by its title and its first rows. */
async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [index, entry] of candidates(files, /\.html?$/i)) {
    const source = entry.open();
    const head = new TextDecoder().decode(await source.read(0, detectBytes));
    if (!/<title>QQ Message<\/title>/i.test(head)) continue;
    const names = [...head.matchAll(/>消息对象[:：]([^<]{0,200})</g)].map(([, name = '']) => name);
    const title = names.length === 1 ? (names[0] ?? null) : titleOf(files.name);
    const isSingle = names.length <= 1 && source.sizeBytes <= detectBytes;
    found.push({ format, formatVersion: 'mht', source: 'qq', entries: [index], title, ...(isSingle ? { isSingle } : {}) });
  }
  return found;
}

function titleOf(name: string): string {
  return name.replace(/\.mht(?:ml)?$/i, '');
}

async function surveyOwner(files: FileSet, detection: Detection): Promise<OwnerSurvey> {
  const survey = createOwnerSurvey();
  const head = sourceOfBytes(await entryOf(files, detection).open().read(0, surveyBytes));
  for await (const batch of readPage(files, detection, head, null)) for (const record of batch) survey.take(record);
  return survey;
}

function readPage(
  files: FileSet,
  detection: Detection,
  source: ByteSource,
  owner: string | null,
  onBytes?: (doneBytes: number) => void,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  const place = { source, entry: detection.entries[0] ?? -1, onBytes };
  const options = { isWanted: isRow, encoding: 'utf-8', pieceLimitBytes: messageLimitBytes } as const;
  return readHtmlRecords(place, options, createMhtReader(files, titleOf(files.name), owner));
}
