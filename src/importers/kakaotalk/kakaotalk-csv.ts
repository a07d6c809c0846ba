// KakaoTalk's saved chats as CSV, from Macs: `Date,User,Message`, with wall clocks to the second. See README.md.

import { readCsvRows } from '../../bytes/csv-rows';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { FileEntry } from '../../bytes/source';
import type { MessageRecord, NeutralRecord } from '../../model/record';
import { noAttachments } from '../../model/record';
import { baseName, candidates, entryOf, folderOf } from '../archive-files';
import { dayOf } from '../calendar';
import type { Detection, Importer } from '../importer';
import { createPeople } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readCsvRecords, type PieceReader, type PlacedRow } from '../record-batches';
import { readBody, type MediaPlace } from './body';
import { titleOfCsv } from './head';
import { askOwner, isOwnerName } from './survey';

const headBytes = 65_536;
const askBytes = 1 << 19;
const peopleLimit = 1000;
const options = { delimiter: ',' } as const;

/** Importer of KakaoTalk's `.csv`. */
export const kakaoTalkCsv: Importer = {
  format: 'kakaotalk-csv',
  source: 'kakaotalk',

  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /\.csv$/i)) {
      const rows = await readHead(entry, headBytes);
      if (!isHeader(rows[0] ?? []) || !rows.slice(1).some(([date = '', , text]) => text !== undefined && readClock(date) !== null))
        continue;
      const title = titleOfCsv(baseName(entry.path));
      found.push({ format: 'kakaotalk-csv', formatVersion: 'mac', source: 'kakaotalk', entries: [index], title, isSingle: true });
    }
    return found;
  },

  async ask(files, detection) {
    const rows = await readHead(entryOf(files, detection), askBytes);
    const names = rows.slice(1).flatMap(([, user = '']) => (user === '' ? [] : [user]));
    return askOwner([...new Set(names)].slice(0, peopleLimit));
  },

  async *read(files, detection, { answers, onBytes }) {
    const entry = entryOf(files, detection);
    const reader = createRowReader({ files, folder: folderOf(entry.path) }, titleOfCsv(baseName(entry.path)), answers['owner'] ?? null);
    yield [reader.conversation()];
    yield* readCsvRecords({ source: entry.open(), entry: detection.entries[0] ?? 0, onBytes }, options, reader);
  },
};

function isHeader(fields: readonly string[]): boolean {
  return fields.length === 3 && fields.join().toLowerCase() === 'date,user,message';
}

/** Fields of the rows at the beginning of a file; the last may be cut. */
async function readHead(entry: FileEntry, limitBytes: number): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const batch of readCsvRows(sourceOfBytes(await entry.open().read(0, limitBytes)), options)) {
    for (const piece of batch) if (piece.kind === 'row') rows.push(piece.fields);
  }
  return rows;
}

const clock = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** The wall clock read as UTC, in ms; null where it is none. */
function readClock(text: string): number | null {
  const found = clock.exec(text.trim());
  if (found === null) return null;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  const day = dayOf(year, month, date);
  if (day < 0 || hour > 23 || minute > 59 || second > 59) return null;
  return day * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000;
}

function createRowReader(
  place: MediaPlace,
  name: string | null,
  owner: string | null,
): PieceReader<PlacedRow> & { conversation(): NeutralRecord } {
  const people = createPeople((person) => isOwnerName(person) || person === owner);
  let peopleCount = 0;
  const conversation = (): NeutralRecord => {
    return { type: 'conversation', index: 0, sourceId: null, name, shape: peopleCount > 2 ? 'group' : 'unknown' };
  };
  return {
    conversation,
    take({ fields, raw, span }, out) {
      const [date = '', user = '', text] = fields;
      const sentAtMs = readClock(date);
      if (span.offsetBytes === 0 && isHeader(fields)) return void out.push(structureOf('header', span));
      if (text === undefined || fields.length > 3) return void out.push(problemOf('not-understood', raw, span));
      if (sentAtMs === null) return void out.push(problemOf('bad-time', raw, span));
      const sender = user === '' ? -1 : people.named(user, 0, out);
      peopleCount = Math.max(peopleCount, sender + 1);
      out.push({ ...toMessage(sentAtMs, sender, text, place), ...span });
    },
    end: (out) => void out.push(conversation()),
  };
}

function toMessage(
  sentAtMs: number,
  sender: number,
  text: string,
  place: MediaPlace,
): Omit<MessageRecord, 'entry' | 'offsetBytes' | 'lengthBytes'> {
  const body = readBody(text, place);
  const own = { kind: 'system', text, attachments: noAttachments, facts: body.facts } as const;
  return { type: 'message', conversation: 0, sender, sourceId: null, sentAtMs, clock: 'second', ...(sender === -1 ? own : body) };
}
