// The bench's page: the app's own session and workers, without the interface, called from bench.mjs as `window.bench`.
import { createSession } from '../../src/session/create-session';
import type { ConversationId } from '../../src/model/ids';
import type { SearchUpdate } from '../../src/model/view';
import { backupBench } from './backup-page';
import { phoneBench } from './phone-page';

const session = createSession();
const zone = 'UTC';
const noReport = (): void => undefined;

function chosenFile(): File {
  const file = document.querySelector<HTMLInputElement>('#file')?.files?.[0];
  if (file === undefined) throw new Error('no file chosen');
  return file;
}

/** From the drop to the commit: plan, open with its secret what is locked, and run, as the interface does them. */
async function importChosen(secret: string | null = null): Promise<{ ms: number; planMs: number; added: number }> {
  const file = chosenFile();
  const startedAt = performance.now();
  const job = session.startImport();
  const dropped = await job.plan([{ path: file.name, file }], zone, noReport);
  const fileId = dropped.locked[0]?.fileId;
  const plan = secret === null || fileId === undefined ? dropped : await job.unlock(fileId, secret, noReport);
  const planMs = performance.now() - startedAt;
  const choices = plan.archives.map(({ archiveId }) => ({
    archiveId,
    answers: {},
    conversations: {},
    fromMs: null,
    toMs: null,
    media: 'all' as const,
  }));
  const receipts = await job.run(choices, noReport);
  return { ms: performance.now() - startedAt, planMs, added: receipts.reduce((sum, receipt) => sum + receipt.added, 0) };
}

/** A fresh page's way to the list of conversations. */
async function unlockToList(): Promise<{ ms: number; conversations: number }> {
  const startedAt = performance.now();
  const status = await session.vault.open();
  if (status.state !== 'open' && status.state !== 'empty') throw new Error(`vault is ${status.state}`);
  const conversations = await session.vault.conversations();
  return { ms: performance.now() - startedAt, conversations: conversations.length };
}

async function largestConversation(): Promise<{ id: ConversationId; firstAtMs: number; lastAtMs: number }> {
  const [largest] = [...(await session.vault.conversations())].sort((a, b) => b.messageCount - a.messageCount);
  if (largest === undefined) throw new Error('no conversation');
  return { id: largest.id, firstAtMs: largest.firstAtMs ?? 0, lastAtMs: largest.lastAtMs ?? 0 };
}

/** Opens the largest conversation at `dates` spread over its whole length; ms each. */
async function openAtDates(dates: number): Promise<number[]> {
  const { id, firstAtMs, lastAtMs } = await largestConversation();
  const times: number[] = [];
  for (let index = 0; index < dates; index += 1) {
    const sentAtMs = firstAtMs + ((lastAtMs - firstAtMs) * ((index * 7919) % dates)) / dates;
    const startedAt = performance.now();
    const page = await session.vault.page(id, { at: 'time', sentAtMs }, 60, 60);
    if (page.messages.length < 60) throw new Error('short page');
    times.push(performance.now() - startedAt);
  }
  return times;
}

interface Timed {
  readonly query: string;
  /** Until 50 hits are there, or all where there are fewer. */
  readonly firstMs: number;
  readonly wholeMs: number;
  readonly count: number;
  /** Hits that came, and the sum of their numbers. */
  readonly hits: number;
  readonly places: number;
}

async function searchOnce(query: string, hitLimit = 50): Promise<Timed> {
  const startedAt = performance.now();
  let firstMs = -1;
  let hits = 0;
  let places = 0;
  let last: SearchUpdate | null = null;
  const run = session.search({ query, conversation: null, order: 'newest', hitLimit, zone }, (update) => {
    hits += update.hits.length;
    for (const { seq } of update.hits) places += seq;
    last = update;
    if (firstMs < 0 && (hits >= 50 || update.done)) firstMs = performance.now() - startedAt;
  });
  await run.finished;
  const wholeMs = performance.now() - startedAt;
  return { query, firstMs: firstMs < 0 ? wholeMs : firstMs, wholeMs, count: (last as SearchUpdate | null)?.count ?? 0, hits, places };
}

/** Ms for what the screen of search lets the pool read when it opens. */
async function prepareSearch(): Promise<number> {
  const startedAt = performance.now();
  await session.prepareSearch(zone);
  return performance.now() - startedAt;
}

async function searchAll(queries: readonly string[], hitLimit = 50): Promise<Timed[]> {
  const results: Timed[] = [];
  for (const query of queries) results.push(await searchOnce(query, hitLimit));
  return results;
}

/** Ms for what the statistics screen asks, over all conversations. */
async function countAll(): Promise<{ countsMs: number; wordsMs: number }> {
  const query = { conversations: null, zone };
  const startedAt = performance.now();
  await session.vault.statistics(query, noReport);
  const countedAt = performance.now();
  await session.vault.words(query, noReport);
  return { countsMs: countedAt - startedAt, wordsMs: performance.now() - countedAt };
}

/** Ms until the largest conversation's pictures can be shown, and a page of them from the middle. */
async function openGallery(): Promise<{ firstMs: number; pageMs: number; count: number }> {
  const { id } = await largestConversation();
  const startedAt = performance.now();
  const { count } = await session.vault.gallery(id, 'media', zone);
  const openedAt = performance.now();
  const from = Math.floor(count / 2);
  await session.vault.galleryItems(id, 'media', from, Math.min(count, from + 100));
  return { firstMs: openedAt - startedAt, pageMs: performance.now() - openedAt, count };
}

/** Starts the vault's worker without opening the vault. */
const startVault = async (): Promise<unknown> => session.vault.status();

async function storageBytes(): Promise<number> {
  return (await navigator.storage.estimate()).usage ?? 0;
}

const peers = new Worker(new URL('./peers.ts', import.meta.url), { type: 'module' });

/** Runs a peer over the chosen file in a worker of its own; what it answers depends on the verb. */
function askPeer(verb: string, given: object = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    peers.onmessage = (event: MessageEvent<{ result?: unknown; error?: string }>) => {
      if (event.data.error === undefined) resolve(event.data.result);
      else reject(new Error(event.data.error));
    };
    peers.postMessage({ verb, file: chosenFile(), ...given });
  });
}

Object.assign(window, {
  bench: {
    importChosen,
    unlockToList,
    openAtDates,
    prepareSearch,
    searchOnce,
    searchAll,
    countAll,
    largestConversation,
    openGallery,
    startVault,
    storageBytes,
    askPeer,
    ...backupBench(session),
    ...phoneBench(session),
  },
});
