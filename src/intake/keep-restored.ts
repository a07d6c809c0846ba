// What a restore leaves in the vault beside messages: receipts with their notes, people, conversations.

import type { ConversationId, PersonId, ReceiptId } from '../model/ids';
import type { JsonObject } from '../model/json';
import type { PortableReceipt } from '../model/portable';
import type { Receipt, ReceiptConversation, ReceiptProblem, SeqRun } from '../model/receipt';
import { receiptProblemLimit } from '../model/receipt';
import type { SourceApp } from '../model/source';
import { camphorFormat } from '../importers/camphor/camphor-snapshot';
import { keepHolders, keepImages } from './holder-notes';
import { isSameJson } from './image';
import type { ImportNote, SaidOfConversation, SaidOfPerson } from './import-note';
import { importNoteName, loadImportNotes, makeConversationEntry, readLast } from './import-note';
import { keepPeople } from './keep-catalogue';
import { clipRuns, countPlaces, joinRuns, subtractRuns } from './place-runs';
import { restoreContacts } from './restore-contacts';
import type { OpenConversation, Restore } from './restore-state';

/** Receipts that came in. */
export async function keepRestored(restore: Restore): Promise<Receipt[]> {
  const { writer, receipts, state } = restore;
  const parts = new Map<ReceiptId, ReceiptConversation[]>();
  for (const open of state.conversations.values()) {
    const others = open.holders.filter(({ receipt }) => !open.parts.has(receipt));
    await keepHolders(writer, receipts, open.id, others);
    for (const { holder } of open.parts.values()) await keepImages(writer, open.id, holder);
    for (const [id, part] of describeParts(open)) parts.set(id, [...(parts.get(id) ?? []), part]);
  }
  const kept: Receipt[] = [];
  const notes = new Map<ReceiptId, ImportNote>();
  for (const [id, own] of orderParts(restore, parts)) {
    const portable = id === restore.snapshot.strayReceipt ? strayOf(restore) : await restore.snapshot.loaded.receipts.load(id);
    const receipt = makeReceipt(restore, portable, own);
    notes.set(id, await keepNote(restore, id, own, portable));
    writer.setReceipt(receipt);
    kept.push(receipt);
  }
  kept.push(...(await restoreContacts(restore, (portable) => makeReceipt(restore, portable, []))));
  kept.push(...(await keepUndone(restore)));
  await keepCatalogue(restore, notes);
  return kept;
}

/** In the order in which imports were taken in; the receipt of strays, last, also where only problems are to be told. */
function orderParts(
  { snapshot, receipts, problems }: Restore,
  parts: ReadonlyMap<ReceiptId, readonly ReceiptConversation[]>,
): [ReceiptId, readonly ReceiptConversation[]][] {
  const { strayReceipt, loaded } = snapshot;
  const ids = loaded.receipts.heads.map(({ id }) => id).filter((id) => parts.has(id));
  const hasStrays = parts.has(strayReceipt) || (problems.counts.size > 0 && !receipts.has(strayReceipt));
  return [...ids, ...(hasStrays ? [strayReceipt] : [])].map((id) => [id, parts.get(id) ?? []]);
}

/** Of a conversation in which nothing could be read, nothing is said. Who comes first brought what several hold. */
function describeParts(open: OpenConversation): [ReceiptId, ReceiptConversation][] {
  const described: [ReceiptId, ReceiptConversation][] = [];
  let claimed: SeqRun[] = [];
  for (const [id, { holder, name, read, changed }] of open.parts) {
    const held = holder.held.runs();
    if (held.length === 0) continue;
    const brought = subtractRuns(clipRuns(held, open.startSeq, open.nextSeq), claimed);
    claimed = joinRuns([...claimed, ...brought]);
    const added = countPlaces(brought);
    const readHere = Math.max(read, added);
    const { edges } = holder;
    described.push([
      id,
      {
        conversation: open.id,
        name,
        read: readHere,
        added,
        known: readHere - added,
        changed,
        firstAtMs: edges?.firstTickMs ?? null,
        lastAtMs: edges?.lastTickMs ?? null,
        brought,
        held,
        openTicks: edges === null ? [] : [edges.firstTickMs, edges.lastTickMs],
        tickMs: edges?.tickMs ?? 1000,
      },
    ]);
  }
  return described;
}

