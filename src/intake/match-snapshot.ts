// Which conversation of the vault a snapshot's conversation is: by an import that both know, else by the source's id, else by
// overlap of messages as for any archive.

import { readInstant } from '../importers/camphor/read-message';
import type { ConversationId, PersonId, ReceiptId } from '../model/ids';
import type { PortableId } from '../model/portable';
import type { Receipt, ReceiptConversation } from '../model/receipt';
import type { PersonRecord } from '../model/record';
import type { ArchiveReader, ConversationEntry, PersonEntry } from '../vault/archive';
import type { ImportNote } from './import-note';
import { importNoteName } from './import-note';
import type { LoadedConversation, LoadedSnapshot } from './load-snapshot';
import { openProblems } from './load-snapshot';
import type { Found } from './match-conversations';
import { findByOverlap, isSameSourceId, listAlternatives } from './match-conversations';
import { readPlaces } from './read-places';
import type { RemovedConversation } from './removed';
import { loadRemoved, matchesRemoved } from './removed';
import { makeSample } from './sample';
import type { HeldPart, ReceiptHead } from './snapshot-receipts';
import type { SurveyedConversation } from './survey';
import { isTelling } from './survey';

/** A part of an import that both sides hold. */
export interface CommonPart {
  readonly receipt: ReceiptId;
  readonly there: HeldPart;
  readonly here: ReceiptConversation;
}

/** What the vault knows before anything of the snapshot is taken in. */
export interface KnownImports {
  readonly receipts: ReadonlyMap<ReceiptId, Receipt>;
  readonly notes: ReadonlyMap<ReceiptId, ImportNote>;
  readonly common: ReadonlyMap<PortableId, readonly CommonPart[]>;
}

export interface SnapshotMatch {
  readonly conversation: LoadedConversation;
  readonly entry: ConversationEntry | null;
  readonly removed: RemovedConversation | null;
  readonly overlap: Found['overlap'] | null;
  readonly alternatives: readonly ConversationEntry[];
}

/** Imports that both know, live on both sides, with the parts that correspond. */
export async function findKnownImports(reader: ArchiveReader, { receipts: { heads } }: LoadedSnapshot): Promise<KnownImports> {
  const receipts = new Map((await reader.receipts()).map((each) => [each.id, each]));
  const notes = new Map<ReceiptId, ImportNote>();
  const common = new Map<PortableId, CommonPart[]>();
  for (const head of heads) {
    const receipt = receipts.get(head.id);
    if (receipt === undefined || receipt.undoneAtMs !== null || head.isUndone) continue;
    const note = (await reader.readNote(importNoteName(head.id))) as ImportNote | null;
    if (note !== null) notes.set(head.id, note);
    for (const part of pairParts(head, receipt, note)) {
      const conversation = part.there.conversation;
      common.set(conversation, [...(common.get(conversation) ?? []), part]);
    }
  }
  return { receipts, notes, common };
}

/** Parts of one import are told by what it read and said; where there is one only, it is that one. */
function pairParts({ id, parts }: ReceiptHead, receipt: Receipt, note: ImportNote | null): CommonPart[] {
  const [only] = receipt.conversations;
  const there = [...parts.values()];
  if (there.length === 1 && receipt.conversations.length === 1 && only !== undefined)
    return there.map((part) => ({ receipt: id, there: part, here: only }));
  const saidHere = new Map(note?.conversations.map((said) => [said.conversation, said]));
  const keyHere = (part: ReceiptConversation): string => {
    const said = saidHere.get(part.conversation);
    return said?.sourceId ?? JSON.stringify([part.name ?? said?.name ?? null, part.read, part.tickMs]);
  };
  const keyThere = ({ said, read, tickMs }: HeldPart): string => said.sourceId ?? JSON.stringify([said.name ?? null, read, tickMs]);
  const free = new Map<string, ReceiptConversation[]>();
  for (const part of receipt.conversations) free.set(keyHere(part), [...(free.get(keyHere(part)) ?? []), part]);
  return there.flatMap((part) => {
    const candidates = free.get(keyThere(part)) ?? [];
    const here = candidates.find(({ openTicks }) => openTicks.join() === part.openTicks.join()) ?? candidates[0];
    if (here === undefined) return [];
    candidates.splice(candidates.indexOf(here), 1);
    return [{ receipt: id, there: part, here }];
  });
}

export interface MatchInput {
  readonly reader: ArchiveReader;
  readonly loaded: LoadedSnapshot;
  readonly known: KnownImports;
  /** Samples of texts, kept from one planning to the next: each costs a reading of its conversation. */
  readonly samples: Map<PortableId, SurveyedConversation>;
  yieldToEvents(): Promise<void>;
}

