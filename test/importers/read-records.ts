// Reading an archive whole, and what must be true of the records of every importer.

import { expect } from 'vitest';
import type { FileSet } from '../../src/bytes/source';
import { answerId, type Answers, type Detection, type Importer } from '../../src/importers/importer';
import { problemCodes, problemRawLimitBytes } from '../../src/model/problem';
import { messageKinds, type MessageRecord, type NeutralRecord } from '../../src/model/record';

const batchLimit = 4096;
const greatestTimeMs = 8.64e15;

/** All records of one archive. Checks the size of batches. */
export async function readAll(importer: Importer, files: FileSet, detection: Detection, answers: Answers = {}): Promise<NeutralRecord[]> {
  const records: NeutralRecord[] = [];
  for await (const batch of importer.read(files, detection, { answers })) {
    expect(batch.length, 'a batch holds at most 4,096 records').toBeLessThanOrEqual(batchLimit);
    records.push(...batch);
  }
  return records;
}

export function messagesOf(records: readonly NeutralRecord[]): MessageRecord[] {
  return records.filter((record) => record.type === 'message');
}

/** The importer's guesses, as answers: so that a changed file is read with the facts of the whole one. */
export async function guessAnswers(importer: Importer, files: FileSet, detection: Detection): Promise<Answers> {
  const questions = await importer.ask(files, detection);
  return Object.fromEntries(questions.flatMap((question) => (question.guess === null ? [] : [[answerId(question), question.guess]])));
}

/** What the spans of an entry count, and up to where. */
function extentOf(files: FileSet, entry: number, records: readonly NeutralRecord[]): { unit: 'byte' | 'row'; end: number } {
  const rows = records.filter((record) => record.type === 'rows' && record.entry === entry);
  expect(rows.length, `rows of entry ${entry} are counted once`).toBeLessThanOrEqual(1);
  const [counted] = rows;
  if (counted?.type === 'rows') return { unit: 'row', end: counted.rowCount };
  return { unit: 'byte', end: files.entries[entry]!.open().sizeBytes };
}

/** True for an entry whose spans count rows. */
export function isDatabase(entry: number, records: readonly NeutralRecord[]): boolean {
  return records.some((record) => record.type === 'rows' && record.entry === entry);
}

/** Spans of messages, problems and structure must cover each claimed entry exactly, by bytes or by rows: no gap, no overlap. */
export async function expectTiling(files: FileSet, detection: Detection, records: readonly NeutralRecord[]): Promise<void> {
  for (const entry of detection.entries) {
    const { unit, end } = extentOf(files, entry, records);
    const spans = records
      .filter((record) => record.type === 'message' || record.type === 'problem' || record.type === 'structure')
      .filter((record) => record.entry === entry)
      .sort((one, other) => one.offsetBytes - other.offsetBytes || one.lengthBytes - other.lengthBytes);
    let at = 0;
    for (const span of [...spans, { type: 'end of file', offsetBytes: end, lengthBytes: 0 }]) {
      if (span.lengthBytes === 0 && span.type === 'problem') continue;
      if (span.offsetBytes !== at) {
        const from = Math.min(at, span.offsetBytes);
        const what = span.offsetBytes > at ? 'lie in no record' : 'lie in two records';
        const place = `${files.entries[entry]!.path}: ${unit}s ${from} to ${Math.max(at, span.offsetBytes)} ${what}, before ${span.type}`;
        if (unit === 'row') expect.fail(place);
        const bytes = await files.entries[entry]!.open().read(from, Math.min(Math.max(at, span.offsetBytes), from + 200));
        expect.fail(`${place}: ${JSON.stringify(new TextDecoder().decode(bytes))}`);
      }
      at = span.offsetBytes + span.lengthBytes;
    }
  }
}

/** What intake relies on in every record, whatever the bytes were. Gives the first fault in words, or null. */
export function findFault(files: FileSet, detection: Detection, records: readonly NeutralRecord[]): string | null {
  const conversations = new Set<number>();
  const people = new Set<number>();
  for (const [at, record] of records.entries()) {
    const fault = (): string | null => {
      if (record.type === 'conversation') {
        conversations.add(record.index);
        return null;
      }
      if (record.type === 'person') {
        people.add(record.index);
        if (record.sourceId === null && record.conversation === null) return 'a person without a source id needs a conversation';
        return record.conversation !== null && !conversations.has(record.conversation) ? 'its conversation was not emitted before' : null;
      }
      if (!detection.entries.includes(record.entry)) return `entry ${record.entry} is not claimed by the detection`;
      if (record.type === 'rows') return Number.isSafeInteger(record.rowCount) && record.rowCount >= 0 ? null : 'it counts no rows';
      if (!(record.offsetBytes >= 0 && record.lengthBytes >= 0)) return 'its span is negative';
      if (record.type === 'problem') {
        if (!problemCodes.includes(record.problem.code)) return `unknown problem code ${record.problem.code}`;
        return record.problem.raw.length > problemRawLimitBytes + 'base64:'.length ? 'its raw piece is above the limit' : null;
      }
      return record.type === 'message' ? findMessageFault(files, record, conversations, people) : null;
    };
    const found = fault();
    if (found !== null) return `record ${at}: ${found}: ${JSON.stringify(record).slice(0, 400)}`;
  }
  return null;
}

function findMessageFault(
  files: FileSet,
  message: MessageRecord,
  conversations: ReadonlySet<number>,
  people: ReadonlySet<number>,
): string | null {
  if (!conversations.has(message.conversation)) return 'its conversation was not emitted before';
  if (message.sender !== -1 && !people.has(message.sender)) return 'its sender was not emitted before';
  if (!Number.isInteger(message.sentAtMs) || Math.abs(message.sentAtMs) > greatestTimeMs) return `its time is no date: ${message.sentAtMs}`;
  if (!messageKinds.includes(message.kind)) return `unknown kind ${message.kind}`;
  if (typeof message.text !== 'string') return 'its text is no text';
  for (const attachment of message.attachments) {
    if ((attachment.entry === null) === (attachment.missing === null)) return 'an attachment is either in an entry or missing for a reason';
    if (attachment.entry !== null && !files.entries[attachment.entry]) return `there is no entry ${attachment.entry}`;
  }
  for (const entity of message.facts?.entities ?? []) {
    if (!(entity.offset >= 0 && entity.length >= 0 && entity.offset + entity.length <= message.text.length))
      return 'an entity lies outside the text';
  }
  return null;
}

/** Fails with the first record that differs. */
export function expectSame(actual: readonly NeutralRecord[], expected: readonly NeutralRecord[], what: string): void {
  const end = Math.max(actual.length, expected.length);
  for (let at = 0; at < end; at++) {
    const one = JSON.stringify(actual[at]);
    const other = JSON.stringify(expected[at]);
    if (one !== other) expect.fail(`${what}: record ${at} of ${expected.length} differs\n  is       ${one}\n  should be ${other}`);
  }
}
