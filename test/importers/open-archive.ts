// An archive of a sample opened whole: its detection, what it asks, and its records.

import type { FileSet } from '../../src/bytes/source';
import type { Answers, Detection, Importer, Question } from '../../src/importers/importer';
import type { ConversationRecord, MessageRecord, NeutralRecord, PersonRecord } from '../../src/model/record';
import { messagesOf, readAll } from './read-records';
import type { ConformanceSample } from './samples';

export interface OpenedArchive {
  readonly files: FileSet;
  readonly detection: Detection;
  readonly questions: readonly Question[];
  readonly records: readonly NeutralRecord[];
  readonly messages: readonly MessageRecord[];
  /** The last word on each person and each conversation, by their numbers. */
  readonly people: readonly PersonRecord[];
  readonly conversations: readonly ConversationRecord[];
  /** Codes of the problems, in order. */
  readonly problems: readonly string[];
}

/** Opens the first archive that the importer finds; throws where it finds none. */
export async function openArchive(importer: Importer, sample: ConformanceSample, answers: Answers = {}): Promise<OpenedArchive> {
  const files = await sample.open();
  const [detection] = await importer.detect(files);
  if (detection === undefined) throw new Error(`${importer.format} does not recognise ${sample.name}`);
  const questions = await importer.ask(files, detection);
  const records = await readAll(importer, files, detection, answers);
  return {
    files,
    detection,
    questions,
    records,
    messages: messagesOf(records),
    people: lastOf(records.filter((record) => record.type === 'person')),
    conversations: lastOf(records.filter((record) => record.type === 'conversation')),
    problems: records.flatMap((record) => (record.type === 'problem' ? [record.problem.code] : [])),
  };
}

function lastOf<Item extends { readonly index: number }>(items: readonly Item[]): Item[] {
  const byIndex = new Map(items.map((item) => [item.index, item]));
  return [...byIndex.keys()].sort((one, other) => one - other).map((index) => byIndex.get(index)!);
}
