// What a snapshot says of itself, without its messages: conversations with their months, people, receipts, overlays.

import type { Parsed, Snapshot } from '../importers/camphor/snapshot';
import { openSnapshot, problemOf, readJsonFile, readJsonLines } from '../importers/camphor/snapshot';
import { readConversation, readOverlay, readPerson } from '../importers/camphor/read-catalogue';
import type { TreeConversation } from '../importers/camphor/tree';
import type { FileSet } from '../bytes/source';
import { readLines } from '../bytes/text-lines';
import type { Place, PortableConversation, PortableId, PortableOverlay, PortablePerson } from '../model/portable';
import { portableFormatVersion } from '../model/portable';
import type { ReceiptProblem } from '../model/receipt';
import { receiptProblemLimit } from '../model/receipt';
import type { Problem } from '../model/problem';
import type { Span } from '../model/record';
import type { SnapshotReceipts } from './snapshot-receipts';
import { loadReceipts } from './snapshot-receipts';

export interface LoadedMonth {
  readonly month: string;
  readonly entry: number;
  /** Place of its first line. */
  readonly firstPlace: Place;
  readonly messages: number;
}

export interface LoadedConversation extends Omit<PortableConversation, 'months'> {
  /** Number inside the snapshot, by which the owner's choices name it. */
  readonly index: number;
  readonly months: readonly LoadedMonth[];
}

/** Problems of the snapshot itself; those of the archives behind it are in its receipts. */
export interface SnapshotProblems {
  readonly isLater: boolean;
  add(problem: Problem, span: Span): void;
  take(parsed: Parsed<unknown>): void;
  readonly list: readonly ReceiptProblem[];
  readonly counts: ReadonlyMap<string, number>;
}

export interface LoadedSnapshot {
  readonly snapshot: Snapshot;
  readonly conversations: readonly LoadedConversation[];
  readonly people: ReadonlyMap<PortableId, PortablePerson>;
  readonly receipts: SnapshotReceipts;
  readonly overlays: readonly PortableOverlay[];
  /** As far as it was read for this. */
  readonly problems: SnapshotProblems;
}

/** A later version's fields are passed over, as docs/format.md asks, where `isLater`; in our own version they are a fault. */
export function openProblems(known?: SnapshotProblems, isLater: boolean = known?.isLater ?? false): SnapshotProblems {
  const list: ReceiptProblem[] = [...(known?.list ?? [])];
  const counts = new Map<string, number>(known?.counts);
  const add = (problem: Problem, span: Span): void => {
    counts.set(problem.code, (counts.get(problem.code) ?? 0) + 1);
    if (list.length < receiptProblemLimit) list.push({ problem, ...span });
  };
  return {
    add,
    isLater,
    take({ problems }) {
      for (const { problem, span } of problems) if (!isLater || !isOfFieldsOnly(problem, span)) add(problem, span);
    },
    list,
    counts,
  };
}

function isOfFieldsOnly({ detail = '' }: Problem, { lengthBytes }: Span): boolean {
  return lengthBytes === 0 && detail.split(', ').every((fault) => fault.endsWith('unknown field'));
}

/** Throws CamphorError `unsupported-version`, and what reading throws. */
export async function loadSnapshot(files: FileSet, manifestEntry: number, yieldToEvents: () => Promise<void>): Promise<LoadedSnapshot> {
  const snapshot = await openSnapshot(files, manifestEntry);
  const problems = openProblems(undefined, snapshot.manifest.version > portableFormatVersion);
  const receipts = await loadReceipts(snapshot, problems, yieldToEvents);
  const conversations: LoadedConversation[] = [];
  for (const tree of snapshot.tree.conversations) {
    conversations.push(await loadConversation(snapshot, tree, conversations.length, receipts, problems));
    await yieldToEvents();
  }
  const people = new Map<PortableId, PortablePerson>();
  const overlays: PortableOverlay[] = [];
  await readAll(readJsonLines(files, snapshot.tree.people, readPerson), problems, (person) => people.set(person.id, person));
  await readAll(readJsonLines(files, snapshot.tree.overlays, readOverlay), problems, (overlay) => overlays.push(overlay));
  return { snapshot, conversations, people, receipts, overlays, problems };
}

async function readAll<Value>(
  batches: AsyncIterable<readonly Parsed<Value>[]>,
  problems: SnapshotProblems,
  take: (value: Value) => void,
): Promise<void> {
  for await (const batch of batches) {
    for (const parsed of batch) {
      problems.take(parsed);
      if (parsed.value !== null) take(parsed.value);
    }
  }
}

async function loadConversation(
  snapshot: Snapshot,
  tree: TreeConversation,
  index: number,
  receipts: SnapshotReceipts,
  problems: SnapshotProblems,
): Promise<LoadedConversation> {
  const parsed = tree.entry < 0 ? null : await readJsonFile(snapshot.files, tree.entry, readConversation);
  if (parsed !== null) problems.take(parsed);
  const declared = parsed?.value ?? rebuildConversation(tree, receipts);
  const months = placeMonths(tree, await countMonths(snapshot.files, tree, declared), problems);
  return { ...declared, id: tree.id, index, months, messages: months.reduce((sum, { messages }) => sum + messages, 0) };
}

/** Out of what imports say of it, where its own file cannot be read. */
function rebuildConversation({ id }: TreeConversation, receipts: SnapshotReceipts): PortableConversation {
  const heads = receipts.heads.filter(({ parts }) => parts.has(id));
  const said = heads.flatMap(({ parts }) => parts.get(id)?.said ?? []);
  const sourceId = said.find((each) => each.sourceId !== undefined)?.sourceId;
  const zone = said.find((each) => each.zone !== undefined)?.zone;
  return {
    id,
    source: heads[0]?.source ?? 'other',
    ...(sourceId === undefined ? {} : { sourceId }),
    names: [...new Set(said.flatMap(({ name }) => name ?? []))],
    shape: said[0]?.shape ?? 'unknown',
    people: [...new Set(said.flatMap(({ people }) => people))],
    ownerPeople: [],
    ...(zone === undefined ? {} : { zone }),
    messages: 0,
    months: [],
  };
}

/** Lines of each month as declared; those of whom nothing is declared are counted, for places count on them. */
async function countMonths(
  files: FileSet,
  { months }: TreeConversation,
  { months: declared }: PortableConversation,
): Promise<Map<string, number>> {
  const counts = new Map(declared);
  for (const [month, entry] of months) {
    const source = counts.has(month) ? undefined : files.entries[entry]?.open();
    if (source === undefined) continue;
    let lines = 0;
    for await (const batch of readLines(source, { encoding: 'utf-8' })) lines += batch.lines.length;
    counts.set(month, lines);
  }
  return counts;
}

/** Places follow the order of `conversation.json`; a file that is gone leaves its places empty. */
function placeMonths({ entry, months }: TreeConversation, counts: ReadonlyMap<string, number>, problems: SnapshotProblems): LoadedMonth[] {
  const placed: LoadedMonth[] = [];
  let firstPlace = 0;
  for (const [month, messages] of counts) {
    const at = months.get(month);
    if (at !== undefined) placed.push({ month, entry: at, firstPlace, messages });
    else problems.add(problemOf('ends-early', '', `${month}: ${messages} messages`), { entry, offsetBytes: 0, lengthBytes: 0 });
    firstPlace += messages;
  }
  return placed;
}
