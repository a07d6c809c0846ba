// What Element exports of a room of Matrix as HTML: messages.html, messages2.html and so on, with files. See README.md.

import { textOf } from '../../bytes/html-query';
import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { candidates, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { parseInstant } from '../instant';
import { createPeople, type People } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readHtmlRecords, type PieceReader, type PlacedElement } from '../record-batches';
import { answeredWriting, surveyTimes, type SurveyedTimes } from '../written-order';
import { parseWrittenTime, timeIn, type TimeWriting } from '../written-time';
import { isWanted, readPageHead, timeTextOf, type PageHead } from './html-head';
import { isTile, readTileBody, readTileHead, type TileHead } from './html-tile';

/** Importer of Element's pages, one room a folder. */
export const matrixHtml: Importer = { format: 'matrix-html', source: 'matrix', detect, ask, read };

/** So many pages are looked into to see how times are written. */
const surveyedPages = 5;

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const rooms = new Map<string, { readonly entries: number[]; title: string | null }>();
  for (const [entry, file] of candidates(files, /(?:^|\/)messages[^/]{0,12}\.html$/i)) {
    const head = await readPageHead(files, entry);
    if (head === null) continue;
    const room = rooms.get(folderOf(file.path)) ?? { entries: [], title: null };
    rooms.set(folderOf(file.path), room);
    room.entries.push(entry);
    room.title ??= head.name;
  }
  const pageOf = (entry: number) => Number(/(\d{1,6})\.html$/i.exec(files.entries[entry]?.path ?? '')?.[1] ?? 1);
  return [...rooms.values()].map(({ entries, title }) => ({
    format: 'matrix-html',
    formatVersion: 'element',
    source: 'matrix',
    entries: entries.toSorted((one, other) => pageOf(one) - pageOf(other) || one - other),
    title,
    isSingle: true,
  }));
}

interface Survey extends SurveyedTimes {
  readonly heads: readonly PageHead[];
}

async function survey(files: FileSet, { entries }: Detection): Promise<Survey> {
  const found = await Promise.all(entries.slice(0, surveyedPages).map((entry) => readPageHead(files, entry)));
  const heads = found.filter((head) => head !== null);
  return { heads, ...surveyTimes(heads.flatMap(({ times }) => times)) };
}

async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const { heads, question } = await survey(files, detection);
  const owner = heads.map((head) => head.owner).find((id) => id !== null) ?? null;
  const senders = [...new Set(heads.flatMap((head) => [...head.senders]))].slice(0, 1000);
  const asked: Question = { id: 'owner', options: senders.map((value) => ({ value, label: value })), guess: null, certain: false };
  const named: Question = { id: 'owner', options: [{ value: owner ?? '', label: owner ?? '' }], guess: owner, certain: true };
  const zone: Question = { id: 'zone', options: [], guess: null, certain: false };
  return [...(owner !== null ? [named] : senders.length > 0 ? [asked] : []), ...(question === null ? [] : [question]), zone];
}

async function* read(
  files: FileSet,
  detection: Detection,
  { answers, onBytes }: Parameters<Importer['read']>[2],
): ReturnType<Importer['read']> {
  const surveyed = await survey(files, detection);
  const { heads } = surveyed;
  const owner = answers['owner'] ?? heads.map((head) => head.owner).find((id) => id !== null) ?? null;
  const roomId = heads.map((head) => head.roomId).find((id) => id !== null) ?? null;
  yield [{ type: 'conversation', index: 0, sourceId: roomId, name: detection.title, shape: 'unknown' }];
  const people = createPeople((idOrName) => idOrName === owner);
  const writing = answeredWriting(surveyed, answers);
  yield* readInTurn(files, detection.entries, onBytes, (place) => {
    const folder = folderOf(files.entries[place.entry]?.path ?? '');
    return readHtmlRecords(place, { isWanted, nests: true }, createReader(files, folder, people, writing));
  });
}

/** A tile that continues has the sender of the one before; a time of day alone is of the day above it. */
function createReader(files: FileSet, folder: string, people: People, writing: TimeWriting): PieceReader<PlacedElement> {
  let date = '';
  let sender = -1;
  const senderOf = ({ senderId, name }: TileHead, out: NeutralRecord[]): number => {
    if (senderId !== null) return people.withId(senderId, name, out);
    return name === null ? sender : people.named(name, 0, out);
  };
  return {
    take({ element, raw, span }, out) {
      if (!isTile(element)) {
        date = textOf(element).trim();
        return void out.push(structureOf('date', span));
      }
      const head = readTileHead(element);
      const time = readTime(head, date, writing);
      if (time === null) return void out.push(problemOf('bad-time', raw, span));
      const body = readTileBody(element, files, folder);
      sender = senderOf(head, out);
      out.push({
        type: 'message',
        conversation: 0,
        sender: body.kind === 'system' ? -1 : sender,
        sourceId: head.eventId,
        ...time,
        ...body,
        ...span,
      });
    },
  };
}

function readTime({ time, dateTime }: TileHead, date: string, writing: TimeWriting) {
  const instant = dateTime === null ? null : parseInstant(dateTime);
  if (instant !== null) return { sentAtMs: instant, clock: 'absolute' } as const;
  const written = time === null ? null : parseWrittenTime(timeTextOf(time, date));
  const sentAtMs = written && timeIn(written, writing);
  return written === null || sentAtMs === null ? null : { sentAtMs, clock: written.clock };
}
