// What an import would do, shown before anything is kept: counts, the first messages, questions, and where it all goes.

import { answerId } from '../importers/importer';
import type { PersonId, ReceiptId, SegmentId } from '../model/ids';
import type { Attachment, Message } from '../model/message';
import type { AttachmentRecord } from '../model/record';
import type { ImportChoice, PlannedArchive, PlannedConversation, PlannedQuestion } from '../model/view';
import type { ArchiveReader, SegmentEntry } from '../vault/archive';
import type { ArchiveJob, Destination } from './archive-job';
import { chooseDestinations, openedAs, shiftAnswerId } from './archive-job';
import { readClock, readTime } from './clock';
import { isContacts, viewContacts } from './contacts';
import { findEdges } from './edges';
import type { IntakeEnvironment } from './environment';
import { indexHolding, loadHolders } from './holder-notes';
import { originalFiles, sizeOfOriginals } from './originals';
import { readInto } from './read-into';
import type { Survey } from './survey';
import type { Target } from './target';
import { makeTarget } from './target';

export interface PlanArchiveInput {
  readonly environment: IntakeEnvironment;
  readonly reader: ArchiveReader;
  readonly job: ArchiveJob;
  readonly survey: Survey;
  readonly choice: ImportChoice;
  onBytes(doneBytes: number): void;
}

/** Sealed and compressed text takes about this share of the archive's; with signatures. */
const sealedShare = 0.6;
const thumbnailBytes = 20_000;

export async function planArchive(input: PlanArchiveInput): Promise<PlannedArchive> {
  const { environment, reader, job, survey, choice } = input;
  const destinations = await chooseDestinations(reader, job, survey, choice);
  const targets = await countOnly(input, destinations);
  const { archiveId, detection, sizeBytes } = job;
  const reading = destinations[0]?.reading ?? { zone: choice.answers['zone'] ?? job.zone, shiftMs: 0 };
  const recordBytes = detection.entries.reduce((sum, entry) => sum + (job.set.entries[entry]?.sizeBytes ?? 0), 0);
  const mediaBytes = { all: survey.mediaBytes, thumbnails: survey.mediaFound * thumbnailBytes, none: 0 }[choice.media];
  const originalBytes = sizeOfOriginals(originalFiles(job, survey));
  const keptBytes = choice.original === undefined ? 0 : originalBytes;
  const neededBytes = Math.round(recordBytes * sealedShare + mediaBytes + keptBytes);
  const freeBytes = await environment.freeBytes();
  return {
    archiveId,
    title: detection.title,
    source: detection.source,
    format: detection.format,
    formatVersion: detection.formatVersion,
    ...openedAs(job),
    sizeBytes,
    messages: survey.messages,
    counted: survey.isWhole,
    mediaFound: survey.mediaFound,
    mediaBytes: survey.mediaBytes,
    mediaMissing: survey.mediaMissing,
    ...(isContacts(job) && { contacts: viewContacts(survey) }),
    ...(originalBytes > 0 && { originalBytes }),
    questions: listQuestions(job, choice, destinations, reading.zone),
    conversations: [...survey.conversations.keys()].map((index) => planConversation(survey, index, destinations, targets, reading.zone)),
    preview: survey.first.map((record) => ({
      senderName: survey.people.get(record.sender)?.name ?? null,
      sentAtMs: readTime(record.sentAtMs, record.clock, reading).sentAtMs,
      kind: record.kind,
      text: record.text,
    })),
    fits: { neededBytes, freeBytes, ok: neededBytes <= freeBytes },
  };
}

/** The merge itself over conversations that continue, into nowhere. Where none does, the archive is not read again. */
async function countOnly(input: PlanArchiveInput, destinations: readonly Destination[]): Promise<ReadonlyMap<number, Target>> {
  const { environment, reader, job, choice } = input;
  const continuing = destinations.filter(({ entry }) => entry !== null && entry.messageCount > 0);
  if (continuing.length === 0) return new Map();
  const targets = await makePreviewTargets(input, continuing);
  const people = await knownPeople(reader, job, continuing);
  const ignore = (): void => {};
  await readInto({
    job,
    choice,
    targets,
    store: { read: ({ id }) => reader.readMessages(id), put: putNowhere },
    events: { onCut: ignore, onAmbiguous: ignore },
    personOf: ({ index, sourceId }, target) =>
      people.get(`${target.index} ${index}`) ?? people.get(sourceId ?? '') ?? (`new ${target.index} ${index}` as PersonId),
    keepAttachments: async ({ attachments }) => attachments.map(withoutBytes),
    onRecord: ignore,
    onMessage: ignore,
    onImplausibleTime: ignore,
    onBytes: input.onBytes,
    yieldToEvents: environment.yieldToEvents,
  });
  return targets;
}