/** With what the vault knew of the import before, where other conversations of it came in earlier. */
function makeReceipt({ environment, receipts, state }: Restore, portable: PortableReceipt, own: readonly ReceiptConversation[]): Receipt {
  const id = portable.id as ReceiptId;
  const known = receipts.get(id);
  const before = new Map(known?.conversations.map((part) => [part.conversation, part]));
  const renewed = own.map((part) => renew(part, before.get(part.conversation)));
  for (const { conversation } of own) before.delete(conversation);
  const conversations = [...before.values(), ...renewed];
  const sum = (count: (part: ReceiptConversation) => number): number => conversations.reduce((all, part) => all + count(part), 0);
  const merging = state.problems.get(id) ?? [];
  return {
    id,
    importedAtMs: known?.importedAtMs ?? environment.nowMs(),
    undoneAtMs: null,
    source: portable.source,
    format: portable.format,
    formatVersion: portable.formatVersion,
    files: portable.files,
    ...(portable.originals !== undefined && { originals: portable.originals }),
    answers: portable.answers,
    conversations,
    messagesRead: sum(({ read }) => read),
    added: sum(({ added }) => added),
    known: sum((part) => part.known),
    changed: sum(({ changed }) => changed),
    byKind: portable.byKind,
    mediaFound: portable.mediaFound,
    mediaMissing: portable.mediaMissing,
    problemCounts: countProblems(portable.problemCounts, merging),
    problems: [...portable.problems, ...merging].slice(0, receiptProblemLimit),
    accounting: portable.accounting.map(readAccount),
  };
}

/** A part that came in before, but not whole, has brought what it brought then, too. */
function renew(part: ReceiptConversation, before: ReceiptConversation | undefined): ReceiptConversation {
  if (before === undefined) return part;
  const brought = joinRuns([...clipHeld(before.brought, part.held), ...part.brought]);
  const added = countPlaces(brought);
  return { ...part, brought, added, known: Math.max(0, part.read - added) };
}

function clipHeld(runs: readonly SeqRun[], held: readonly SeqRun[]): SeqRun[] {
  return runs.flatMap(([from, to]) => clipRuns(held, from, to));
}

function countProblems(counts: Readonly<Record<string, number>>, more: readonly ReceiptProblem[]): Record<string, number> {
  const all = new Map(Object.entries(counts));
  for (const { problem } of more) all.set(problem.code, (all.get(problem.code) ?? 0) + 1);
  return Object.fromEntries(all);
}

function readAccount(account: JsonObject): Receipt['accounting'][number] {
  const number = (name: string): number => (typeof account[name] === 'number' ? account[name] : 0);
  return {
    path: typeof account['path'] === 'string' ? account['path'] : '',
    ...(typeof account['entry'] === 'number' && { entry: account['entry'] }),
    ...(account['unit'] === 'row' && { unit: 'row' }),
    sizeBytes: number('sizeBytes'),
    recordBytes: number('recordBytes'),
    problemBytes: number('problemBytes'),
    structureBytes: number('structureBytes'),
  };
}

/** Stands for what no import of the snapshot held, and for what could not be read in it. */
function strayOf({ snapshot, problems, state }: Restore): PortableReceipt {
  const { loaded, manifest, strayReceipt, job } = snapshot;
  const people = new Map<string, PortableReceipt['people'][number]>();
  for (const { id, sourceId, conversation, names, isOwner } of loaded.people.values()) {
    const said = {
      person: id,
      asOfMs: null,
      ...(sourceId === undefined ? {} : { sourceId }),
      ...(conversation === undefined ? {} : { conversation }),
    };
    if (!state.people.has(id)) continue;
    for (const name of names) people.set(`${id} ${name}`, { ...said, name, ...(isOwner === true ? { isOwner } : {}) });
  }
  return {
    id: strayReceipt,
    source: 'camphor',
    format: camphorFormat,
    formatVersion: job.detection.formatVersion,
    files: [manifest],
    answers: {},
    conversations: [],
    people: [...people.values()],
    byKind: {},
    mediaFound: 0,
    mediaMissing: 0,
    media: [],
    problemCounts: Object.fromEntries(problems.counts),
    problems: problems.list,
    accounting: [],
  };
}

