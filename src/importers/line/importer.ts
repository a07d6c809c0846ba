// LINE's saved chats: one text file a chat, from phones and computers, in any of its languages. See README.md.

import type { FileEntry, FileSet } from '../../bytes/source';
import { decodeHead, detectEncoding } from '../../bytes/text-encoding';
import { baseName, candidates, entryOf } from '../archive-files';
import type { Detection, Importer, Question } from '../importer';
import { readLineRecords } from '../record-batches';
import { readDateLine, type DateOrder } from './date-line';
import { isSavedLine, readTitle, titleOfFile } from './head';
import { readMessageLine } from './message-line';
import { createChatReader } from './reader';
import { guessOwner, surveyChat, type Survey } from './survey';

const headBytes = 65_536;
const headLines = 200;
/** Lines that may stand above the first date. */
const preambleLimit = 20;
const computerDate = /^\ufeff?\d{4}\.\d{1,2}\.\d{1,2} \p{L}/u;

/** Surveys by the set that they are of, so that asking and then reading surveys once. */
const surveys = new WeakMap<FileSet, Map<number, Promise<Survey>>>();

/** Importer of LINE's `.txt`. */
export const lineText: Importer = {
  format: 'line-text',
  source: 'line',

  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /\.txt$/i)) {
      const head = await readHead(entry);
      if (head === null) continue;
      const title = head.title ?? titleOfFile(baseName(entry.path))?.name ?? null;
      found.push({ format: 'line-text', formatVersion: head.version, source: 'line', entries: [index], title, isSingle: true });
    }
    return found;
  },

  async ask(files, detection) {
    const survey = await surveyOf(files, detection);
    const questions: Question[] = [];
    if (survey.order !== null) {
      const { guess, certain, example } = survey.order;
      const options = [...example.days].map(([value, day]) => ({ value, label: new Date(day * 86_400_000).toISOString().slice(0, 10) }));
      questions.push({ id: 'date-order', options, guess, certain });
    }
    if (survey.people.length > 0) {
      const options = survey.people.map((name) => ({ value: name, label: name }));
      questions.push({ id: 'owner', options, guess: guessOwner(survey), certain: false });
    }
    return [...questions, { id: 'zone', options: [], guess: null, certain: false }];
  },

  async *read(files, detection, { answers, onBytes }) {
    const entry = entryOf(files, detection);
    const survey = await surveyOf(files, detection);
    const reader = createChatReader({
      survey,
      title: survey.title ?? titleOfFile(baseName(entry.path)),
      owner: answers['owner'] ?? guessOwner(survey),
      order: orderOf(answers['date-order']) ?? survey.order?.guess ?? 'YMD',
    });
    yield reader.begin();
    yield* readLineRecords({ source: entry.open(), entry: detection.entries[0] ?? 0, onBytes }, {}, reader.lines);
  },
};

function orderOf(answer: string | undefined): DateOrder | null {
  return answer === 'DMY' || answer === 'MDY' ? answer : null;
}

function surveyOf(files: FileSet, detection: Detection): Promise<Survey> {
  const known = surveys.get(files) ?? new Map<number, Promise<Survey>>();
  surveys.set(files, known);
  const index = detection.entries[0] ?? -1;
  const survey = known.get(index) ?? surveyChat(entryOf(files, detection).open());
  known.set(index, survey);
  survey.catch(() => known.delete(index));
  return survey;
}

/**
 * What the beginning of a LINE chat says, or null: a title or a date line at the top, a message below a date. Without tabs
 * it must have the title, or begin with the date of a computer's file; else it may be anyone's diary.
 */
async function readHead(entry: FileEntry): Promise<{ title: string | null; version: string } | null> {
  const bytes = await entry.open().read(0, headBytes);
  const lines = decodeHead(bytes, detectEncoding(bytes).encoding).split(/\r?\n/, headLines);
  let title: string | null = null;
  let hasTitle = false;
  let dateAt = -1;
  for (const [at, line] of lines.entries()) {
    if (readDateLine(line) !== null) dateAt = dateAt < 0 ? at : dateAt;
    else if (dateAt < 0) {
      if (at >= preambleLimit) return null;
      const found = isSavedLine(line) ? null : readTitle(line);
      hasTitle ||= found !== null;
      title ??= found?.name ?? null;
    } else {
      const message = readMessageLine(line);
      if (message === null) continue;
      if (message.hasTabs) return { title, version: 'phone' };
      return hasTitle || (dateAt === 0 && computerDate.test(lines[0] ?? '')) ? { title, version: 'computer' } : null;
    }
  }
  return null;
}
