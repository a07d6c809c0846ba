// Search engines that Camphor is measured against, each over the same texts in memory.
import { create, insertMultiple, save, search } from '@orama/orama';
import FlexSearch from 'flexsearch';
import MiniSearch from 'minisearch';
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import sqliteWasmUrl from '@sqlite.org/sqlite-wasm/sqlite3.wasm?url';

export interface PeerEngine {
  /** Places of texts that match the words; `limit` of them where the engine can stop early. */
  find(words: string, isPhrase: boolean, limit: number): number[] | Promise<number[]>;
  /** What it takes when it is kept; null where it cannot be written in one piece. */
  sizeBytes(): number | null | Promise<number | null>;
}

/** Han is cut into pairs and single characters, the rest into words: what the libraries need for Chinese. */
function tokenise(text: string): string[] {
  const tokens: string[] = [];
  for (const [run] of text.toLowerCase().matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)) {
    if (!/\p{Script=Han}/u.test(run)) tokens.push(run);
    else for (let at = 0; at < run.length; at += 1) tokens.push(run[at] as string, ...(at + 1 < run.length ? [run.slice(at, at + 2)] : []));
  }
  return tokens;
}

const encoder = new TextEncoder();

/** Null where the text is longer than a string may be. */
function bytesOf(write: () => string): number | null {
  try {
    return encoder.encode(write()).length;
  } catch {
    return null;
  }
}

function buildMiniSearch(texts: readonly string[]): PeerEngine {
  const index = new MiniSearch<{ id: number; text: string }>({ fields: ['text'], tokenize: tokenise });
  texts.forEach((text, id) => index.add({ id, text }));
  return {
    find: (words) => index.search(words, { combineWith: 'AND' }).map(({ id }) => id as number),
    sizeBytes: () => bytesOf(() => JSON.stringify(index)),
  };
}

function buildFlexSearch(texts: readonly string[]): PeerEngine {
  const index = new FlexSearch.Index({ tokenize: 'strict', encode: tokenise });
  texts.forEach((text, id) => index.add(id, text));
  return {
    find: (words, _, limit) => index.search(words, { limit }) as number[],
    sizeBytes: async () => {
      let bytes = 0;
      const add = (_key: string, data: unknown): void => void (bytes += typeof data === 'string' ? encoder.encode(data).length : 0);
      await (index as unknown as { export(take: typeof add): unknown }).export(add);
      return bytes;
    },
  };
}

/** Without those that another one holds. */
const longest = (tokens: readonly string[]): string[] =>
  tokens.filter((token) => !tokens.some((other) => other.length > token.length && other.includes(token)));

async function buildOrama(texts: readonly string[]): Promise<PeerEngine> {
  // A query for 火锅 finds nothing where it asks for 火 as well: with a threshold of 0 a token must not be the beginning of another.
  let isBuilt = false;
  const tokenize = (text: string): string[] => (isBuilt ? longest(tokenise(text)) : tokenise(text));
  const tokenizer = { language: 'english', normalizationCache: new Map<string, string>(), tokenize };
  const index = create({ schema: { text: 'string' } as const, components: { tokenizer } });
  const batch = 10_000;
  for (let from = 0; from < texts.length; from += batch) {
    const documents = texts.slice(from, from + batch).map((text, at) => ({ id: String(from + at), text }));
    await insertMultiple(index, documents, batch);
  }
  isBuilt = true;
  return {
    find: async (term, _, limit) => (await search(index, { term, limit, threshold: 0 })).hits.map(({ id }) => Number(id)),
    sizeBytes: () => bytesOf(() => JSON.stringify(save(index))),
  };
}

async function buildSqlite(texts: readonly string[], tokenizer: 'trigram' | 'unicode61'): Promise<PeerEngine> {
  const wasmBinary = await (await fetch(new URL(sqliteWasmUrl, self.location.href))).arrayBuffer();
  const sqlite3 = await (sqlite3InitModule as (given: object) => ReturnType<typeof sqlite3InitModule>)({ wasmBinary });
  const database = new sqlite3.oo1.DB(':memory:');
  database.exec(`create virtual table message using fts5(text, tokenize = '${tokenizer}')`);
  const insert = database.prepare('insert into message(rowid, text) values (?, ?)');
  database.exec('begin');
  texts.forEach((text, id) => insert.bind([id, text]).stepReset());
  database.exec('commit');
  insert.finalize();
  const ask = (sql: string, value: string, limit: number): number[] => database.selectArrays(sql, [value, limit]).map(([id]) => Number(id));
  const quoted = (words: string): string => `"${words.replaceAll('"', '""')}"`;
  return {
    find: (words, isPhrase, limit) => {
      // The trigram tokenizer finds nothing shorter than three characters but by scanning.
      if (tokenizer === 'trigram' && [...words].length < 3)
        return ask('select rowid from message where text like ? limit ?', `%${words}%`, limit);
      const match = isPhrase ? quoted(words) : words.split(' ').map(quoted).join(' ');
      return ask('select rowid from message where message match ? limit ?', match, limit);
    },
    sizeBytes: () => Number(database.selectValue('select page_count * page_size from pragma_page_count, pragma_page_size')),
  };
}

export const peerEngines: Readonly<Record<string, (texts: readonly string[]) => PeerEngine | Promise<PeerEngine>>> = {
  MiniSearch: buildMiniSearch,
  FlexSearch: buildFlexSearch,
  Orama: buildOrama,
  'SQLite FTS5 trigram': (texts) => buildSqlite(texts, 'trigram'),
  'SQLite FTS5 unicode61': (texts) => buildSqlite(texts, 'unicode61'),
};
