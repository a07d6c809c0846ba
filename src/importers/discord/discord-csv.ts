// What DiscordChatExporter writes as CSV: `AuthorID,Author,Date,Content,Attachments,Reactions`, one channel a file. Neither
// ids of messages nor the channel are inside; the file's name may tell. See README.md.

import { readCsvRows } from '../../bytes/csv-rows';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../bytes/source';
import { candidates, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { createPeople } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readCsvRecords } from '../record-batches';
import type { PieceReader, PlacedRow } from '../record-batches';
import { keyOfChannel, numberChannels } from './channel-parts';
import { columnsOf, toRowMessage } from './csv-row';
import type { RowContext } from './csv-row';
import { channelOfName, orderChannels } from './file-name';
import { askOwner } from './owner';
import type { Writers } from './owner';

const headBytes = 64 * 1024;
const headerPattern = /^(?:\ufeff)?"?AuthorID"?,"?Author"?,"?Date"?,"?Content"?,"?Attachments"?,"?Reactions"?/;

/** Importer of DiscordChatExporter's `.csv` files; all of a set are one archive, the parts of a channel one conversation. */
export const discordCsv: Importer = {
  format: 'discord-csv',
  source: 'discord',
  detect,
  ask: (files, { entries }) => ask(files, entries),
  async *read(files, { entries }, { answers, onBytes }) {
    const owner = answers['owner'] ?? (await ask(files, entries))[0]?.guess ?? null;
    const people = createPeople((id) => id === owner);
    const channels = numberChannels();
    yield* readInTurn(files, entries, onBytes, async function* (place) {
      const path = files.entries[place.entry]?.path ?? '';
      const { id, name, shape } = channelOfName(path);
      const { index: conversation, isNew } = channels.open(keyOfChannel(id, place.entry));
      if (isNew) yield [{ type: 'conversation', index: conversation, sourceId: id, name, shape }];
      yield* readCsvRecords(place, { delimiter: ',' }, createReader({ files, folder: folderOf(path), conversation, people }));
    });
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const entries: number[] = [];
  for (const [entry, file] of candidates(files, /\.csv$/i)) {
    if (headerPattern.test(new TextDecoder().decode(await file.open().read(0, 256)))) entries.push(entry);
  }
  if (entries.length === 0) return [];
  return [{ format: 'discord-csv', formatVersion: 'chat-exporter', source: 'discord', ...orderChannels(files, entries) }];
}

function ask(files: FileSet, entries: readonly number[]): Promise<readonly Question[]> {
  return askOwner(entries, async (entry) => {
    const file = files.entries[entry];
    return file === undefined ? null : readWriters(file.open(), file.path);
  });
}

/** Who wrote the first 64 KiB. */
async function readWriters(source: ByteSource, path: string): Promise<Writers> {
  const { shape, channelName } = channelOfName(path);
  const authors = new Map<string, string>();
  const namesakes = new Set<string>();
  for await (const batch of readCsvRows(sourceOfBytes(await source.read(0, headBytes)), { delimiter: ',' })) {
    for (const row of batch) {
      const [id, name] = row.kind === 'row' ? row.fields : [];
      if (id === undefined || name === undefined || !/^\d{1,20}$/.test(id)) continue;
      if (!authors.has(id)) authors.set(id, name);
      if (name.replace(/#\d{4}$/, '') === channelName) namesakes.add(id);
    }
  }
  return { shape, authors, namesakes };
}

function createReader(context: RowContext): PieceReader<PlacedRow> {
  let columns: ReadonlyMap<string, number> | null = null;
  return {
    take({ fields, raw, span }, out) {
      if (columns === null) {
        columns = columnsOf(fields);
        out.push(structureOf('header', span));
        return;
      }
      out.push(toRowMessage(fields, columns, context, span, out) ?? problemOf('bad-time', raw, span));
    },
  };
}
