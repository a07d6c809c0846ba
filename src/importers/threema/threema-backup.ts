// Data backups of Threema for Android: CSV files of one account, one for each conversation, with media beside them. The ZIP that they lie
// in has a password, which intake/locks asks for. See README.md.

import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { baseName, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer } from '../importer';
import { createPeople } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { type PieceReader, type PlacedRow, readCsvRecords } from '../record-batches';
import { type Conversation, conversationOf } from './conversation';
import { type MessageContext, toMessage } from './message';
import { cellsOf, type ReadCell } from './row';
import { createSideTables, isSideTable, sideTableOrder, type SideTables } from './side-tables';

const messageFile = /^(?:message|group_message|distribution_list_message)_[^/]+\.csv$/;
/** Threema's own state, without messages: what is sealed, settings, numbers used once, counts of reactions for choosing them. */
const stateFile = /^(?:settings|identity|nonces[^/]*\.csv|reaction_counts\.csv)$/;
const backupName = /threema-backup_([*A-Z0-9]{8})_/;
const headBytes = 1024;
const options = { delimiter: ',' } as const;

/** Importer of Threema's data backups, unpacked or in their ZIP. */
export const threemaBackup: Importer = {
  format: 'threema-backup',
  source: 'threema',

  async detect(files) {
    const byFolder = new Map<string, number[]>();
    for (const [entry, { path }] of files.entries.entries()) {
      if (!messageFile.test(baseName(path)) || !(await isMessageFile(files, entry))) continue;
      const folder = folderOf(path);
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), entry]);
    }
    return [...byFolder].map(([folder, messages]) => describe(files, folder, messages));
  },

  ask: async () => [],
  read,
};

async function isMessageFile(files: FileSet, entry: number): Promise<boolean> {
  const head = await files.entries[entry]?.open().read(0, headBytes);
  const [header = ''] = new TextDecoder().decode(head).split('\n', 1);
  return ['apiid', 'uid', 'isoutbox', 'posted_at', 'isstatusmessage'].every((name) => header.includes(`"${name}"`));
}

function describe(files: FileSet, folder: string, messages: readonly number[]): Detection {
  const beside = [...files.entries.entries()].filter(([, { path }]) => folderOf(path) === folder);
  const named = (isIt: (name: string) => boolean): number[] => beside.flatMap(([entry, { path }]) => (isIt(baseName(path)) ? [entry] : []));
  const nameAt = (entry: number): string => baseName(files.entries[entry]?.path ?? '');
  const sideTables = named(isSideTable).sort((one, other) => sideTableOrder(nameAt(one)) - sideTableOrder(nameAt(other)));
  return {
    format: 'threema-backup',
    formatVersion: 'android',
    source: 'threema',
    entries: [...sideTables, ...messages, ...named((name) => stateFile.test(name))],
    title: ownerOf(files, folder),
  };
}

/** The owner's id, which only names say: the ZIP's or the folder's. */
const ownerOf = (files: FileSet, folder: string): string | null => backupName.exec(folder)?.[1] ?? backupName.exec(files.name)?.[1] ?? null;

async function* read(files: FileSet, { entries }: Detection, { onBytes }: Parameters<Importer['read']>[2]): ReturnType<Importer['read']> {
  const folder = folderOf(files.entries[entries[0] ?? -1]?.path ?? '');
  const owner = ownerOf(files, folder) ?? 'me';
  const people = createPeople((id) => id === owner);
  const tables = createSideTables();
  const indexes = new Map<string, number>();
  yield* readInTurn(files, entries, onBytes, async function* (place) {
    const name = baseName(files.entries[place.entry]?.path ?? '');
    if (isSideTable(name)) return yield* readCsvRecords(place, options, createTableReader(name, tables));
    if (!messageFile.test(name)) {
      yield [structureOf(name, { entry: place.entry, offsetBytes: 0, lengthBytes: place.source.sizeBytes })];
      return onBytes?.((place.doneBefore ?? 0) + place.source.sizeBytes);
    }
    const conversation = conversationOf(name, tables);
    const out: NeutralRecord[] = [];
    const index = indexes.get(conversation.sourceId) ?? indexes.size;
    if (!indexes.has(conversation.sourceId)) out.push(recordOf(conversation, index));
    indexes.set(conversation.sourceId, index);
    for (const id of conversation.members) people.withId(id, tables.nameOf(id), out);
    yield out;
    yield* readCsvRecords(place, options, createMessageReader({ files, folder, people, tables, owner, conversation, index }));
  });
}

function recordOf({ sourceId, name, shape, extra }: Conversation, index: number): NeutralRecord {
  return { type: 'conversation', index, sourceId, name, shape, ...(extra !== null && { extra }) };
}

/** Rows by the names in the first one. */
function createRowReader(
  take: (cell: ReadCell, row: PlacedRow, names: readonly string[], out: NeutralRecord[]) => void,
): PieceReader<PlacedRow> {
  let names: readonly string[] | null = null;
  return {
    take(row, out) {
      if (names === null) {
        names = row.fields.map((name) => name.replace('\ufeff', ''));
        out.push(structureOf('header', row.span));
      } else take(cellsOf(names, row.fields), row, names, out);
    },
  };
}

function createTableReader(name: string, tables: SideTables): PieceReader<PlacedRow> {
  return createRowReader((cell, { raw, span }, _, out) => {
    out.push(tables.take(name, cell) ? structureOf(name, span) : problemOf('limit-reached', raw, span));
  });
}

function createMessageReader(context: MessageContext): PieceReader<PlacedRow> {
  return createRowReader((cell, row, names, out) => {
    out.push(toMessage(cell, row, names, context, out) ?? problemOf('bad-time', row.raw, row.span));
  });
}
