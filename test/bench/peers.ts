// What Camphor is measured against, in a worker of the same browser: each verb reads the same file whole and does its job.
import FlexSearch from 'flexsearch';
import MiniSearch from 'minisearch';
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { parseString } from 'whatsapp-chat-parser';

interface Timed {
  readonly query: string;
  readonly ms: number;
  readonly count: number;
}

const timed = (query: string, search: () => number): Timed => {
  const startedAt = performance.now();
  const count = search();
  return { query, ms: performance.now() - startedAt, count };
};

/** Han is cut into pairs and single characters, the rest into words: what both libraries need for Chinese. */
function tokenise(text: string): string[] {
  const tokens: string[] = [];
  for (const [run] of text.toLowerCase().matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)) {
    if (!/\p{Script=Han}/u.test(run)) tokens.push(run);
    else for (let at = 0; at < run.length; at += 1) tokens.push(run[at] as string, ...(at + 1 < run.length ? [run.slice(at, at + 2)] : []));
  }
  return tokens;
}

const textsOf = async (file: File): Promise<string[]> => parseString(await file.text()).map(({ message }) => message);

async function parseWhatsapp(file: File): Promise<{ ms: number; messages: number }> {
  const text = await file.text();
  const startedAt = performance.now();
  const messages = parseString(text).length;
  return { ms: performance.now() - startedAt, messages };
}

async function parseJson(file: File): Promise<{ ms: number; messages: number }> {
  const text = await file.text();
  const startedAt = performance.now();
  const messages = (JSON.parse(text) as { messages: unknown[] }).messages.length;
  return { ms: performance.now() - startedAt, messages };
}

async function searchMiniSearch(file: File, queries: readonly string[]): Promise<{ buildMs: number; results: Timed[] }> {
  const texts = await textsOf(file);
  const startedAt = performance.now();
  const index = new MiniSearch<{ id: number; text: string }>({ fields: ['text'], tokenize: tokenise });
  texts.forEach((text, id) => index.add({ id, text }));
  const buildMs = performance.now() - startedAt;
  return { buildMs, results: queries.map((query) => timed(query, () => index.search(query, { combineWith: 'AND' }).length)) };
}

async function searchFlexSearch(file: File, queries: readonly string[]): Promise<{ buildMs: number; results: Timed[] }> {
  const texts = await textsOf(file);
  const startedAt = performance.now();
  const index = new FlexSearch.Index({ tokenize: 'strict', encode: tokenise });
  texts.forEach((text, id) => index.add(id, text));
  const buildMs = performance.now() - startedAt;
  return { buildMs, results: queries.map((query) => timed(query, () => (index.search(query, { limit: 1_000_000 }) as unknown[]).length)) };
}

async function searchSqlite(file: File, queries: readonly string[]): Promise<{ buildMs: number; results: Timed[] }> {
  const texts = await textsOf(file);
  const sqlite3 = await sqlite3InitModule();
  const startedAt = performance.now();
  const database = new sqlite3.oo1.DB(':memory:');
  database.exec("create virtual table message using fts5(text, tokenize = 'trigram')");
  const insert = database.prepare('insert into message(text) values (?)');
  database.exec('begin');
  for (const text of texts) insert.bind(1, text).stepReset();
  database.exec('commit');
  insert.finalize();
  const buildMs = performance.now() - startedAt;
  const count = (query: string): number => {
    const whole =
      [...query].length < 3
        ? 'select rowid from message where text like ? limit 50'
        : 'select rowid from message where message match ? limit 50';
    return database.selectArrays(whole, [[...query].length < 3 ? `%${query}%` : `"${query}"`]).length;
  };
  return { buildMs, results: queries.map((query) => timed(query, () => count(query))) };
}

const verbs: Readonly<Record<string, (file: File, queries: readonly string[]) => Promise<unknown>>> = {
  parseWhatsapp,
  parseJson,
  searchMiniSearch,
  searchFlexSearch,
  searchSqlite,
};

onmessage = async ({ data }: MessageEvent<{ verb: string; file: File; queries: readonly string[] }>): Promise<void> => {
  try {
    const run = verbs[data.verb];
    if (run === undefined) throw new Error(`no verb ${data.verb}`);
    postMessage({ result: await run(data.file, data.queries) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
