// The import job: a drop becomes a plan, the owner's choices, and a receipt for each archive. docs/merging.md gives the rules.

import { CamphorError } from '../model/error';
import type { Progress, ReportProgress } from '../model/progress';
import type { Receipt } from '../model/receipt';
import type { Secret } from '../model/secret-form';
import type { ConfinedVerbs, DroppedFile, ImportVerbs, ServedSnapshotVerbs } from '../model/verbs';
import { mappingsSetting } from '../model/table-mapping';
import type { ImportChoice, ImportPlan, ReadAgainView, ReceiptView, SeenFile } from '../model/view';
import type { Importer } from '../importers/importer';
import type { ArchiveReader } from '../vault/archive';
import type { ArchiveJob } from './archive-job';
import { defaultChoice } from './archive-job';
import type { IntakeEnvironment } from './environment';
import { type FilePlace, fileIdOf, placeOf, tableIdOf } from './file-place';
import { joinConversations, partsWith, previewJoin, separateConversations } from './join-conversations';
import { isSameJson } from './image';
import { importInParts, importsOf } from './messages-first';
import { dropOriginal } from './originals';
import type { OpenedDrop, OwnersPart } from './open-drop';
import { listUnrecognised, openDrop, openServed, unrecognisedFiles } from './open-drop';
import { planArchive } from './plan-archive';
import { planSnapshot } from './plan-snapshot';
import { openDropAgain, withEarlier } from './read-again';
import { viewReceipt } from './receipt-view';
import { removeConversation } from './remove-conversation';
import { restoreSnapshot } from './restore-snapshot';
import type { SnapshotJob } from './snapshot-job';
import { isSnapshot, openSnapshotJob } from './snapshot-job';
import type { Survey } from './survey';
import { surveyArchive } from './survey';
import { limitOf, recordBytesOf } from './survey-limit';
import { undoImport } from './undo-import';

export interface Intake extends Omit<ImportVerbs, keyof ConfinedVerbs | 'planSnapshot' | 'provideWasm'> {
  /** Plans the restoring of a snapshot that another thread serves: one archive. */
  planSnapshot(files: ServedSnapshotVerbs, report: ReportProgress): Promise<ImportPlan>;
}

/** What a plan is made of. */
interface Dropped extends OwnersPart {
  readonly drop: readonly DroppedFile[];
  readonly zone: string;
  /** Kept secrets that did not open a locked file of it. */
  readonly tried: Set<string>;
}

const untouched = (): OwnersPart & Pick<Dropped, 'tried'> => ({ unlocked: new Map(), chosen: new Map(), tried: new Set() });

const droppedOf = ({ drop, zone, unlocked, chosen, tried }: Dropped): Dropped => ({ drop, zone, unlocked, chosen, tried });

/** What is opened; the drop too, where it is made here. */
type Opened = OpenedDrop & Partial<Pick<Plan, 'again' | 'drop'>>;

interface Plan extends Omit<OpenedDrop, 'jobs'>, Dropped {
  /** Pieces of an earlier import that are read again. */
  readonly again: ReadAgainView | null;
  readonly planId: string;
  jobs: readonly ArchiveJob[];
  /** What was seen of files that nothing recognised, by their ids. */
  readonly seen: Map<string, SeenFile>;
  /** Snapshots among its archives, once they were looked into. */
  readonly snapshots: Map<string, SnapshotJob>;
  /** The last survey of each archive, and the answers that it was made with. */
  readonly surveys: Map<string, { readonly answers: ImportChoice['answers']; readonly survey: Survey }>;
}

/** The plan in hand, and how many there were, for their names. */
interface Held {
  plan: Plan | null;
  plans: number;
  tables: number;
}

function heldPlan({ plan }: Held, planId: string): Plan {
  if (plan?.planId !== planId) throw new CamphorError('not-found');
  return plan;
}

/** The verbs of an import. One plan is held at a time; a new one replaces it. */
export function createIntake(environment: IntakeEnvironment): Intake {
  const held: Held = { plan: null, plans: 0, tables: 0 };
  return {
    ...createPlanVerbs(environment, held),
    ...createOwnersVerbs(environment, held),
    ...createTableVerbs(environment, held),
    run: async (planId, choices, report) => runAll(environment, heldPlan(held, planId), choices, report),
    ...changesOf(environment),
  };
}

type Open = (planId: string) => Promise<Opened>;

