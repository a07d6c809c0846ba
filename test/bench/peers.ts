// What Camphor is measured against, in a worker of the same browser: parsers that read the same file whole, search engines over
// the same texts, and the plain scan that says what each of them should have found.
import { parseString } from 'whatsapp-chat-parser';
import { normaliseText } from '../../src/search/normalise';
import { type PeerEngine, peerEngines } from './peer-engines';

/** A query as Camphor reads it, and what it asks of a text, its sender and its time. */
export interface PeerQuery {
  readonly query: string;
  readonly words: string;
  readonly isPhrase?: boolean;
  readonly from?: string;
  readonly beforeMs?: number;
  readonly regex?: string;
}

interface Kept {
  readonly text: string;
  readonly normalised: string;
  readonly sender: string;
  readonly sentAtMs: number;
}

let kept: readonly Kept[] = [];
let engine: PeerEngine | null = null;
const found = new Map<string, readonly number[]>();

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

/** Reads the texts for what follows. */
async function load(file: File): Promise<number> {
  kept = parseString(await file.text()).map(({ message, author, date }) => ({
    text: message,
    normalised: normaliseText(message),
    sender: author ?? '',
    sentAtMs: date.getTime(),
  }));
  return kept.length;
}

const passes = ({ from, beforeMs }: PeerQuery, { sender, sentAtMs }: Kept): boolean =>
  (from === undefined || sender === from) && (beforeMs === undefined || sentAtMs < beforeMs);

/** Every text that holds what is asked for, by looking at every text. */
function scan(query: PeerQuery): readonly number[] {
  const wanted = normaliseText(query.words);
  const words = query.isPhrase ? [wanted] : wanted.split(' ');
  const regex = query.regex === undefined ? null : new RegExp(query.regex, 'imu');
  const hits: number[] = [];
  for (const [id, each] of kept.entries()) {
    const isHit = regex ? regex.test(each.text) : words.every((word) => each.normalised.includes(word));
    if (isHit && passes(query, each)) hits.push(id);
  }
  return hits;
}

/** How many texts each query should find, and where they are as a sum that tells other places from these. */
function scanAll(_: File, { queries }: Given): { count: number; places: number }[] {
  for (const query of queries) found.set(query.query, scan(query));
  return queries.map(({ query }) => ({
    count: found.get(query)?.length ?? 0,
    places: (found.get(query) ?? []).reduce((a, b) => a + b, 0),
  }));
}

async function build(_: File, { peer }: Given): Promise<{ ms: number }> {
  const texts = kept.map(({ text }) => text);
  const startedAt = performance.now();
  engine = (await peerEngines[peer]?.(texts)) ?? null;
  return { ms: performance.now() - startedAt };
}

async function size(): Promise<number | null> {
  return (await engine?.sizeBytes()) ?? null;
}

interface Asked {
  readonly query: string;
  /** Null: the engine has nothing of the kind. */
  readonly ms: number | null;
  /** Of what the scan finds; null where it finds nothing. */
  readonly recall: number | null;
}

/** What a filter asks is asked of the engine's hits one by one, since none of them has it. */
async function ask(_: File, { queries }: Given): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const query of queries) {
    const right = found.get(query.query) ?? [];
    if (query.regex !== undefined || engine === null) {
      asked.push({ query: query.query, ms: null, recall: right.length === 0 ? null : 0 });
      continue;
    }
    const isFiltered = query.from !== undefined || query.beforeMs !== undefined;
    const find = async (limit: number) => ((await engine?.find(query.words, query.isPhrase ?? false, limit)) ?? []).filter((id) => passes(query, kept[id] as Kept)); // prettier-ignore
    const startedAt = performance.now();
    await find(isFiltered ? kept.length : 50);
    const ms = performance.now() - startedAt;
    const all = new Set(await find(kept.length));
    asked.push({ query: query.query, ms, recall: right.length === 0 ? null : right.filter((id) => all.has(id)).length / right.length });
  }
  return asked;
}

interface Given {
  readonly queries: readonly PeerQuery[];
  readonly peer: string;
}

const verbs: Readonly<Record<string, (file: File, given: Given) => unknown>> = {
  parseWhatsapp,
  parseJson,
  load,
  scanAll,
  build,
  size,
  ask,
};

onmessage = async ({ data }: MessageEvent<{ verb: string; file: File } & Given>): Promise<void> => {
  try {
    const run = verbs[data.verb];
    if (run === undefined) throw new Error(`no verb ${data.verb}`);
    postMessage({ result: await run(data.file, data) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
