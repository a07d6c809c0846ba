// Reading one archive of QQ in a test, and looking at what came of it.

import type { Answers, Detection, Importer, Question } from '../../../src/importers/importer';
import type { FileSet } from '../../../src/bytes/source';
import type { ConversationRecord, MessageRecord, NeutralRecord, PersonRecord } from '../../../src/model/record';
import { messagesOf, readAll } from '../read-records';
import type { ConformanceSample } from '../samples';

export interface ReadSample {
  readonly files: FileSet;
  readonly detection: Detection;
  readonly questions: readonly Question[];
  readonly records: readonly NeutralRecord[];
  readonly messages: readonly MessageRecord[];
  /** The last word on each. */
  readonly people: readonly PersonRecord[];
  readonly conversations: readonly ConversationRecord[];
  /** Problems as `code raw`. */
  readonly problems: readonly string[];
  readonly structures: readonly string[];
}

/** Reads the only archive of a sample. */
export async function readSample(importer: Importer, sample: ConformanceSample, answers: Answers = {}): Promise<ReadSample> {
  return readSet(importer, await sample.open(), answers);
}

/** The same of files that are open. */
export async function readSet(importer: Importer, files: FileSet, answers: Answers = {}): Promise<ReadSample> {
  const detections = await importer.detect(files);
  const [detection] = detections;
  if (detection === undefined || detections.length > 1) throw new RangeError(`${detections.length} archives found`);
  const questions = await importer.ask(files, detection);
  const records = await readAll(importer, files, detection, answers);
  return {
    files,
    detection,
    questions,
    records,
    messages: messagesOf(records),
    people: lastOf(records.filter((record): record is PersonRecord => record.type === 'person')),
    conversations: lastOf(records.filter((record): record is ConversationRecord => record.type === 'conversation')),
    problems: records.flatMap((record) => (record.type === 'problem' ? [`${record.problem.code} ${record.problem.raw}`] : [])),
    structures: records.flatMap((record) => (record.type === 'structure' ? [record.name] : [])),
  };
}

function lastOf<Indexed extends { readonly index: number }>(records: readonly Indexed[]): readonly Indexed[] {
  return [...new Map(records.map((record) => [record.index, record])).values()];
}