/** Makes the plan of what `open` opens, in place of the one in hand. */
async function planOpened(
  environment: IntakeEnvironment,
  held: Held,
  dropped: Dropped,
  { progress, open }: { readonly progress: Report; readonly open: Open },
): Promise<ImportPlan> {
  const planId = `plan-${++held.plans}`;
  held.plan = { again: null, ...dropped, ...(await open(planId)), planId, surveys: new Map(), snapshots: new Map(), seen: new Map() };
  return planAll(environment, held.plan, [], progress);
}

function planDrop(environment: IntakeEnvironment, held: Held, dropped: Dropped, progress: Report): Promise<ImportPlan> {
  const open: Open = async (planId) => {
    const importers = [...(await environment.loadImporters()), ...(await rememberedTables(environment))];
    const look = (): Promise<OpenedDrop> => openDrop(dropped.drop, importers, dropped.zone, planId, dropped);
    const opened = await look();
    const kept = opened.locked.length === 0 ? [] : ((await environment.keptSecrets?.()) ?? []);
    if (kept.length === 0) return opened;
    const { openWithKept } = await import('./try-kept');
    return openWithKept(opened, { ...dropped, kept, look, report: (done, total) => progress('deriving', done, total, 0) });
  };
  return planOpened(environment, held, dropped, { progress, open });
}

function createPlanVerbs(environment: IntakeEnvironment, held: Held): Pick<Intake, 'plan' | 'planAgain' | 'planSnapshot' | 'replan'> {
  const planWith = (zone: string, report: ReportProgress, open: Open): Promise<ImportPlan> =>
    planOpened(environment, held, { drop: [], zone, ...untouched() }, { progress: beginReport(environment, report, 'opening'), open });
  return {
    plan: (drop, zone, report) => planDrop(environment, held, { drop, zone, ...untouched() }, beginReport(environment, report, 'opening')),
    planAgain: (receipt, zone, report) => planWith(zone, report, (planId) => openDropAgain(environment, receipt, zone, planId)),
    planSnapshot: (files, report) =>
      planWith('UTC', report, async (planId) => openServed(files, await environment.loadImporters(), planId)),
    replan: async (planId, choices, report) => planAll(environment, heldPlan(held, planId), choices, startReport(environment, report)),
  };
}

/** What the owner does about a drop: opens what is locked, chooses apps of a phone's backup. */
function createOwnersVerbs(environment: IntakeEnvironment, held: Held): Pick<Intake, 'unlock' | 'chooseApps'> {
  return {
    async unlock(planId, fileId, secret, report, keeps = false) {
      const progress = beginReport(environment, report, 'deriving');
      const plan = heldPlan(held, planId);
      const dropped = await unlockIn(plan, fileId, secret, progress);
      if (keeps) await keepFor(environment, plan, fileId, secret);
      return planDrop(environment, held, dropped, progress);
    },
    async chooseApps(planId, fileId, appIds, report) {
      const plan = heldPlan(held, planId);
      if (plan.unlocked.get(fileId)?.kind !== 'backup') throw new CamphorError('not-found');
      const chosen = new Map([...plan.chosen, [fileId, [...new Set(appIds)]]]);
      return planDrop(environment, held, { ...droppedOf(plan), chosen }, beginReport(environment, report, 'opening'));
    },
  };
}

/** The drop with what the secret opens. Throws `not-found` where the file is not locked, and what `unlockFiles` throws. */
async function unlockIn(plan: Plan, fileId: string, secret: Secret, progress: Report): Promise<Dropped> {
  const file = plan.locked.find((each) => each.fileId === fileId);
  if (file === undefined) throw new CamphorError('not-found');
  const { unlockFiles } = await import('./unlock-files');
  const opened = await unlockFiles(plan, file, secret, (done, total) => progress('deriving', done, total, 0));
  return { ...droppedOf(plan), unlocked: new Map([...plan.unlocked, ...opened]) };
}

async function keepFor({ keepSecret, nowMs }: IntakeEnvironment, plan: Plan, fileId: string, secret: Secret): Promise<void> {
  const file = plan.locked.find((each) => each.fileId === fileId);
  if (file !== undefined) await keepSecret?.({ kind: file.kind, opensBy: file.opensBy, secret, keptAtMs: nowMs() });
}

function createTableVerbs(environment: IntakeEnvironment, held: Held): Pick<Intake, 'previewTable' | 'mapTable'> {
  return {
    async previewTable(planId, fileId, draft) {
      const plan = heldPlan(held, planId);
      const { previewTable } = await import('./map-table');
      return previewTable(plan, placeOf(plan, fileId), draft, plan.zone);
    },
    async mapTable(planId, fileId, mapping, choices, report) {
      const plan = heldPlan(held, planId);
      const { mapTable } = await import('./map-table');
      const nextId = (): string => `${planId}/table-${++held.tables}`;
      plan.jobs = await mapTable({
        sets: plan.sets,
        jobs: plan.jobs,
        drop: plan.drop,
        place: placeOf(plan, fileId),
        mapping,
        zone: plan.zone,
        nextId,
      });
      return planAll(environment, plan, choices, beginReport(environment, report, 'scanning'));
    },
  };
}

