// One archive into the vault, and its receipt. Everything is written beside the state that is there; the commit is last.

import { freeHeld } from '../bytes/sqlite/held-database';
import { answerId } from '../importers/importer';
import type { ArchivePeople } from './archive-people';
import { openPeople } from './archive-people';
import { isContacts } from './contacts';
import type { ConversationId, ReceiptId } from '../model/ids';
import { receiptSubject } from '../model/overlay-index';
import type { Progress, ReportProgress } from '../model/progress';
import type { Receipt, ReceiptFile, ReceiptOriginal } from '../model/receipt';
import type { ImportChoice } from '../model/view';
import type { ArchiveWriter } from '../vault/archive';
import type { AttachedCells } from './attached-cells';
import type { Ledger } from './accounting';
import { openLedger } from './accounting';
import type { ArchiveJob, Destination } from './archive-job';
import { chooseDestinations, openedAs, shiftAnswerId } from './archive-job';
import type { MediaIntake } from './attachments';
import { takeMedia } from './attachments';
import { findEdges } from './edges';
import type { IntakeEnvironment } from './environment';
import { followMarks, moveFollowed } from './follow-marks';
import { type Holder, holdAsLeft } from './holder';
import { isSameJson } from './image';
import type { Edges } from './observation';
import { indexHolding, keepHolders, keepImages, loadHolders } from './holder-notes';
import { identifyFiles, makeReceiptId } from './identity';
import { keepJoined } from './join-conversations';
import { keepCatalogue } from './keep-catalogue';
import { keepOriginals, originalFiles, sizeOfOriginals } from './originals';
import { type ReadInto, readInto } from './read-into';
import { forgetLeft, openLeft } from './left-conversations';
import { keepRemoved, loadRemoved } from './removed';
import type { Survey } from './survey';
import { openSurvey } from './survey';
import type { MergeEvents, Target } from './target';
import { describeTarget, makeTarget, segmentStore } from './target';

const msPerMinute = 60_000;

export interface ImportInput {
  readonly environment: IntakeEnvironment;
  readonly job: ArchiveJob;
  readonly survey: Survey;
  readonly choice: ImportChoice;
  readonly report: ReportProgress;
  /** Filled with the minutes that an import that follows has to look into. */
  readonly attached?: AttachedCells;
  readonly follows?: FollowedImport;
}

/** The import just before, of the same archive and without its media. */
export interface FollowedImport {
  readonly receipt: Receipt;
  readonly attached: AttachedCells;
}

interface State extends ImportInput {
  readonly writer: ArchiveWriter;
  readonly receipt: () => Promise<ReceiptId>;
  readonly receipts: Map<ReceiptId, Receipt>;
  readonly destinations: readonly Destination[];
  readonly targets: ReadonlyMap<number, Target>;
  readonly people: ArchivePeople;
  readonly ledger: Ledger;
  readonly media: MediaIntake;
  readonly byKind: Map<string, number>;
}

