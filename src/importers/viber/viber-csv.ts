// What Viber on phones sends as an e-mail backup: a table for each chat, of date, time, sender, number and text. See README.md.

import { readCsvRows } from '../../bytes/csv-rows';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { FileEntry, FileSet } from '../../bytes/source';
import { noAttachments, type ConversationRecord } from '../../model/record';
import { baseName, candidates, detectBytes, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { countMembers } from '../member-count';
import { createPeople, type People } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readCsvRecords, type PieceReader, type PlacedRow } from '../record-batches';
import { answeredWriting, surveyTimes, type SurveyedTimes } from '../written-order';
import { parseWrittenTime, timeIn, type TimeWriting } from '../written-time';

const format = 'viber-csv';
/** What the phone calls its owner, in English. */
const ownName = 'Me';
/** So many files are looked into, and so much of each. */
const surveyedFiles = 50;
const surveyedBytes = 64 * 1024;

/** Importer of the tables of one backup; each is a chat. */
export const viberCsv: Importer = {
  format,
  source: 'viber',
  detect,
  ask,
  async *read(files, detection, { answers, onBytes }) {
    const heads = await readHeads(files, detection);
    const owner = answers['owner'] ?? ownerQuestion(heads)?.guess ?? null;
    const people = createPeople((idOrName) => idOrName === owner);
    const writing = answeredWriting(survey(heads), answers);
    const indexes = new Map(detection.entries.map((entry, index) => [entry, index]));
    yield* readInTurn(files, detection.entries, onBytes, async function* (place) {
      const index = indexes.get(place.entry) ?? 0;
      const chat = { type: 'conversation', index, sourceId: null, name: titleOf(files, place.entry), shape: 'unknown' } as const;
      yield [chat];
      yield* readCsvRecords(place, {}, createReader(chat, people, writing));
    });
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const byFolder = new Map<string, number[]>();
  for (const [entry, file] of candidates(files, /\.(?:csv|txt)$/i)) {
    if (!isTable(await readRows(file, detectBytes))) continue;
    const folder = folderOf(file.path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), entry]);
  }
  return [...byFolder.values()].map((entries): Detection => {
    const isSingle = entries.length === 1;
    const title = isSingle ? titleOf(files, entries[0] ?? -1) : null;
    return { format, formatVersion: 'email', source: 'viber', entries, title, isSingle };
  });
}

function titleOf(files: FileSet, entry: number): string | null {
  return baseName(files.entries[entry]?.path ?? '').replace(/\.(?:csv|txt)$/i, '') || null;
}

/** Fields of the rows at the beginning of a file, but for the last, which may be cut. */
async function readRows(file: FileEntry, limitBytes: number): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const batch of readCsvRows(sourceOfBytes(await file.open().read(0, limitBytes)))) {
    for (const piece of batch) if (piece.kind === 'row' && piece.fields.length > 0) rows.push(piece.fields);
  }
  return file.sizeBytes > limitBytes ? rows.slice(0, -1) : rows;
}

const datePattern = /^\d{1,4}([./-])\d{1,2}\1\d{1,4}\.?$/;
const clockPattern = /^\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?\p{L}[\p{L}. ]{0,12})?$/u;
const numberPattern = /^\+?\d[\d ()-]{3,24}$/;
const headWords = /^date,time,(?:sender|name|from),(?:phone|number)[^,]{0,20},(?:message|text)$/i;

function isHead(fields: readonly string[]): boolean {
  return headWords.test(fields.map((field) => field.trim()).join(','));
}

function isMessage([date = '', clock = '', sender, number, text]: readonly string[]): boolean {
  const hasAll = sender !== undefined && number !== undefined && text !== undefined;
  return hasAll && datePattern.test(date.trim()) && clockPattern.test(clock.trim()) && isNumberOrNone(number);
}

function isNumberOrNone(text: string): boolean {
  return text.trim() === '' || numberPattern.test(text.trim());
}

