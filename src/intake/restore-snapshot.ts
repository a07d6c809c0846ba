// A snapshot into the vault: every import of it that the vault does not know, as if its archive were here. One commit for all.

import type { ReceiptId } from '../model/ids';
import { receiptSubject } from '../model/overlay-index';
import type { PortableId } from '../model/portable';
import type { Receipt } from '../model/receipt';
import type { ArchiveWriter } from '../vault/archive';
import type { SnapshotDestination } from './choose-snapshot';
import { answeredClock, chooseSnapshot } from './choose-snapshot';
import { followMarks, moveFollowed } from './follow-marks';
import { indexHolding, loadHolders } from './holder-notes';
import { followJoinings, keepJoined } from './join-conversations';
import { keepRestored } from './keep-restored';
import { openProblems } from './load-snapshot';
import type { MergeEvents } from './merge-incoming';
import { keepRemoved, loadRemoved } from './removed';
import { monthsToRead, restoreDestination } from './restore-destination';
import { restoreMedia } from './restore-media';
import { collectPlaces, keepTombstones, translateOverlays } from './restore-overlays';
import type { OpenConversation, Restore, RestoreInput, RestoreState } from './restore-state';
import { openRestoreState, personOf, tell } from './restore-state';
import { segmentStore } from './target';
import { undoImport } from './undo-import';

