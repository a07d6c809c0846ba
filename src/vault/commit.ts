// The commit: receipts and pages are sealed, everything is flushed, and only then the root is switched.

import { CamphorError } from '../model/error';
import type { ArchiveReader } from './archive';
import { type Catalogue, encodeJson, pageStore, tableKinds, type TableName } from './catalogue';
import { openReader } from './open-reader';
import { contentNumber, readObject, receiptPurpose } from './reader';
import { type CommitOptions, readPointer, readRootRow, sealRoot, switchRoot } from './root';
import type { RootRow } from './database';
import { sweepAfterCommit } from './sweep';
import { editTable, type Edits } from './table';
import { endWriter, putObject, type WriterState } from './writer-state';

async function sealReceipts(state: WriterState): Promise<void> {
  for (const receipt of state.newReceipts.values()) {
    const object = await putObject(state, receiptPurpose(receipt.id), encodeJson(state.context.codec, receipt));
    state.edits.receipts.set(receipt.id, { id: receipt.id, importedAtMs: receipt.importedAtMs, object });
  }
}

async function sealCatalogue(state: WriterState, { keepsContent }: CommitOptions): Promise<Catalogue> {
  const { codec, pages } = state.context;
  const read = (id: string, purpose: string) => readObject(state.next, id, purpose);
  const store = pageStore(codec, read, (purpose, plain) => putObject(state, purpose, plain), pages);
  const edit = (name: TableName) =>
    editTable(store, tableKinds[name] as never, state.base.state.catalogue[name], state.edits[name] as Edits<never>);
  return {
    conversations: await edit('conversations'),
    people: await edit('people'),
    media: await edit('media'),
    receipts: await edit('receipts'),
    notes: await edit('notes'),
    ...(keepsContent ? { content: contentNumber(state.base.state) } : {}),
  };
}

/** True unless it is certain that the root was not switched: then nothing it reaches may be removed. */
async function mayBeInForce(state: WriterState, root: RootRow): Promise<boolean> {
  try {
    const { number } = await readPointer(state.context);
    return number >= root.number && (await readRootRow(state.context, root.number))?.id === root.id;
  } catch {
    return true;
  }
}

async function writeNext(state: WriterState, options: CommitOptions): Promise<void> {
  const { context, base, batch, chunks, columns } = state;
  let root: RootRow | null = null;
  try {
    await state.sealing.settle();
    await sealReceipts(state);
    const catalogue = await sealCatalogue(state, options);
    root = await sealRoot(context, base.state.rootNumber + 1, catalogue);
    await chunks.flush();
    await columns.flush();
    await batch.flush();
    await switchRoot(context, base.state.rootNumber, root, options);
  } catch (error) {
    // What must not or cannot be removed now is left to the sweep of the next opening: the mark `unfinished` is there.
    if (root !== null && (await mayBeInForce(state, root))) state.release();
    else await endWriter(state).catch(() => undefined);
    state.base.release();
    state.phase = 'ended';
    throw error;
  }
}

/** Ends the writer. Throws CamphorError `changed-meanwhile`, `storage-full`, `storage-failed`; then nothing has changed. */
export async function commitState(state: WriterState, options: CommitOptions = { keepPrevious: true }): Promise<ArchiveReader> {
  if (state.phase === 'ended') throw new CamphorError('unexpected', { writer: 'ended' });
  await writeNext(state, options);
  const { context } = state;
  state.phase = 'ended';
  try {
    const type = options.keepsContent ? 'archive-moved' : 'archive-changed';
    context.events.tell({ type, rootNumber: state.base.state.rootNumber + 1 });
    const reader = await openReader(context);
    state.base.release();
    // The new state is in force: a sweep that fails costs room, which the next one gets back.
    await sweepAfterCommit(context, !options.keepPrevious).catch(() => undefined);
    return reader;
  } finally {
    state.base.release();
    state.release();
  }
}
