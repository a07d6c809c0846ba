// The text files (`.txt`) of QQ's message manager: one conversation or all, in any encoding. See ../README.md.

import { sourceOfBytes } from '../../../bytes/memory-source';
import type { ByteSource, FileEntry } from '../../../bytes/source';
import type { NeutralRecord } from '../../../model/record';
import { entryOf } from '../../archive-files';
import type { Importer, Question } from '../../importer';
import { readLineRecords } from '../../record-batches';
import { createOwnerSurvey } from '../owner';
import type { OwnerSurvey } from '../owner';
import { detectText, readTextHead, textFormat, titleOf } from './text-detect';
import { createTextReader } from './text-reader';

/** The people of a file are asked of its first megabyte. */
const surveyBytes = 1 << 20;

/** Importer of the message manager's text files. */
export const qqText: Importer = {
  format: textFormat,
  source: 'qq',
  detect: detectText,
  async ask(files, detection) {
    const owner = (await surveyOwner(entryOf(files, detection))).question();
    const zone: Question = { id: 'zone', options: [], guess: null, certain: false };
    return owner === null ? [zone] : [owner, zone];
  },
  async *read(files, detection, { answers, onBytes }) {
    const entry = entryOf(files, detection);
    const owner = answers['owner'] ?? (await surveyOwner(entry)).guess().answer;
    yield* readRecords(entry, entry.open(), detection.entries[0] ?? 0, owner, onBytes);
  },
};

async function surveyOwner(entry: FileEntry): Promise<OwnerSurvey> {
  const survey = createOwnerSurvey();
  const head = sourceOfBytes(await entry.open().read(0, surveyBytes));
  for await (const batch of readRecords(entry, head, 0, null)) for (const record of batch) survey.take(record);
  return survey;
}

async function* readRecords(
  { path }: FileEntry,
  source: ByteSource,
  entry: number,
  owner: string | null,
  onBytes?: (doneBytes: number) => void,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  const encoding = (await readTextHead(source))?.encoding ?? null;
  yield* readLineRecords({ source, entry, onBytes }, encoding === null ? {} : { encoding }, createTextReader(titleOf(path), owner));
}
