// What restoring a snapshot would do, shown before anything is kept.

import { readInstant } from '../importers/camphor/read-message';
import type { PersonId, ReceiptId, SegmentId } from '../model/ids';
import type { Message } from '../model/message';
import type { ImportChoice, PlannedArchive, PlannedConversation, PlannedQuestion } from '../model/view';
import type { ArchiveReader, SegmentEntry } from '../vault/archive';
import { shiftAnswerId } from './archive-job';
import type { ChosenSnapshot, SnapshotDestination } from './choose-snapshot';
import { answeredClock, chooseSnapshot } from './choose-snapshot';
import type { IntakeEnvironment } from './environment';
import { indexHolding, loadHolders } from './holder-notes';
import { openProblems } from './load-snapshot';
import type { SnapshotMatch } from './match-snapshot';
import { writeShift } from './plan-archive';
import { readPlaces } from './read-places';
import { restoreDestination } from './restore-destination';
import { openRestoreState } from './restore-state';
import type { SnapshotJob } from './snapshot-job';

export interface PlanSnapshotInput {
  readonly environment: IntakeEnvironment;
  readonly reader: ArchiveReader;
  readonly snapshot: SnapshotJob;
  readonly choice: ImportChoice;
  onBytes(doneBytes: number): void;
}

/** Sealed and compressed, with signatures, messages take about this share of their files. */
const sealedShare = 0.3;
const thumbnailBytes = 20_000;
const previewMessages = 40;

export async function planSnapshot(input: PlanSnapshotInput): Promise<PlannedArchive> {
  const { environment, reader, snapshot, choice } = input;
  const { loaded, job, samples, strayReceipt } = snapshot;
  const { manifest, tree, files } = loaded.snapshot;
  const { yieldToEvents } = environment;
  const chosen = await chooseSnapshot({ reader, loaded, samples, strayReceipt, choice, yieldToEvents });
  const added = await countAdded(input, chosen);
  const sizeOf = (entries: Iterable<number>): number =>
    [...entries].reduce((sum, entry) => sum + (files.entries[entry]?.sizeBytes ?? 0), 0);
  const mediaBytes = sizeOf(tree.media.values());
  const recordBytes = sizeOf(tree.conversations.flatMap(({ months }) => [...months.values()]));
  const neededBytes = Math.round(
    recordBytes * sealedShare + { all: mediaBytes, thumbnails: tree.media.size * thumbnailBytes, none: 0 }[choice.media],
  );
  const freeBytes = await environment.freeBytes();
  const firstTimes = new Map(chosen.matches.map((match) => [match.conversation.index, timesOf(snapshot, match)]));
  return {
    archiveId: job.archiveId,
    title: job.detection.title,
    source: 'camphor',
    format: job.detection.format,
    formatVersion: job.detection.formatVersion,
    sizeBytes: job.sizeBytes,
    messages: loaded.conversations.reduce((sum, { messages }) => sum + messages, 0),
    counted: true,
    mediaFound: tree.media.size,
    mediaBytes,
    mediaMissing: Math.max(0, manifest.media - tree.media.size),
    questions: chosen.destinations.flatMap((destination) => askShift(destination, choice)),
    conversations: chosen.matches.map((match) =>
      planConversation(match, chosen, added, firstTimes.get(match.conversation.index) ?? [null, null]),
    ),
    preview: await readFirst(snapshot),
    fits: { neededBytes, freeBytes, ok: neededBytes <= freeBytes },
  };
}

/** The merge itself, into nowhere, of conversations that go on here. Those of whom everything is known are not read. */
async function countAdded(input: PlanSnapshotInput, { destinations }: ChosenSnapshot): Promise<ReadonlyMap<number, number>> {
  const { reader, snapshot, choice, environment } = input;
  const imports = indexHolding(await reader.receipts());
  const added = new Map<number, number>();
  let doneBytes = 0;
  for (const destination of destinations) {
    const { entry, conversation, wanted, orphans, people } = destination;
    if (entry === null || (wanted.length === 0 && orphans.length === 0)) continue;
    const { id, source, segments, nextSeq } = entry;
    const holders = await loadHolders(reader, imports, id);
    const count = await restoreDestination({
      loaded: snapshot.loaded,
      destination,
      clock: answeredClock(destination, choice),
      open: { id, source, entry, startSeq: nextSeq, segments, nextSeq, holders, parts: new Map() },
      state: openRestoreState(),
      store: { read: (segment) => reader.readMessages(segment.id), put: putNowhere },
      strayReceipt: 'preview' as ReceiptId,
      wantedPlaces: new Set(),
      problems: openProblems(),
      events: { onCut: () => {}, onAmbiguous: () => {} },
      isPreview: true,
      personOf: (person) => people.get(person) ?? (`new ${person}` as PersonId),
      onBytes: (bytes) => input.onBytes((doneBytes += bytes)),
      yieldToEvents: environment.yieldToEvents,
    });
    added.set(conversation.index, count);
  }
  return added;
}