/** The imports that came in. Throws what reading and storing throw; then nothing of it is kept. */
export async function restoreSnapshot(input: RestoreInput): Promise<Receipt[]> {
  const { environment } = input;
  const writer = await environment.vault.openWriter();
  try {
    const restore = await start(input, writer);
    const places = collectPlaces(input.snapshot.loaded.overlays);
    for (const destination of restore.chosen.destinations) await restoreOne(restore, destination, places);
    const media = await restoreMedia(restore);
    const kept = await keepRestored(restore);
    await liftRemovals(restore);
    const tombstones = await keepTombstones(restore);
    await keepJoined(environment, writer);
    tell(restore, 'committing');
    // What is all known makes no new state of the archive.
    if (media + kept.length + tombstones === 0) await writer.abandon();
    else {
      await followMarks(environment, writer);
      (await writer.commit()).release();
      await moveFollowed(environment);
    }
    await speakOf(restore);
    return kept;
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

async function start(input: RestoreInput, writer: ArchiveWriter): Promise<Restore> {
  const { environment, snapshot, choice } = input;
  const { loaded, samples, strayReceipt } = snapshot;
  const { yieldToEvents } = environment;
  const chosen = await chooseSnapshot({ reader: writer.base, loaded, samples, strayReceipt, choice, yieldToEvents });
  const places = collectPlaces(loaded.overlays);
  const { entries } = loaded.snapshot.files;
  const months = chosen.destinations.flatMap((each) => monthsToRead(each, places.get(each.conversation.id) ?? new Set()));
  const files = [...months.map(({ entry }) => entry), ...(choice.media === 'all' ? loaded.snapshot.tree.media.values() : [])];
  return {
    ...input,
    writer,
    receipts: new Map((await writer.base.receipts()).map((each) => [each.id, each])),
    chosen,
    state: openRestoreState(),
    problems: openProblems(loaded.problems),
    tombstones: new Map(),
    progress: {
      doneBytes: 0,
      totalBytes: files.reduce((sum, entry) => sum + (entries[entry]?.sizeBytes ?? 0), 0),
      messages: 0,
      media: 0,
    },
  };
}

async function restoreOne(
  restore: Restore,
  destination: SnapshotDestination,
  places: ReadonlyMap<PortableId, ReadonlySet<number>>,
): Promise<void> {
  const { snapshot, choice, writer, state, problems, progress, environment } = restore;
  const { conversation, people } = destination;
  for (const [id, person] of people) state.people.set(id, person);
  const wantedPlaces = places.get(conversation.id) ?? new Set<number>();
  const isNew = destination.wanted.length > 0 || destination.orphans.length > 0;
  if (destination.entry !== null && !isNew && wantedPlaces.size === 0) {
    state.ids.set(conversation.id, destination.entry.id);
    return;
  }
  if (destination.entry === null && !isNew) return;
  const open = await openConversation(restore, destination);
  state.ids.set(conversation.id, open.id);
  progress.messages += await restoreDestination({
    loaded: snapshot.loaded,
    destination,
    clock: answeredClock(destination, choice),
    open,
    state,
    store: segmentStore(writer),
    strayReceipt: snapshot.strayReceipt,
    wantedPlaces,
    problems,
    events: mergeEvents(state),
    isPreview: false,
    personOf: (id) => personOf(state, writer, id),
    onBytes(bytes) {
      progress.doneBytes += bytes;
      tell(restore);
    },
    yieldToEvents: environment.yieldToEvents,
  });
}

async function openConversation({ writer, receipts, state }: Restore, destination: SnapshotDestination): Promise<OpenConversation> {
  const { entry, removed, conversation } = destination;
  const id = entry?.id ?? removed?.conversation ?? writer.newConversationId();
  const known = state.conversations.get(id);
  if (known !== undefined) return known;
  const nextSeq = entry?.nextSeq ?? removed?.nextSeq ?? 0;
  const open: OpenConversation = {
    id,
    source: entry?.source ?? conversation.source,
    entry,
    startSeq: nextSeq,
    segments: entry?.segments ?? [],
    nextSeq,
    holders: entry === null ? [] : await loadHolders(writer.base, indexHolding([...receipts.values()]), id),
    parts: new Map(),
  };
  state.conversations.set(id, open);
  return open;
}

/** As of any merge: problems that speak of a minute. */
function mergeEvents({ problems }: RestoreState): MergeEvents {
  const add = (receipt: ReceiptId, code: 'run-cut' | 'ambiguous-merge', atMs: number, what: string): void => {
    const detail = `${new Date(atMs).toISOString().slice(0, 16)}Z: ${what}`;
    problems.set(receipt, [
      ...(problems.get(receipt) ?? []),
      { problem: { code, raw: '', detail }, entry: 0, offsetBytes: 0, lengthBytes: 0 },
    ]);
  };
  return {
    onCut: ({ receipt }, atMs, kept, atMost) => add(receipt, 'run-cut', atMs, `${kept} to ${atMost} equal messages; ${kept} kept`),
    onAmbiguous: ({ receipt }, atMs) => add(receipt, 'ambiguous-merge', atMs, 'an edited or deleted message has more than one counterpart'),
  };
}

async function liftRemovals({ writer, chosen, state }: Restore): Promise<void> {
  const lifted = new Set(chosen.destinations.flatMap(({ removed }) => (removed === null ? [] : [removed.conversation])));
  if (![...lifted].some((id) => state.conversations.has(id))) return;
  const removed = await loadRemoved(writer.base);
  await keepRemoved(
    writer,
    removed.filter(({ conversation }) => !lifted.has(conversation) || !state.conversations.has(conversation)),
  );
}

/** After the commit: what the owner said there, and what they took back there. */
async function speakOf(restore: Restore): Promise<void> {
  const { environment, chosen, state, snapshot, receipts } = restore;
  for (const { removed } of chosen.destinations) {
    if (removed !== null && state.conversations.has(removed.conversation)) await environment.onRemoved?.(removed.conversation, false);
  }
  const overlays = translateOverlays(restore);
  if (overlays.length > 0) await environment.mergeOverlays?.(overlays);
  if (overlays.some(({ kind }) => kind === 'joined-conversations')) await followJoinings(environment);
  if (snapshot.job.servedFrom === null) return;
  const { onUndone, ...silent } = environment;
  for (const { id, isUndone } of snapshot.loaded.receipts.heads) {
    if (!isUndone || receipts.get(id)?.undoneAtMs !== null) continue;
    const isSaid = overlays.some(({ kind, subject }) => kind === 'undone' && subject === receiptSubject(id));
    await undoImport(isSaid || onUndone === undefined ? silent : environment, id, () => {});
  }
}
