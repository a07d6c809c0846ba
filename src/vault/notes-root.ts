// The `notes` root on disk: a sealed row, and pages in a store of their own. A write is one short transaction that
// compares the root's number, puts the new pages and removes those they replace; there is nothing to sweep.

import { CamphorError } from '../model/error';
import type { ObjectId } from '../model/ids';
import type { Overlay, OverlayStamp } from '../model/overlay';
import { decodeJson, encodeJson, pageStore } from './catalogue';
import type { VaultContext } from './context';
import { type RootRow, stored } from './database';
import { openRow, sealRow } from './keyring';
import { newObjectId } from './object-id';
import { editTable, type Edits, emptyTable, type PageStore, type TableKind, type TableState } from './table';

export interface NotesContent {
  /** This device's name in stamps: random, given at the first write. */
  readonly device: string | null;
  readonly lastStamp: OverlayStamp | null;
  readonly overlays: TableState;
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** Texts by key, of which there may be very many: a table for each first part of the keys. Absent where none was ever kept. */
  readonly entries?: EntryTables;
}

export type EntryTables = readonly (readonly [part: string, table: TableState])[];

export interface NotesState {
  /** 0 where nothing was written yet. */
  readonly number: number;
  readonly content: NotesContent;
}

/** What a write puts and removes, sealed and ready. */
export interface SealedNotes {
  readonly base: number;
  readonly root: RootRow;
  readonly pages: ReadonlyMap<string, Uint8Array>;
  readonly replaced: readonly string[];
}

/** What a write changes in the tables. */
export interface NotesEdits {
  readonly overlays: Edits<Overlay>;
  readonly entries: Edits<string>;
}

export const overlayKind: TableKind<Overlay> = { name: 'overlays', weigh: () => 0 };

/** Texts whose keys have the same part before the first `/` lie in a table of their own. */
export const entryKind = (part: string): TableKind<string> => ({ name: `entries ${part}`, weigh: () => 0 });

export function firstPart(key: string): string {
  return key.includes('/') ? key.slice(0, key.indexOf('/')) : key;
}

const emptyNotes: NotesContent = { device: null, lastStamp: null, overlays: emptyTable, settings: [] };

const purposeOf = (number: number): string => `root notes ${number}`;

/** Throws CamphorError `locked`, even where there is nothing to open yet. */
export async function loadNotes({ database, keyring, codec }: VaultContext): Promise<NotesState> {
  keyring.key(keyring.epoch());
  const row = await stored(() => database.roots.get('notes'));
  if (row === undefined) return { number: 0, content: emptyNotes };
  if (row === true || !('sealed' in row)) throw new CamphorError('damaged');
  const packed = await openRow(keyring, row.id, purposeOf(row.number), row.sealed);
  return { number: row.number, content: decodeJson(codec, packed) as NotesContent };
}

/** Pages of the notes; what is written gathers in `written`. */
export function notesPages(context: VaultContext, written: Map<string, Uint8Array>): PageStore {
  const { database, keyring, codec, random, pages } = context;
  const read = async (id: ObjectId, purpose: string) => {
    const sealed = written.get(id) ?? (await stored(() => database.notes.get(id)));
    return openRow(keyring, id, purpose, sealed);
  };
  const write = async (purpose: string, plain: Uint8Array) => {
    const id = newObjectId(random, keyring.epoch());
    written.set(id, await sealRow(keyring, id, purpose, plain));
    return id;
  };
  return pageStore(codec, read, write, pages);
}

const pagesOf = ({ overlays, entries }: NotesContent): string[] =>
  [overlays, ...(entries ?? []).map(([, table]) => table)].flatMap(({ pages }) => pages.flatMap((page) => page ?? []));

async function editEntries(pages: PageStore, before: EntryTables, edits: Edits<string>): Promise<EntryTables> {
  const tables = new Map(before);
  const parts = new Map<string, Map<string, string | null>>();
  for (const [key, value] of edits) {
    const part = firstPart(key);
    parts.set(part, (parts.get(part) ?? new Map<string, string | null>()).set(key, value));
  }
  for (const [part, changes] of parts) tables.set(part, await editTable(pages, entryKind(part), tables.get(part) ?? emptyTable, changes));
  return [...tables];
}

export async function sealNotes(context: VaultContext, before: NotesState, content: NotesContent, edits: NotesEdits): Promise<SealedNotes> {
  const written = new Map<string, Uint8Array>();
  const pages = notesPages(context, written);
  const overlays = await editTable(pages, overlayKind, content.overlays, edits.overlays);
  const entries = await editEntries(pages, content.entries ?? [], edits.entries);
  const next: NotesContent = { ...content, overlays, ...(entries.length > 0 && { entries }) };
  const kept = new Set(pagesOf(next));
  const number = before.number + 1;
  const id = newObjectId(context.random, context.keyring.epoch());
  const root = { number, id, sealed: await sealRow(context.keyring, id, purposeOf(number), encodeJson(context.codec, next)) };
  const replaced = pagesOf(before.content).filter((page) => !kept.has(page));
  return { base: before.number, root, pages: new Map([...written].filter(([page]) => kept.has(page))), replaced };
}

/** Inside a transaction over `roots` and `notes`. False, with nothing written, when another write came between. */
export async function putNotes({ database }: VaultContext, notes: SealedNotes): Promise<boolean> {
  const current = (await database.roots.get('notes')) as RootRow | undefined;
  if ((current?.number ?? 0) !== notes.base) return false;
  await database.notes.bulkDelete([...notes.replaced]);
  await database.notes.bulkPut([...notes.pages.values()], [...notes.pages.keys()]);
  await database.roots.put(notes.root, 'notes');
  return true;
}
