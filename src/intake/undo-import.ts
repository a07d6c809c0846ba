// Takes an import out of the vault: what remains is what the other imports alone would have given. Its receipt stays.

import { CamphorError } from '../model/error';
import type { PersonId, ReceiptId } from '../model/ids';
import type { ReportProgress } from '../model/progress';
import type { Receipt, ReceiptConversation, SeqRun } from '../model/receipt';
import type { UndoResult } from '../model/view';
import type { ArchiveWriter } from '../vault/archive';
import { forgetContacts } from './contacts';
import type { IntakeEnvironment } from './environment';
import { followMarks, moveFollowed } from './follow-marks';
import type { Holder } from './holder';
import { keepJoined } from './join-conversations';
import { imagesNoteName, indexHolding, keepHolders, loadHolders } from './holder-notes';
import type { ImportNote } from './import-note';
import { importNoteName, loadImportNotes, makeConversationEntry, readLast } from './import-note';
import { keepPeople, saidOf } from './keep-catalogue';
import { keepLeft } from './left-conversations';
import { makeSeqSet } from './seq-set';
import { segmentStore } from './target';
import { forgetOriginals } from './originals';
import { unmergeConversation } from './unmerge-conversation';

/** Throws `not-found` for a receipt that is unknown or undone already. */
export async function undoImport(environment: IntakeEnvironment, id: ReceiptId, report: ReportProgress): Promise<UndoResult> {
  const writer = await environment.vault.openWriter();
  try {
    const receipts = new Map((await writer.base.receipts()).map((each) => [each.id, each]));
    const receipt = receipts.get(id);
    if (receipt === undefined || receipt.undoneAtMs !== null) throw new CamphorError('not-found');
    const note = (await writer.base.readNote(importNoteName(id))) as ImportNote | null;
    const others = new Map([...receipts].filter(([each]) => each !== id));
    const notes = await loadImportNotes(writer.base, [...others.values()], receipt.source);
    const owners = await keepPeople(writer, receipt.source, notes, new Set(note?.people.map(({ person }) => person)));
    if (receipt.source === 'contacts') await forgetContacts(writer, note, notes);
    let removed = 0;
    let restored = 0;
    for (const [index, part] of receipt.conversations.entries()) {
      const result = await undoConversation({ environment, writer, receipt, part, others, notes, owners });
      removed += result.removed;
      restored += result.restored;
      report({ stage: 'reading', doneBytes: index + 1, totalBytes: receipt.conversations.length, messages: removed, media: 0 });
      await environment.yieldToEvents();
    }
    await letMediaGo(writer, id);
    await keepJoined(environment, writer);
    writer.removeNote(importNoteName(id));
    writer.setReceipt({ ...(await forgetOriginals(writer, receipt)), undoneAtMs: environment.nowMs() });
    await followMarks(environment, writer, true);
    (await writer.commit()).release();
    await moveFollowed(environment);
    await environment.onUndone?.(id);
    return { receipt: id, removed, restored };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

interface ConversationUndo {
  readonly environment: IntakeEnvironment;
  readonly writer: ArchiveWriter;
  readonly receipt: Receipt;
  readonly part: ReceiptConversation;
  /** All other receipts; those of imports that hold something of it are replaced. */
  readonly others: Map<ReceiptId, Receipt>;
  readonly notes: readonly ImportNote[];
  readonly owners: ReadonlySet<PersonId>;
}

async function undoConversation({
  environment,
  writer,
  receipt,
  part,
  others,
  notes,
  owners,
}: ConversationUndo): Promise<{ removed: number; restored: number }> {
  const id = part.conversation;
  const entry = await writer.next.conversation(id);
  if (entry === null) return { removed: 0, restored: 0 };
  const holders = await loadHolders(writer.base, indexHolding([receipt, ...others.values()]), id);
  const leaving = holders.find((holder) => holder.receipt === receipt.id);
  if (leaving === undefined) return { removed: 0, restored: 0 };
  const staying = holders.filter((holder) => holder !== leaving);
  const { segments, nextSeq, removed, restored } = await unmergeConversation({
    store: segmentStore(writer),
    segments: entry.segments,
    nextSeq: entry.nextSeq,
    holders: staying,
    leaving,
  });
  await keepHolders(writer, others, id, staying);
  passOn(writer, others, part, staying);
  writer.removeNote(imagesNoteName(receipt.id, id));
  if (segments.length === 0) {
    await keepLeft(environment, writer, entry);
    writer.removeConversation(id);
  } else {
    const last = await readLast(writer.next, segments);
    writer.setConversation(
      makeConversationEntry(id, entry.source, saidOf(notes, id), (person) => owners.has(person), { segments, nextSeq, last }),
    );
  }
  return { removed, restored };
}

/** Messages that the import brought and another holds too are from now on brought by that one: the oldest. */
function passOn(writer: ArchiveWriter, receipts: Map<ReceiptId, Receipt>, part: ReceiptConversation, staying: readonly Holder[]): void {
  const passed = new Map<ReceiptId, SeqRun[]>();
  for (const [from, to] of part.brought) {
    for (let seq = from; seq < to; seq++) {
      const heir = staying.find((holder) => holder.held.has(seq));
      if (heir === undefined) continue;
      const runs = passed.get(heir.receipt) ?? [];
      const last = runs[runs.length - 1];
      if (last !== undefined && last[1] === seq) runs[runs.length - 1] = [last[0], seq + 1];
      else runs.push([seq, seq + 1]);
      passed.set(heir.receipt, runs);
    }
  }
  for (const [id, runs] of passed) {
    const receipt = receipts.get(id);
    if (receipt === undefined) continue;
    const conversations = receipt.conversations.map((each) => (each.conversation === part.conversation ? bring(each, runs) : each));
    const next = { ...receipt, conversations };
    receipts.set(id, next);
    writer.setReceipt(next);
  }
}

function bring(part: ReceiptConversation, runs: readonly SeqRun[]): ReceiptConversation {
  return { ...part, brought: makeSeqSet([...part.brought, ...runs]).runs() };
}

/** Media that no other import holds go. */
async function letMediaGo(writer: ArchiveWriter, id: ReceiptId): Promise<void> {
  const held = [];
  for await (const medium of writer.base.mediaEntries()) if (medium.receipts.includes(id)) held.push(medium);
  for (const medium of held) {
    const receipts = medium.receipts.filter((receipt) => receipt !== id);
    if (receipts.length === 0) writer.removeMedia(medium.sha256);
    else writer.setMedia({ ...medium, receipts });
  }
}
