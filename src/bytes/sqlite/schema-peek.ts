// What tables a file holds, by reading little of it and without the engine: for detection, which every importer does.

import type { FileEntry } from '../source';
import { pagesThroughCipher } from './cipher-pages';
import type { PageCipher } from './cipher-pages';
import { bytesBefore, sourceFrom } from './database-head';
import type { DatabasePages } from './pages';
import { headerBytes, isSqlite, pageSizeOf } from './pages';
import { decodeRecord, encodingOf } from './record-format';
import { walkTable } from './table-tree';

/** Names of tables (indexes, views and triggers are left out) and the SQL that makes each. */
export type PeekedSchema = ReadonlyMap<string, string>;

/** All that is read of one file. */
const peekBytes = 256 * 1024;
const firstReadBytes = 16 * 1024;
/** Each round of reading takes the pages that the round before found missing. */
const rounds = 6;

const peeked = new WeakMap<FileEntry, Promise<PeekedSchema | null>>();

/** Null for what is no database; tables beyond the first 256 KiB of the schema are not seen. Never throws for foreign bytes; throws what the source throws. */
export function peekSchema(entry: FileEntry): Promise<PeekedSchema | null> {
  const known = peeked.get(entry);
  if (known !== undefined) return known;
  const schema = readSchema(entry);
  peeked.set(entry, schema);
  return schema;
}

async function readSchema(entry: FileEntry): Promise<PeekedSchema | null> {
  if (entry.sizeBytes < headerBytes) return null;
  const file = entry.open();
  const begin = await file.read(0, firstReadBytes);
  const { cipher } = file;
  const before = cipher?.prefixBytes ?? bytesBefore(begin);
  const source = sourceFrom(file, before);
  const head = begin.subarray(before);
  if (cipher === undefined && !isSqlite(head)) return null;
  const pages = new PeekedPages(head, cipher?.pageSizeBytes ?? sizeOfPages(head));
  if (pages.pageSizeBytes === 0) return null;
  let readBytes = head.length;
  for (let round = 0; ; round++) {
    const schema = readTables(opened(pages, cipher));
    const missing = pages.takeMissing();
    if (missing.length === 0 || round === rounds) return schema;
    for (const number of missing) {
      readBytes += pages.pageSizeBytes;
      if (readBytes > peekBytes) return readTables(opened(pages, cipher));
      pages.add(number, await source.read((number - 1) * pages.pageSizeBytes, number * pages.pageSizeBytes));
    }
  }
}

/** Anew each round: what was missing in one is there in the next. */
function opened(pages: PeekedPages, cipher: PageCipher | undefined): DatabasePages {
  return cipher === undefined ? pages : pagesThroughCipher(pages, cipher.openPage);
}

/** 0 where the header gives none. */
function sizeOfPages(head: Uint8Array): number {
  try {
    return pageSizeOf(head);
  } catch {
    return 0;
  }
}

/** Pages of the head, and those that were read since; asks for the rest by `takeMissing`. */
class PeekedPages implements DatabasePages {
  readonly pageSizeBytes: number;
  readonly pageCount = 0;
  readonly committedPageCount = null;
  readonly #head: Uint8Array;
  readonly #added = new Map<number, Uint8Array>();
  #missing = new Set<number>();

  constructor(head: Uint8Array, pageSizeBytes: number) {
    this.#head = head;
    this.pageSizeBytes = pageSizeBytes;
    if (head.length < pageSizeBytes) this.#missing.add(1);
  }

  readPage(number: number): Uint8Array {
    const added = this.#added.get(number);
    if (added !== undefined) return added;
    const page = this.#head.subarray((number - 1) * this.pageSizeBytes, number * this.pageSizeBytes);
    if (page.length < this.pageSizeBytes) this.#missing.add(number);
    return page;
  }

  add(number: number, page: Uint8Array): void {
    this.#added.set(number, page);
  }

  takeMissing(): readonly number[] {
    const missing = [...this.#missing].filter((number) => !this.#added.has(number));
    this.#missing = new Set();
    return missing;
  }
}

function readTables(pages: DatabasePages): PeekedSchema {
  const encoding = encodingOf(pages.readPage(1));
  const tables = new Map<string, string>();
  for (const step of walkTable(pages, 1)) {
    const [type, name, , , sql] = (step.kind === 'row' && decodeRecord(step.payload, encoding)) || [];
    if (type === 'table' && typeof name === 'string') tables.set(name, typeof sql === 'string' ? sql : '');
  }
  return tables;
}
