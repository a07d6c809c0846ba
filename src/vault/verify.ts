// The integrity check: everything the state in force reaches is read, authenticated and decoded, and media are hashed again.

import { createCacheBudget } from '../model/cache-budget';
import { CamphorError } from '../model/error';
import type { ReportProgress } from '../model/progress';
import type { IntegrityReport } from '../model/view';
import { type ConversationEntry, isHere, type MediaEntry } from './archive';
import { createPageCache, tableKinds, type TableName, tableNames, type TableValues } from './catalogue';
import { messagesOf } from './columns/messages';
import { columnNames } from './columns/segment';
import type { VaultContext } from './context';
import { mediaSource } from './media';
import { createMediaHash } from './media-hash';
import { holdCurrentState } from './open-reader';
import { readSegment } from './read-segment';
import { type ArchiveState, readablePages, readJsonObject, readObject, receiptPurpose } from './reader';
import { notePurpose } from './writer-state';
import { tablePages, type TableState } from './table';

type Damage = IntegrityReport['damaged'][number];

interface Check {
  readonly state: ArchiveState;
  readonly damaged: Damage[];
  readonly report: () => void;
  objects: number;
  bytes: number;
  messages: number;
  media: number;
}

/** Counts what is read. Errors of the storage itself end the check; those of an object are its finding. */
async function check(run: Check, what: Damage['what'], id: string, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    const code = error instanceof CamphorError ? error.code : null;
    if (code !== 'damaged' && code !== 'tampered' && code !== 'unsupported-version') throw error;
    run.damaged.push({ what, id, reason: code === 'damaged' ? 'missing' : 'tampered' });
  }
  run.report();
}

async function checkConversation(run: Check, { segments }: ConversationEntry): Promise<void> {
  for (const segment of segments) {
    await check(run, 'segment', segment.id, async () => {
      run.messages += messagesOf(await readSegment(run.state, segment.id, columnNames)).length;
    });
  }
}

/** Of a medium that lies elsewhere only, there is nothing here but its picture in small. */
async function checkMedium(run: Check, entry: MediaEntry): Promise<void> {
  await check(run, 'media', entry.sha256, async () => {
    const hash = createMediaHash();
    const source = mediaSource(entry, (row) => readObject(run.state, row, 'media'));
    if (isHere(entry)) for await (const chunk of source.stream()) hash.update(chunk);
    if (isHere(entry) && (await hash.digestHex()) !== entry.sha256) run.damaged.push({ what: 'media', id: entry.sha256, reason: 'hash' });
    hash.freeChunks();
    if (entry.thumbnail) await readObject(run.state, entry.thumbnail.object, 'thumbnail');
    run.media += 1;
  });
}

type CheckValue<Value> = (run: Check, value: Value) => Promise<void>;

const checks: { readonly [Name in TableName]: CheckValue<TableValues[Name]> } = {
  conversations: checkConversation,
  people: () => Promise.resolve(),
  media: checkMedium,
  receipts: (run, { id, object }) =>
    check(run, 'receipt', id, async () => void (await readJsonObject(run.state, object, receiptPurpose(id)))),
  notes: (run, { name, object }) =>
    check(run, 'page', object, async () => void (await readJsonObject(run.state, object, notePurpose(name)))),
};

/** Page by page, so that one damaged page hides nothing of the others. */
async function checkTable<Name extends TableName>(run: Check, name: Name): Promise<void> {
  const table: TableState = run.state.catalogue[name];
  for (let shard = 0; shard < table.pages.length; shard += 1) {
    const only = { ...table, pages: table.pages.map((page, at) => (at === shard ? page : null)) };
    const values: TableValues[Name][] = [];
    await check(run, 'page', table.pages[shard] ?? '', async () => {
      for await (const page of tablePages<TableValues[Name]>(readablePages(run.state), tableKinds[name] as never, only))
        values.push(...page.values());
    });
    for (const value of values) await checks[name](run, value);
  }
}

/** Reads past all caches, and counts objects and bytes as they come from the disk. */
function countedState(context: VaultContext, state: ArchiveState, count: (row: unknown) => void): ArchiveState {
  const fetchRows = async (rows: readonly string[]) => {
    const found = await state.fetchRows(rows);
    found.forEach(count);
    return found;
  };
  return { ...state, context: { ...context, pages: createPageCache(createCacheBudget(0)) }, fetchRows };
}

/** Throws only what keeps it from going on (`locked`, `storage-failed`, a root that cannot be read); damage is in the report. */
export async function verifyVault(context: VaultContext, report: ReportProgress = () => {}): Promise<IntegrityReport> {
  const held = await holdCurrentState(context);
  const state = countedState(context, held.state, (row) => {
    run.objects += 1;
    run.bytes += row instanceof Uint8Array ? row.length : 0;
  });
  const tell = () => report({ stage: 'verifying', doneBytes: run.bytes, totalBytes: null, messages: run.messages, media: run.media });
  const run: Check = { state, damaged: [], report: tell, objects: 0, bytes: 0, messages: 0, media: 0 };
  try {
    for (const name of tableNames) await checkTable(run, name);
    return { objectsChecked: run.objects, bytesChecked: run.bytes, damaged: run.damaged };
  } finally {
    held.release();
  }
}