/** Five columns of which the fourth is a number, now and then with `+`: no other table is so. A few rows may be broken. */
function isTable(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows;
  const messages = first !== undefined && isHead(first) ? rest : rows;
  const whole = messages.filter(isMessage);
  const beginsSo = messages[0]?.length === 5 && messages[0] === whole[0];
  return beginsSo && whole.length * 5 >= messages.length * 4 && whole.some(([, , , number = '']) => number.trim().startsWith('+'));
}

interface TableHead {
  readonly senders: readonly (readonly [key: string, label: string | null])[];
  readonly times: readonly string[];
}

async function readHeads(files: FileSet, { entries }: Detection): Promise<readonly TableHead[]> {
  const found = await Promise.all(
    entries.slice(0, surveyedFiles).map(async (entry): Promise<TableHead | null> => {
      const file = files.entries[entry];
      const rows = file === undefined ? [] : (await readRows(file, surveyedBytes)).filter(isMessage);
      return { senders: rows.map(([, , name = '', number = '']) => [keyOf(name, number), name.trim()] as const), times: rows.map(timeOf) };
    }),
  );
  return found.filter((head) => head !== null);
}

function survey(heads: readonly TableHead[]): SurveyedTimes {
  return surveyTimes(heads.flatMap(({ times }) => times));
}

function timeOf([date = '', clock = '']: readonly string[]): string {
  return `${date.trim()} ${clock.trim()}`;
}

/** People are known by their number, else by name in the chat. */
function keyOf(name: string, number: string): string {
  const digits = number.replaceAll(/[^\d+]/g, '');
  return digits.length > 4 ? digits : name.trim();
}

async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const heads = await readHeads(files, detection);
  const questions = [ownerQuestion(heads), survey(heads).question, { id: 'zone', options: [], guess: null, certain: false } as const];
  return questions.filter((question) => question !== null);
}

/** Whoever the phone calls "Me", else whoever is in every chat. */
function ownerQuestion(heads: readonly TableHead[]): Question | null {
  const count = countMembers();
  for (const { senders } of heads) count.take(senders);
  const question = count.question();
  const own = question?.options.filter(({ label }) => label === ownName) ?? [];
  return question !== null && own.length === 1 ? { ...question, guess: own[0]?.value ?? null } : question;
}

function createReader(chat: ConversationRecord, people: People, writing: TimeWriting): PieceReader<PlacedRow> {
  const senders = new Map<string, string>();
  const personOf = (name: string, number: string, out: Parameters<PieceReader<PlacedRow>['take']>[1]): number => {
    const key = keyOf(name, number);
    const label = name.trim() === '' ? null : name.trim();
    if (key === '') return -1;
    senders.set(key, label ?? key);
    return key === name.trim() ? people.named(label, chat.index, out) : people.withId(key, label, out);
  };
  return {
    take({ fields, raw, span }, out) {
      const [, , name = '', number = '', ...texts] = fields;
      if (span.offsetBytes === 0 && isHead(fields)) return void out.push(structureOf('header', span));
      if (texts.length === 0 || !isNumberOrNone(number)) return void out.push(problemOf('not-understood', raw, span));
      const time = parseWrittenTime(timeOf(fields));
      const sentAtMs = time && timeIn(time, writing);
      if (time === null || sentAtMs === null) return void out.push(problemOf('bad-time', raw, span));
      const sender = personOf(name, number, out);
      // A text with commas may stand without quotation marks.
      const text = texts.join(',');
      const kind = sender === -1 ? 'system' : 'text';
      const base = { type: 'message', conversation: chat.index, sourceId: null, attachments: noAttachments, facts: null } as const;
      out.push({ ...base, sender, sentAtMs, clock: time.clock, kind, text, ...span });
    },
    end(out) {
      const isPair = senders.size <= 2 && chat.name !== null && [...senders.values()].includes(chat.name);
      const shape = senders.size > 2 ? 'group' : isPair ? 'direct' : 'unknown';
      if (shape !== 'unknown') out.push({ ...chat, shape });
    },
  };
}