export async function matchSnapshot(input: MatchInput): Promise<SnapshotMatch[]> {
  const { reader, loaded } = input;
  const entries = await reader.conversations();
  const people = await reader.people();
  const removed = await loadRemoved(reader);
  const owners = { people: ownersOf(loaded) };
  const matches: SnapshotMatch[] = [];
  const taken = new Set<ConversationId>();
  for (const conversation of loaded.conversations) {
    const record = recordOf(conversation);
    const sameSource = entries.filter(({ source }) => source === conversation.source);
    const free = sameSource.filter(({ id }) => !taken.has(id));
    const gone = removed.filter(({ source }) => source === conversation.source);
    const match = await matchOne(input, conversation, { entries, free, gone, people, owners });
    if (match.entry !== null) taken.add(match.entry.id);
    matches.push({ conversation, ...match, alternatives: listAlternatives(sameSource, { record }, match.entry?.id ?? null) });
  }
  return matches;
}

interface Candidates {
  readonly entries: readonly ConversationEntry[];
  readonly free: readonly ConversationEntry[];
  readonly gone: readonly RemovedConversation[];
  readonly people: ReadonlyMap<PersonId, PersonEntry>;
  readonly owners: { readonly people: ReadonlyMap<number, PersonRecord> };
}

type Match = Pick<SnapshotMatch, 'entry' | 'removed' | 'overlap'>;

async function matchOne(input: MatchInput, conversation: LoadedConversation, candidates: Candidates): Promise<Match> {
  const { entries, free, gone, people, owners } = candidates;
  const byImport = mostCommon(input.known.common.get(conversation.id) ?? []);
  const entry = entries.find(({ id }) => id === byImport) ?? null;
  if (entry !== null) return { entry, removed: null, overlap: null };
  const wasRemoved = gone.find((each) => each.conversation === byImport) ?? null;
  if (wasRemoved !== null) return { entry, removed: wasRemoved, overlap: null };
  const record = recordOf(conversation);
  const byId = free.find((each) => isSameSourceId(each, { record }, owners, people));
  if (byId !== undefined) return { entry: byId, removed: null, overlap: null };
  const removedById = gone.find((each) => record.sourceId !== null && each.sourceId === record.sourceId) ?? null;
  if (removedById !== null) return { entry, removed: removedById, overlap: null };
  const mayOverlap = free.some((each) => each.messageCount > 0 && (each.sourceId === null || record.sourceId === null));
  const mayBeGone = gone.some((each) => each.sourceId === null || record.sourceId === null);
  if (!mayOverlap && !mayBeGone) return { entry, removed: null, overlap: null };
  const surveyed = await surveyConversation(input, conversation);
  const found = mayOverlap ? await findByOverlap(input.reader, free, surveyed, 'UTC') : null;
  if (found !== null) return { entry: found.conversation, removed: null, overlap: found.overlap };
  return { entry, removed: gone.find((each) => matchesRemoved(each, surveyed)) ?? null, overlap: null };
}

/** The conversation that most of the messages of common imports lie in. */
function mostCommon(parts: readonly CommonPart[]): ConversationId | null {
  const counts = new Map<ConversationId, number>();
  for (const { here } of parts) counts.set(here.conversation, (counts.get(here.conversation) ?? 0) + here.read + 1);
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best?.[0] ?? null;
}

function recordOf({ index, sourceId, names, shape }: LoadedConversation): SurveyedConversation['record'] {
  return { type: 'conversation', index, sourceId: sourceId ?? null, name: names[0] ?? null, shape };
}

function ownersOf({ people }: LoadedSnapshot): Map<number, PersonRecord> {
  const owners = [...people.values()].filter(({ isOwner }) => isOwner === true);
  return new Map(
    owners.map(({ sourceId, names }, index) => [
      index,
      { type: 'person', index, sourceId: sourceId ?? null, name: names[0] ?? null, conversation: null, isOwner: true },
    ]),
  );
}

/** Its texts as matching wants them; times are instants already. Senders are numbers of `people`, in the order of the snapshot. */
export async function surveyConversation(input: MatchInput, conversation: LoadedConversation): Promise<SurveyedConversation> {
  const { loaded, samples } = input;
  const known = samples.get(conversation.id);
  if (known !== undefined) return known;
  const numbers = new Map([...loaded.people.keys()].map((id, index) => [id, index]));
  const record = recordOf(conversation);
  const surveyed: SurveyedConversation = {
    record,
    messages: conversation.messages,
    firstAtMs: Infinity,
    lastAtMs: -Infinity,
    isZoneless: false,
    isCoarse: false,
    hasIds: false,
    sample: makeSample(record.sourceId === null ? 2048 : 128),
  };
  // What is wrong with the lines is said when they are taken in.
  const unheard = openProblems();
  for (const month of conversation.months) {
    for await (const batch of readPlaces(loaded, conversation, month, unheard)) {
      for (const { message } of batch) {
        const atMs = readInstant(message.at) ?? 0;
        const sender = message.from === undefined ? -1 : (numbers.get(message.from) ?? -1);
        surveyed.firstAtMs = Math.min(surveyed.firstAtMs, atMs);
        surveyed.lastAtMs = Math.max(surveyed.lastAtMs, atMs);
        if (isTelling(message.kind ?? 'text', sender)) surveyed.sample.add(message.text ?? '', atMs, sender);
      }
      await input.yieldToEvents();
    }
  }
  samples.set(conversation.id, surveyed);
  return surveyed;
}