/** What is done to what is here already. */
function changesOf(
  environment: IntakeEnvironment,
): Omit<Intake, 'plan' | 'planAgain' | 'replan' | 'unlock' | 'chooseApps' | 'run' | 'planSnapshot' | 'previewTable' | 'mapTable'> {
  return {
    undo: (receipt, report) => undoImport(environment, receipt, report),
    dropOriginal: (receipt) => dropOriginal(environment, receipt),
    previewJoin: (into, from, report) => previewJoin(environment, into, from, report),
    joinConversations: (into, from, report) => joinConversations(environment, into, from, report),
    separateConversations: (conversation, report) => separateConversations(environment, conversation, report),
    async removeConversation(conversation, report, reach) {
      for (const part of await partsWith(environment, conversation)) await removeConversation(environment, part, report, reach);
    },
  };
}

type Report = (stage: Progress['stage'], doneBytes: number, totalBytes: number | null, messages: number) => void;

const reportIntervalMs = 100;

function beginReport(environment: IntakeEnvironment, report: ReportProgress, stage: Progress['stage']): Report {
  const progress = startReport(environment, report);
  progress(stage, 0, null, 0);
  return progress;
}

function startReport(environment: IntakeEnvironment, report: ReportProgress): Report {
  let lastAtMs = -Infinity;
  return (stage, doneBytes, totalBytes, messages) => {
    const nowMs = environment.nowMs();
    if (nowMs - lastAtMs < reportIntervalMs) return;
    lastAtMs = nowMs;
    report({ stage, doneBytes, totalBytes, messages, media: 0 });
  };
}

interface SurveyOrder {
  readonly environment: IntakeEnvironment;
  readonly reader: ArchiveReader;
  readonly plan: Plan;
  readonly job: ArchiveJob;
  readonly choice: ImportChoice;
  readonly report: Report;
}

async function survey({ environment, reader, plan, job, choice, report }: SurveyOrder): Promise<Survey> {
  const known = plan.surveys.get(job.archiveId);
  // Zone and shift are applied to what was read; all else may change what is read.
  const answers = Object.fromEntries(Object.entries(choice.answers).filter(([id]) => id !== 'zone' && !id.startsWith('clock-shift')));
  const limitBytes = await limitOf(reader, job);
  const isEnough = known !== undefined && (known.survey.isWhole || limitBytes < Infinity);
  if (isEnough && isSameJson(known.answers, answers)) return known.survey;
  const { importer, detection, hashed } = job;
  const totalBytes = recordBytesOf(job);
  const onBytes = (doneBytes: number, messages: number): void => report('scanning', doneBytes, totalBytes, messages);
  const made = await surveyArchive({
    importer,
    files: hashed.files,
    detection,
    answers,
    limitBytes,
    onBytes,
    yieldToEvents: environment.yieldToEvents,
  });
  plan.surveys.set(job.archiveId, { answers, survey: made });
  return made;
}

async function planAll(environment: IntakeEnvironment, plan: Plan, choices: readonly ImportChoice[], report: Report): Promise<ImportPlan> {
  const reader = await environment.vault.openReader();
  try {
    const archives = [];
    for (const job of plan.jobs) {
      const choice = withEarlier(job, choices.find(({ archiveId }) => archiveId === job.archiveId) ?? defaultChoice(job.archiveId));
      if (isSnapshot(job)) {
        const snapshot = await snapshotOf(environment, plan, job);
        const onBytes = (doneBytes: number): void => report('matching', doneBytes, null, 0);
        archives.push(await planSnapshot({ environment, reader, snapshot, choice, onBytes }));
        continue;
      }
      const surveyed = await survey({ environment, reader, plan, job, choice, report });
      const totalBytes = recordBytesOf(job);
      const onBytes = (doneBytes: number): void => report('matching', doneBytes, totalBytes, surveyed.messages);
      const planned = await planArchive({ environment, reader, job, survey: surveyed, choice, onBytes });
      const tableId = tableIdOf(plan, job);
      archives.push(tableId === null ? planned : { ...planned, tableId });
    }
    const { planId, locked, backups, problems } = plan;
    const mediaOf = ({ archiveId }: ArchiveJob): ReadonlySet<number> => mediaEntries(plan, archiveId);
    const unrecognised = listUnrecognised(plan, mediaOf);
    const seen = unrecognised.length === 0 ? [] : await seeFiles(plan, unrecognisedFiles(plan, mediaOf));
    const readable = [...new Set((await environment.loadImporters()).map(({ source }) => source))];
    const again = plan.again === null ? {} : { again: plan.again };
    return { planId, archives, ...again, locked, backups, unrecognised, seen, readable, problems };
  } finally {
    reader.release();
  }
}