async function putNowhere(messages: readonly Message[]): Promise<SegmentEntry> {
  return { id: '' as SegmentId, messageCount: messages.length, firstAtMs: 0, lastAtMs: 0 };
}

function withoutBytes({ kind, name, missing, mime, sizeBytes }: AttachmentRecord): Attachment {
  return { kind, name, missing, mime, sizeBytes, sha256: null };
}

async function makePreviewTargets(
  { reader, job, survey, choice }: PlanArchiveInput,
  destinations: readonly Destination[],
): Promise<Map<number, Target>> {
  const targets = new Map<number, Target>();
  const imports = indexHolding(await reader.receipts());
  const edges = await findEdges(job, survey, choice, destinations);
  for (const { index, entry, reading } of destinations) {
    const surveyed = survey.conversations.get(index);
    if (entry === null || surveyed === undefined) continue;
    const { id, nextSeq } = entry;
    const holders = await loadHolders(reader, imports, id);
    const common = { receipt: 'preview' as ReceiptId, edges: edges.get(index) ?? null, isPreview: true };
    targets.set(index, makeTarget({ index, id, entry, nextSeq, surveyed, reading, holders, ...common }));
  }
  return targets;
}

async function knownPeople(reader: ArchiveReader, job: ArchiveJob, destinations: readonly Destination[]): Promise<Map<string, PersonId>> {
  const people = new Map<string, PersonId>();
  for (const person of (await reader.people()).values()) {
    if (person.source === job.detection.source && person.sourceId !== null) people.set(person.sourceId, person.id);
  }
  for (const destination of destinations)
    for (const [index, person] of destination.people) people.set(`${destination.index} ${index}`, person);
  return people;
}

function planConversation(
  survey: Survey,
  index: number,
  destinations: readonly Destination[],
  targets: ReadonlyMap<number, Target>,
  zone: string,
): PlannedConversation {
  const surveyed = survey.conversations.get(index);
  if (surveyed === undefined) throw new RangeError('no such conversation');
  const destination = destinations.find((each) => each.index === index);
  const reading = destination?.reading ?? { zone, shiftMs: 0 };
  const clock = surveyed.isZoneless ? 'second' : 'absolute';
  const { name, shape } = surveyed.record;
  const match = destination?.match;
  const alternatives =
    match === undefined
      ? []
      : [
          ...(match.conversation === null || destination?.entry?.id === match.conversation.id ? [] : [match.conversation]),
          ...match.alternatives,
        ];
  return {
    index,
    name,
    shape,
    messages: surveyed.messages,
    firstAtMs: surveyed.messages === 0 ? null : readClock(surveyed.firstAtMs, clock, reading),
    lastAtMs: surveyed.messages === 0 || !survey.isWhole ? null : readClock(surveyed.lastAtMs, clock, reading),
    proposal: propose(destination, targets.get(index), surveyed.messages),
    alternatives: alternatives
      .filter(({ id }) => id !== destination?.entry?.id)
      .map((entry) => ({ conversation: entry.id, name: entry.name ?? '' })),
  };
}

function propose(destination: Destination | undefined, target: Target | undefined, messages: number): PlannedConversation['proposal'] {
  const entry = destination?.entry ?? null;
  if (entry !== null) {
    const added = target?.added ?? messages;
    return {
      kind: 'continues',
      conversation: entry.id,
      name: entry.name ?? '',
      known: (target?.read ?? messages) - added,
      added,
      removed: false,
    };
  }
  const removed = destination?.removed ?? null;
  if (removed === null) return { kind: 'new' };
  return { kind: 'continues', conversation: removed.conversation, name: removed.name ?? '', known: 0, added: messages, removed: true };
}

function listQuestions(job: ArchiveJob, choice: ImportChoice, destinations: readonly Destination[], zone: string): PlannedQuestion[] {
  const asked = job.questions.flatMap((question): PlannedQuestion[] => {
    // Columns are chosen on a screen of their own.
    if (question.id === 'mapping') return [];
    const id = answerId(question);
    const guess = question.id === 'zone' ? (question.guess ?? zone) : question.guess;
    return [{ id, kind: question.id, options: question.options, answer: choice.answers[id] ?? guess, certain: question.certain }];
  });
  const shifts = destinations.flatMap(({ index, shift }): PlannedQuestion[] => {
    if (shift === null) return [];
    const id = shiftAnswerId(index);
    const options = [shift.minutes, 0].map((minutes) => ({ value: String(minutes), label: writeShift(minutes) }));
    return [{ id, kind: 'clock-shift', options, answer: choice.answers[id] ?? String(shift.minutes), certain: shift.isCertain }];
  });
  return [...asked, ...shifts];
}

export function writeShift(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`;
}
