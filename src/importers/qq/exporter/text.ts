// One chat as a text file of qq-chat-exporter. See ../README.md.

import { sourceOfBytes } from '../../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../../bytes/source';
import type { NeutralRecord } from '../../../model/record';
import { entryOf, folderOf } from '../../archive-files';
import type { Detection, Importer, Question } from '../../importer';
import { readLineRecords } from '../../record-batches';
import { createOwnerSurvey } from '../owner';
import type { OwnerSurvey } from '../owner';
import { titleOf } from './json';
import { ownerBytes } from './owner-question';
import { detectText, textFormat } from './text-detect';
import { createTextReader } from './text-reader';

/** Importer of qq-chat-exporter's `.txt` files, versions 4 and 5. */
export const qceText: Importer = {
  format: textFormat,
  source: 'qq',
  detect: detectText,
  async ask(files, detection) {
    const owner = (await surveyOwner(files, detection)).question();
    const zone: Question = { id: 'zone', options: [], guess: null, certain: false };
    return owner === null ? [zone] : [owner, zone];
  },
  async *read(files, detection, { answers, onBytes }) {
    const owner = answers['owner'] ?? (await surveyOwner(files, detection)).guess().answer;
    yield* readText(files, detection, entryOf(files, detection).open(), owner, onBytes);
  },
};

async function surveyOwner(files: FileSet, detection: Detection): Promise<OwnerSurvey> {
  const survey = createOwnerSurvey();
  const head = sourceOfBytes(await entryOf(files, detection).open().read(0, ownerBytes));
  for await (const batch of readText(files, detection, head, null)) for (const record of batch) survey.take(record);
  return survey;
}

function readText(
  files: FileSet,
  detection: Detection,
  source: ByteSource,
  owner: string | null,
  onBytes?: (doneBytes: number) => void,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  const entry = detection.entries[0] ?? -1;
  const { path } = entryOf(files, detection);
  const place = { files, folders: [folderOf(path)], entry, path: `${files.name}/${path}`, title: titleOf(path) };
  const reader = createTextReader(place, owner);
  return readLineRecords({ source, entry, onBytes }, { encoding: 'utf-8' }, reader);
}