/** Of more files than this only the first are looked into; tables are listed first. */
const seenLimit = 40;

async function seeFiles({ sets, seen }: Plan, places: readonly FilePlace[]): Promise<readonly SeenFile[]> {
  const { seeFile } = await import('./see-file');
  const files: SeenFile[] = [];
  for (const place of places.slice(0, seenLimit)) {
    const set = sets[place.set];
    const entry = set?.entries[place.entry];
    if (set === undefined || entry === undefined) continue;
    const fileId = fileIdOf(place);
    const path = set.container === 'zip' ? `${set.name}/${entry.path}` : entry.path;
    const file = seen.get(fileId) ?? (await seeFile(entry, fileId, path));
    seen.set(fileId, file);
    files.push(file);
  }
  return files.toSorted((one, other) => Number(other.isTable) - Number(one.isTable));
}

/** Importers for tables whose columns the owner explained before. */
async function rememberedTables({ settings }: IntakeEnvironment): Promise<readonly Importer[]> {
  const kept = (await settings?.())?.[mappingsSetting];
  return kept === undefined ? [] : (await import('./map-table')).rememberedTables(kept);
}

async function snapshotOf(environment: IntakeEnvironment, plan: Plan, job: ArchiveJob): Promise<SnapshotJob> {
  const known = plan.snapshots.get(job.archiveId) ?? (await openSnapshotJob(job, environment.yieldToEvents));
  plan.snapshots.set(job.archiveId, known);
  return known;
}

function mediaEntries({ surveys, snapshots }: Plan, archiveId: string): ReadonlySet<number> {
  const snapshot = snapshots.get(archiveId);
  return snapshot === undefined
    ? (surveys.get(archiveId)?.survey.mediaEntries ?? new Set())
    : new Set(snapshot.loaded.snapshot.tree.media.values());
}

/** Against the vault as it is now: an archive of the same plan may have been imported since. */
async function surveyNow(
  environment: IntakeEnvironment,
  plan: Plan,
  job: ArchiveJob,
  choice: ImportChoice,
  report: Report,
): Promise<Survey> {
  const reader = await environment.vault.openReader();
  try {
    return await survey({ environment, reader, plan, job, choice, report });
  } finally {
    reader.release();
  }
}

async function runAll(
  environment: IntakeEnvironment,
  plan: Plan,
  choices: readonly ImportChoice[],
  report: ReportProgress,
): Promise<ReceiptView[]> {
  const views: ReceiptView[] = [];
  let lastAtMs = -Infinity;
  const reportSometimes: ReportProgress = (progress) => {
    const nowMs = environment.nowMs();
    if (progress.stage === 'reading' && nowMs - lastAtMs < reportIntervalMs) return;
    lastAtMs = nowMs;
    report(progress);
  };
  for (const chosen of choices) {
    const job = plan.jobs.find(({ archiveId }) => archiveId === chosen.archiveId);
    if (job === undefined) throw new CamphorError('not-found');
    const choice = withEarlier(job, chosen);
    if (isSnapshot(job)) {
      const snapshot = await snapshotOf(environment, plan, job);
      views.push(...(await viewAll(environment, await restoreSnapshot({ environment, snapshot, choice, report: reportSometimes }))));
      continue;
    }
    const surveyed = await surveyNow(environment, plan, job, choice, startReport(environment, report));
    const indexes = [...surveyed.conversations.keys()];
    if (indexes.length > 0 && indexes.every((index) => choice.conversations[index] === 'skip')) continue;
    const input = { environment, job, survey: surveyed, report: reportSometimes };
    for await (const receipt of importInParts(input, importsOf(job, surveyed, choice, environment.mediaAtOnceBytes)))
      views.push(...(await viewAll(environment, [receipt])));
  }
  return views;
}

async function viewAll({ vault }: IntakeEnvironment, receipts: readonly Receipt[]): Promise<ReceiptView[]> {
  const reader = await vault.openReader();
  try {
    const conversations = await reader.conversations();
    return receipts.map((receipt) => viewReceipt(receipt, conversations));
  } finally {
    reader.release();
  }
}