/** Imports and commits. Throws what reading and storing throw; then nothing of it is kept. */
export async function importArchive(input: ImportInput): Promise<Receipt> {
  const { environment, choice } = input;
  const writer = await environment.vault.openWriter();
  try {
    const state = await start(input, writer);
    await read(state);
    const receipt = await keep(state);
    await keepJoined(environment, writer);
    await followMarks(environment, writer);
    (await writer.commit()).release();
    await moveFollowed(environment);
    if (choice.original === 'keep-and-back-up') await environment.setOverlay?.('original', receiptSubject(receipt.id), { backup: 'yes' });
    for (const { entry, removed } of state.destinations) {
      if (entry === null && removed !== null) await environment.onRemoved?.(removed.conversation, false);
    }
    return receipt;
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

async function start(input: ImportInput, writer: ArchiveWriter): Promise<State> {
  const { job, choice, survey, environment } = input;
  const receipts = new Map((await writer.base.receipts()).map((each) => [each.id, each]));
  const destinations = await chooseDestinations(writer.base, job, survey, choice);
  const receipt = openReceipt(input, receipts);
  const targets = await openTargets(input, writer, [...receipts.values()], destinations);
  const ledger = openLedger(job.hashed.files, job.detection.entries);
  const onProblem: Parameters<typeof takeMedia>[0]['onProblem'] = (code, record, detail) =>
    ledger.addProblem({ code, raw: '', detail }, record);
  return {
    ...input,
    writer,
    receipt,
    receipts,
    destinations,
    targets,
    people: await openPeople(writer, job, destinations, targets),
    ledger,
    // What tells an archive from others is its records alone: media are hashed by whoever keeps them.
    media: takeMedia({ environment, writer, files: job.set, receipt, choice: choice.media, onProblem }),
    byKind: new Map(),
  };
}

/** The receipt's id follows from the hash of the files: asked for after the reading, it costs no reading of its own. */
function openReceipt({ job, survey, choice }: ImportInput, receipts: ReadonlyMap<ReceiptId, Receipt>): () => Promise<ReceiptId> {
  const { format, entries: recordEntries } = job.detection;
  const skipped = [...survey.conversations.keys()].filter((index) => choice.conversations[index] === 'skip');
  const entries = recordEntries.map((entry) => job.set.entries[entry]?.path ?? '');
  const { answers, fromMs, toMs, media } = choice;
  const content = { format, entries, answers, skipped, fromMs, toMs, media };
  let receipt: Promise<ReceiptId> | null = null;
  const make = async (): Promise<ReceiptId> => makeReceiptId({ ...content, files: await identify(job) }, (id) => receipts.has(id));
  return () => (receipt ??= make());
}

async function openTargets(
  { job, choice, survey, follows }: ImportInput,
  writer: ArchiveWriter,
  receipts: readonly Receipt[],
  destinations: readonly Destination[],
): Promise<Map<number, Target>> {
  const edges = survey.isWhole ? await findEdges(job, survey, choice, destinations) : new Map<number, Edges>();
  const imports = indexHolding(receipts);
  const findLeft = await openLeft(writer.base, job.detection.source);
  const targets = new Map<number, Target>();
  for (const { index, entry, removed, reading } of destinations) {
    const surveyed = survey.conversations.get(index);
    if (surveyed === undefined) continue;
    const again = removed ?? (entry === null ? findLeft(surveyed) : null);
    const id = entry?.id ?? again?.conversation ?? writer.newConversationId();
    const holders = entry === null ? [] : await loadHolders(writer.base, imports, entry.id);
    const nextSeq = entry?.nextSeq ?? again?.nextSeq ?? 0;
    const followed = follows === undefined ? null : findFollowed(follows.receipt, id, holders);
    const common = { receipt: unhashed, edges: edges.get(index) ?? null, followed, isPreview: false };
    targets.set(index, makeTarget({ index, id, entry, nextSeq, surveyed, reading, holders, ...common }));
  }
  return targets;
}

const unhashed = 'unhashed' as ReceiptId;

/** Null where what it held of the conversation has changed since, or it was undone. */
function findFollowed({ id, conversations }: Receipt, conversation: ConversationId, holders: readonly Holder[]): Holder | null {
  const left = conversations.find((part) => part.conversation === conversation);
  const holder = holders.find(({ receipt }) => receipt === id);
  return holder !== undefined && left !== undefined && isSameJson(holder.held.runs(), left.held) ? holder : null;
}

function identify({ set, hashed, detection, sizeBytes }: ArchiveJob): Promise<ReceiptFile[]> {
  return identifyFiles(set, hashed, detection.entries, sizeBytes);
}

/** Notes minutes with attachments for an import that follows, or passes over those that were not noted as one that does. */
function cellsOf({ attached, follows }: State): Pick<ReadInto, 'onAttached' | 'isAsLeft'> {
  return {
    ...(attached && { onAttached: ({ index, reading }: Target, atMs: number) => attached.note(index, reading, atMs) }),
    ...(follows && {
      isAsLeft: ({ index, reading, followed }: Target, atMs: number) => followed !== null && !follows.attached.has(index, reading, atMs),
    }),
  };
}

async function read(state: State): Promise<void> {
  const { job, choice, targets, people, ledger, media, byKind, environment } = state;
  const survey = state.survey.isWhole ? null : openSurvey(job.set, job.detection, false);
  const reading = { doneBytes: 0, messages: 0 };
  const report = (): void => state.report(progressOf(state, reading));
  await readInto({
    job,
    choice,
    targets,
    store: segmentStore(state.writer),
    events: mergeProblems(state),
    personOf: people.personOf,
    keepAttachments: media.keep,
    onRecord(record) {
      ledger.book(record);
      survey?.take(record);
      if (record.type === 'person' && isContacts(job)) people.addContact(record);
    },
    onMessage(record) {
      reading.messages++;
      byKind.set(record.kind, (byKind.get(record.kind) ?? 0) + 1);
    },
    ...cellsOf(state),
    onImplausibleTime: (record) => ledger.addProblem({ code: 'bad-time', raw: '', detail: String(record.sentAtMs) }, record),
    // An import that follows reads the same database.
    onRead: () => state.attached === undefined && freeHeld(),
    onBytes(doneBytes) {
      reading.doneBytes = doneBytes;
      report();
    },
    async yieldToEvents() {
      report();
      await environment.yieldToEvents();
    },
  });
  for (const { importing, followed } of targets.values()) if (followed !== null) holdAsLeft(importing, followed);
  if (survey !== null) await completeSurvey(state, survey.finish(true));
  state.report({ ...progressOf(state, reading), stage: 'committing' });
}

/** What the beginning of the archive did not tell: its edges, and the last word on names. */
async function completeSurvey({ job, choice, destinations, targets }: State, survey: Survey): Promise<void> {
  const edges = await findEdges(job, survey, choice, destinations);
  for (const [index, target] of targets) {
    target.surveyed = survey.conversations.get(index) ?? target.surveyed;
    target.importing.edges = edges.get(index) ?? null;
    target.importing.asOfMs = target.importing.edges?.lastTickMs ?? -Infinity;
  }
}

function progressOf({ job, choice, survey, media }: State, reading: { readonly doneBytes: number; readonly messages: number }): Progress {
  const recordBytes = job.detection.entries.reduce((sum, entry) => sum + (job.set.entries[entry]?.sizeBytes ?? 0), 0);
  const totalBytes = recordBytes + (choice.media === 'none' ? 0 : survey.mediaBytes);
  return {
    stage: 'reading',
    doneBytes: reading.doneBytes + media.counts.bytes,
    totalBytes,
    messages: reading.messages,
    media: media.counts.found,
  };
}

/** What the merge cannot decide, as problems. They speak of a minute, not of a piece of the archive. */
function mergeProblems({ job, ledger, attached }: State): MergeEvents {
  const span = { entry: job.detection.entries[0] ?? 0, offsetBytes: 0, lengthBytes: 0 };
  const add = (code: 'run-cut' | 'ambiguous-merge', { index, reading }: Target, atMs: number, detail: string): void => {
    ledger.addProblem({ code, raw: '', detail: `${new Date(atMs).toISOString().slice(0, 16)}Z: ${detail}` }, span);
    // An import that follows finds the same, and says it in its own receipt.
    attached?.note(index, reading, atMs);
  };
  return {
    onCut: (target, atMs, kept, atMost) => add('run-cut', target, atMs, `${kept} to ${atMost} equal messages; ${kept} kept`),
    onAmbiguous: (target, atMs) => add('ambiguous-merge', target, atMs, 'an edited or deleted message has more than one counterpart'),
  };
}

async function keep(state: State): Promise<Receipt> {
  const { writer } = state;
  const targets = [...state.targets.values()].filter(({ read: count }) => count > 0);
  const id = await state.receipt();
  for (const { importing } of targets) importing.receipt = id;
  const people = state.people.said();
  const receipt = await makeReceipt(state, id, targets, people.length);
  for (const target of targets) {
    const others = target.holders.filter((holder) => holder !== target.importing);
    await keepHolders(writer, state.receipts, target.id, others);
    await keepImages(writer, target.id, target.importing);
  }
  await keepCatalogue({ writer, receipts: [...state.receipts.values()], receipt, targets, people });
  await liftRemovals(state, targets);
  writer.setReceipt(receipt);
  return receipt;
}

async function makeReceipt(state: State, id: ReceiptId, targets: readonly Target[], people: number): Promise<Receipt> {
  const { job, environment, ledger, media, byKind } = state;
  const { source, format, formatVersion } = job.detection;
  const revision = environment.revisionOf?.(format) ?? 1;
  const conversations = targets.map(describeTarget);
  const sum = (count: (part: (typeof conversations)[number]) => number): number =>
    conversations.reduce((all, part) => all + count(part), 0);
  const originals = await takeOriginals(state, id);
  return {
    id,
    importedAtMs: environment.nowMs(),
    undoneAtMs: null,
    source,
    format,
    formatVersion,
    ...openedAs(job),
    ...(revision > 1 && { revision }),
    files: await identify(job),
    ...(originals.length > 0 && { originals }),
    answers: listAnswers(state),
    conversations,
    messagesRead: sum((part) => part.read),
    added: sum((part) => part.added),
    known: sum((part) => part.known),
    changed: sum((part) => part.changed),
    byKind: Object.fromEntries(byKind),
    mediaFound: media.counts.found,
    mediaMissing: media.counts.missing,
    ...(isContacts(job) && { contacts: people }),
    ...ledger.close(),
  };
}

/** The original, where the owner wants it kept. */
async function takeOriginals({ environment, writer, job, survey, choice, report }: State, id: ReceiptId): Promise<ReceiptOriginal[]> {
  if (choice.original === undefined) return [];
  const files = originalFiles(job, survey);
  const totalBytes = sizeOfOriginals(files);
  return keepOriginals(environment, writer, id, files, (doneBytes) =>
    report({ stage: 'sealing', doneBytes, totalBytes, messages: 0, media: 0 }),
  );
}

/** What was answered, and what was taken where nothing was: above all the zone, which is never applied unsaid. */
function listAnswers({ job, choice, destinations, targets }: State): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const question of job.questions) if (question.guess !== null) answers[answerId(question)] = question.guess;
  for (const { index, reading, shift } of destinations) {
    if (targets.get(index)?.surveyed.isZoneless === true) answers['zone'] = reading.zone;
    if (shift !== null) answers[shiftAnswerId(index)] = String(reading.shiftMs / msPerMinute);
  }
  return { ...answers, ...choice.answers };
}

async function liftRemovals({ writer, destinations }: State, targets: readonly Target[]): Promise<void> {
  await forgetLeft(writer);
  const lifted = new Set(destinations.flatMap(({ removed }) => (removed === null ? [] : [removed.conversation])));
  if (lifted.size === 0) return;
  const removed = await loadRemoved(writer.base);
  await keepRemoved(
    writer,
    removed.filter(({ conversation }) => !lifted.has(conversation) || !targets.some(({ id }) => id === conversation)),
  );
}