async function keepNote(
  restore: Restore,
  id: ReceiptId,
  own: readonly ReceiptConversation[],
  portable: PortableReceipt,
): Promise<ImportNote> {
  const { writer, state } = restore;
  const known = (await writer.base.readNote(importNoteName(id))) as ImportNote | null;
  const conversations = new Set<ConversationId>(own.map(({ conversation }) => conversation));
  const said = [...conversations].flatMap((each) => state.conversations.get(each)?.parts.get(id)?.said ?? []);
  const people = sayOfPeople(restore, portable, conversations, new Set(said.flatMap((each) => each.people)));
  const isNew = ({ person }: SaidOfPerson): boolean => !people.some((each) => each.person === person);
  const note: ImportNote = {
    conversations: [...(known?.conversations ?? []).filter(({ conversation }) => !conversations.has(conversation)), ...said],
    people: [...(known?.people ?? []).filter(isNew), ...people],
  };
  await writer.putNote(importNoteName(id), note);
  return note;
}

/** Of those who are in the conversations that came in. */
function sayOfPeople(
  { state }: Restore,
  portable: PortableReceipt,
  conversations: ReadonlySet<ConversationId>,
  appearing: ReadonlySet<PersonId>,
): SaidOfPerson[] {
  return portable.people.flatMap(({ person, asOfMs, sourceId, conversation, name, isOwner }) => {
    const id = state.people.get(person);
    const within = conversation === undefined ? null : (state.ids.get(conversation) ?? null);
    const isHere = conversation === undefined ? id !== undefined && appearing.has(id) : within !== null && conversations.has(within);
    if (id === undefined || !isHere) return [];
    return [
      {
        person: id,
        asOfMs: asOfMs ?? -Infinity,
        sourceId: sourceId ?? null,
        conversation: within,
        name: name ?? null,
        isOwner: isOwner === true,
      },
    ];
  });
}

/** Imports that were taken back there stay taken back: their receipts come without anything. */
async function keepUndone(restore: Restore): Promise<Receipt[]> {
  const { snapshot, receipts, writer, chosen } = restore;
  const undone: Receipt[] = [];
  if (chosen.destinations.length === 0 && chosen.matches.length > 0) return undone;
  for (const { id, isUndone } of snapshot.loaded.receipts.heads) {
    if (!isUndone || receipts.has(id)) continue;
    const receipt = makeReceipt(restore, await snapshot.loaded.receipts.load(id), []);
    undone.push({ ...receipt, undoneAtMs: receipt.importedAtMs });
  }
  for (const receipt of undone) writer.setReceipt(receipt);
  return undone;
}

/** Entries of people and conversations out of what all imports say now. */
async function keepCatalogue({ writer, receipts, state }: Restore, fresh: ReadonlyMap<ReceiptId, ImportNote>): Promise<void> {
  const open = [...state.conversations.values()];
  const sources = new Set<SourceApp>(open.map(({ source }) => source));
  const others = [...receipts.values()].filter(({ id }) => !fresh.has(id));
  for (const source of sources) {
    const own = [...fresh.values()];
    const notes = [...(await loadImportNotes(writer.base, others, source)), ...own];
    const here = open.filter((each) => each.source === source);
    const named = new Set<PersonId>(
      own.flatMap(({ conversations, people }) => {
        const ids = new Set(here.map(({ id }) => id));
        const appearing = new Set(conversations.filter(({ conversation }) => ids.has(conversation)).flatMap((said) => said.people));
        return people
          .filter(({ person, conversation }) => appearing.has(person) || (conversation !== null && ids.has(conversation)))
          .map(({ person }) => person);
      }),
    );
    const owners = await keepPeople(writer, source, notes, named);
    const said = indexNotes(notes);
    for (const each of here) await keepEntry(writer, each, said.get(each.id) ?? [], owners);
  }
}

function indexNotes(notes: readonly ImportNote[]): Map<ConversationId, SaidOfConversation[]> {
  const said = new Map<ConversationId, SaidOfConversation[]>();
  for (const each of notes.flatMap(({ conversations }) => conversations))
    said.set(each.conversation, [...(said.get(each.conversation) ?? []), each]);
  return said;
}

async function keepEntry(
  writer: Restore['writer'],
  { id, source, entry, segments, nextSeq }: OpenConversation,
  said: readonly SaidOfConversation[],
  owners: ReadonlySet<PersonId>,
): Promise<void> {
  if (segments.length === 0 && entry === null) return;
  const last = await readLast(writer.next, segments);
  const made = makeConversationEntry(id, source, said, (person) => owners.has(person), { segments, nextSeq, last });
  if (!isSameJson(made, entry)) writer.setConversation(made);
}