async function putNowhere(messages: readonly Message[]): Promise<SegmentEntry> {
  return { id: '' as SegmentId, messageCount: messages.length, firstAtMs: 0, lastAtMs: 0 };
}

function planConversation(
  match: SnapshotMatch,
  { destinations }: ChosenSnapshot,
  added: ReadonlyMap<number, number>,
  [firstAtMs, lastAtMs]: readonly [number | null, number | null],
): PlannedConversation {
  const { index, names, shape, messages } = match.conversation;
  const destination = destinations.find(({ conversation }) => conversation.index === index);
  const goesTo = destination?.entry ?? null;
  const others = [...(match.entry === null ? [] : [match.entry]), ...match.alternatives].filter(({ id }) => id !== goesTo?.id);
  return {
    index,
    name: names[0] ?? null,
    shape,
    messages,
    firstAtMs,
    lastAtMs,
    proposal: propose(match, destination, added.get(index) ?? 0),
    alternatives: others.map(({ id, name }) => ({ conversation: id, name: name ?? '' })),
  };
}

/** A removed one comes back only when it is chosen by name; then it is no longer proposed as removed. */
function propose(match: SnapshotMatch, destination: SnapshotDestination | undefined, added: number): PlannedConversation['proposal'] {
  const { messages } = match.conversation;
  const removed = destination?.removed ?? (destination === undefined ? match.removed : null);
  if (removed !== null)
    return { kind: 'continues', conversation: removed.conversation, name: removed.name ?? '', known: 0, added: messages, removed: true };
  const entry = destination?.entry ?? null;
  if (entry === null) return { kind: 'new' };
  return { kind: 'continues', conversation: entry.id, name: entry.name ?? '', known: Math.max(0, messages - added), added, removed: false };
}

function askShift({ conversation, shift }: SnapshotDestination, choice: ImportChoice): PlannedQuestion[] {
  if (shift === null) return [];
  const id = shiftAnswerId(conversation.index);
  const options = [shift.minutes, 0].map((minutes) => ({ value: String(minutes), label: writeShift(minutes) }));
  return [{ id, kind: 'clock-shift', options, answer: choice.answers[id] ?? String(shift.minutes), certain: shift.isCertain }];
}

/** First and last tick that its imports tell of. */
function timesOf({ loaded }: SnapshotJob, { conversation }: SnapshotMatch): readonly [number | null, number | null] {
  const ticks = loaded.receipts.heads.flatMap(({ parts }) => parts.get(conversation.id)?.openTicks ?? []);
  return ticks.reduce<readonly [number | null, number | null]>(
    ([first, last], tick) => [Math.min(first ?? tick, tick), Math.max(last ?? tick, tick)],
    [null, null],
  );
}

/** The beginning of the first conversation. */
async function readFirst({ loaded }: SnapshotJob): Promise<PlannedArchive['preview']> {
  const first: PlannedArchive['preview'][number][] = [];
  for (const conversation of loaded.conversations) {
    for (const month of conversation.months) {
      for await (const batch of readPlaces(loaded, conversation, month, openProblems())) {
        for (const { message } of batch.slice(0, previewMessages - first.length)) {
          const { at, from, kind = 'text', text = '' } = message;
          const senderName = from === undefined ? null : (loaded.people.get(from)?.names[0] ?? null);
          first.push({ senderName, sentAtMs: readInstant(at) ?? 0, kind, text });
        }
        if (first.length >= previewMessages) return first;
      }
    }
  }
  return first;
}
