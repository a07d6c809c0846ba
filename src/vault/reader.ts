// One state of the archive, for reading.

import { freeBytes } from '../model/free-bytes';
import type { ByteSource } from '../bytes/source';
import { CamphorError } from '../model/error';
import type { ObjectId, PersonId, ReceiptId, Sha256Hex } from '../model/ids';
import type { Receipt } from '../model/receipt';
import { type ArchiveReader, type ConversationEntry, isHere, type MediaEntry, type PersonEntry } from './archive';
import { type Catalogue, decodeJson, pageStore, tableKinds, type TableName, type TableValues } from './catalogue';
import { type ChunkPlace, placeOf, rowOf } from './chunk-place';
import type { VaultContext } from './context';
import { stored } from './database';
import { openRow } from './keyring';
import { mediaSource } from './media';
import { type Edits, type PageStore, tablePages, tableValue } from './table';

export type TableEdits = { readonly [Name in TableName]: Map<string, TableValues[Name] | null> };

/** What a state is read from: the catalogue of a root, changes on top of it, and rows. */
export interface ArchiveState {
  readonly context: VaultContext;
  readonly rootNumber: number;
  readonly catalogue: Catalogue;
  readonly edits: TableEdits | null;
  /** Receipts set since, which get an object only when they are committed. */
  readonly newReceipts: ReadonlyMap<ReceiptId, Receipt>;
  /** Sealed rows in the order asked for; undefined where there is none. */
  fetchRows(rows: readonly string[]): Promise<readonly unknown[]>;
}

/** Chunks from their files, everything else from IndexedDB in one request. */
async function rowsOnDisk({ readRows, chunkFiles }: VaultContext, ids: readonly string[]): Promise<readonly unknown[]> {
  const places = ids.map(placeOf);
  if (places.every((place) => place === null)) return readRows(ids);
  const rows = ids.filter((_, at) => places[at] === null);
  const inRows = rows.length === 0 ? [] : await readRows(rows);
  const found = new Map<string, unknown>(rows.map((row, at) => [row, inRows[at]]));
  const files = await chunkFiles();
  return Promise.all(ids.map((id, at) => (places[at] ? stored(async () => files?.read(places[at] as ChunkPlace)) : found.get(id))));
}

export async function readObject(state: ArchiveState, row: string, purpose: string): Promise<Uint8Array> {
  const [sealed] = await state.fetchRows([row]);
  const opened = await openRow(state.context.keyring, rowOf(row), purpose, sealed);
  // What comes from a file was read for this call alone.
  if (placeOf(row) !== null && sealed instanceof Uint8Array) freeBytes(sealed as Uint8Array<ArrayBuffer>);
  return opened;
}

export function readablePages(state: ArchiveState): PageStore {
  const { codec, pages } = state.context;
  const nothingToWrite = () => Promise.reject(new CamphorError('unexpected'));
  return pageStore(codec, (id, purpose) => readObject(state, id, purpose), nothingToWrite, pages);
}

export async function findValue<Name extends TableName>(state: ArchiveState, name: Name, key: string): Promise<TableValues[Name] | null> {
  const edit = (state.edits?.[name] as Edits<TableValues[Name]> | undefined)?.get(key);
  if (edit !== undefined) return edit;
  return tableValue<TableValues[Name]>(readablePages(state), tableKinds[name] as never, state.catalogue[name], key);
}

/** All values of a table, changes included. */
export async function* allValues<Name extends TableName>(state: ArchiveState, name: Name): AsyncGenerator<TableValues[Name]> {
  const edits = state.edits?.[name] as Edits<TableValues[Name]> | undefined;
  for await (const page of tablePages<TableValues[Name]>(readablePages(state), tableKinds[name] as never, state.catalogue[name])) {
    for (const [key, value] of page) if (!edits?.has(key)) yield value;
  }
  for (const value of edits?.values() ?? []) if (value !== null) yield value;
}

async function listValues<Name extends TableName>(state: ArchiveState, name: Name): Promise<TableValues[Name][]> {
  const values: TableValues[Name][] = [];
  for await (const value of allValues(state, name)) values.push(value);
  return values;
}

export async function readJsonObject(state: ArchiveState, object: ObjectId, purpose: string): Promise<unknown> {
  return decodeJson(state.context.codec, await readObject(state, object, purpose));
}

export const notePurpose = (name: string): string => `note ${name}`;

export async function readNote(state: ArchiveState, name: string): Promise<unknown> {
  const note = await findValue(state, 'notes', name);
  return note === null ? null : readJsonObject(state, note.object, notePurpose(name));
}

export const receiptPurpose = (id: ReceiptId): string => `receipt ${id}`;

async function readReceipts(state: ArchiveState): Promise<readonly Receipt[]> {
  const kept = (await listValues(state, 'receipts')).filter(({ id }) => !state.newReceipts.has(id));
  const opened = await Promise.all(
    kept.map(async ({ id, object }) => (await readJsonObject(state, object, receiptPurpose(id))) as Receipt),
  );
  const receipts = [...opened, ...state.newReceipts.values()];
  return receipts.sort((a, b) => b.importedAtMs - a.importedAtMs || (a.id < b.id ? -1 : 1));
}

async function readPeople(state: ArchiveState): Promise<ReadonlyMap<PersonId, PersonEntry>> {
  return new Map((await listValues(state, 'people')).map((person) => [person.id, person]));
}

/** Lists that do not change are read once. */
function once<Value>(read: () => Promise<Value>, changes: boolean): () => Promise<Value> {
  let value: Promise<Value> | null = null;
  return () => {
    if (changes) return read();
    value ??= read().catch((error: unknown) => {
      value = null;
      throw error;
    });
    return value;
  };
}

function openMedia(state: ArchiveState, entry: MediaEntry): ByteSource {
  if (!isHere(entry)) throw new CamphorError('not-found', { what: 'medium-elsewhere' });
  return mediaSource(entry, (row) => readObject(state, row, 'media'));
}

/** The same for states between which rows were moved only. */
export const contentNumber = ({ catalogue, rootNumber }: ArchiveState): number => catalogue.content ?? rootNumber;

/** The state of a root as it lies on disk. */
export function stateOnDisk(context: VaultContext, rootNumber: number, catalogue: Catalogue): ArchiveState {
  return { context, rootNumber, catalogue, edits: null, newReceipts: new Map(), fetchRows: (rows) => rowsOnDisk(context, rows) };
}

/** Loaded when the first is opened: a list of conversations opens none. */
const opening = once(() => import('./read-segment'), false);

export function archiveReader(state: ArchiveState, release: () => void): ArchiveReader {
  const changes = state.edits !== null;
  const entries = once<readonly ConversationEntry[]>(() => listValues(state, 'conversations'), changes);
  return {
    rootNumber: state.rootNumber,
    contentNumber: contentNumber(state),
    conversations: once(async () => (await entries()).filter(({ parts }) => parts === undefined), changes),
    joined: once(async () => (await entries()).filter(({ parts }) => parts !== undefined), changes),
    conversation: (id) => findValue(state, 'conversations', id),
    people: once(() => readPeople(state), changes),
    receipts: () => readReceipts(state),
    media: (sha256: Sha256Hex) => findValue(state, 'media', sha256),
    mediaEntries: () => allValues(state, 'media'),
    readColumns: async (segment, columns) => (await opening()).readSegment(state, segment, columns),
    readMessages: async (segment) => (await opening()).readMessages(state, segment),
    openMedia: (entry) => openMedia(state, entry),
    readThumbnail: ({ thumbnail }) => (thumbnail === null ? Promise.resolve(null) : readObject(state, thumbnail.object, 'thumbnail')),
    readNote: (name) => readNote(state, name),
    release,
  };
}
