// What each import said of people and conversations. Entries of the catalogue are worked out of these notes, so that names
// depend neither on the order of imports nor on imports that were undone.

import type { ConversationId, PersonId, ReceiptId } from '../model/ids';
import type { Message } from '../model/message';
import type { ConversationShape } from '../model/record';
import { copyText } from '../model/unit-text';
import type { Receipt } from '../model/receipt';
import type { SourceApp } from '../model/source';
import type { ArchiveReader, ConversationEntry, PersonEntry, SegmentEntry } from '../vault/archive';

export interface SaidOfConversation {
  readonly conversation: ConversationId;
  readonly asOfMs: number;
  readonly sourceId: string | null;
  readonly name: string | null;
  readonly shape: ConversationShape;
  readonly zone: string | null;
  readonly people: readonly PersonId[];
}

export interface SaidOfPerson {
  readonly person: PersonId;
  readonly asOfMs: number;
  readonly sourceId: string | null;
  readonly conversation: ConversationId | null;
  readonly name: string | null;
  readonly isOwner: boolean;
}

export interface ImportNote {
  readonly conversations: readonly SaidOfConversation[];
  readonly people: readonly SaidOfPerson[];
}

export function importNoteName(receipt: ReceiptId): string {
  return `import/${receipt}`;
}

/** What no import of a snapshot held was restored under a receipt of its own, whatever the source. */
export function speaksOf(receipt: Pick<Receipt, 'source'>, source: SourceApp): boolean {
  return receipt.source === source || receipt.source === 'camphor';
}

/** Notes of all imports of a source that are not undone. */
export async function loadImportNotes(
  reader: Pick<ArchiveReader, 'readNote'>,
  receipts: readonly Receipt[],
  source: SourceApp,
): Promise<ImportNote[]> {
  const notes: ImportNote[] = [];
  for (const receipt of receipts) {
    if (receipt.undoneAtMs !== null || !speaksOf(receipt, source)) continue;
    const note = (await reader.readNote(importNoteName(receipt.id))) as ImportNote | null;
    if (note !== null) notes.push(note);
  }
  return notes;
}

/** The newest first; of two at the same time the one that comes first by what is said, so that any order gives the same. */
function newestFirst<Said extends { readonly asOfMs: number; readonly name: string | null; readonly zone?: string | null }>(
  said: readonly Said[],
): Said[] {
  const write = ({ name, zone }: Said): string => `${name ?? ''}\n${zone ?? ''}`;
  return said.toSorted((a, b) => b.asOfMs - a.asOfMs || (write(a) < write(b) ? -1 : 1));
}

/** What an archive says of a group is evidence; that there are two, or nothing, may only mean that the others are silent. */
const shapeRank: Readonly<Record<ConversationShape, number>> = { group: 4, channel: 3, self: 2, direct: 1, unknown: 0 };

function namesOf(said: readonly { readonly name: string | null }[]): string[] {
  return [...new Set(said.flatMap(({ name }) => (name === null || name === '' ? [] : [name])))];
}

/** A person's entry out of what is said of them; null where nothing is. */
export function makePersonEntry(source: SourceApp, said: readonly SaidOfPerson[]): PersonEntry | null {
  const sorted = newestFirst(said);
  const [newest] = sorted;
  if (newest === undefined) return null;
  return {
    id: newest.person,
    source,
    sourceId: sorted.find(({ sourceId }) => sourceId !== null)?.sourceId ?? null,
    conversation: newest.conversation,
    names: namesOf(sorted),
    isOwner: sorted.some(({ isOwner }) => isOwner),
  };
}

export interface ConversationContent {
  readonly segments: readonly SegmentEntry[];
  readonly nextSeq: number;
  readonly last: ConversationEntry['last'];
}

/** A conversation's entry out of what is said of it and what it holds. `isOwner` tells of people. */
export function makeConversationEntry(
  id: ConversationId,
  source: SourceApp,
  said: readonly SaidOfConversation[],
  isOwner: (person: PersonId) => boolean,
  content: ConversationContent,
): ConversationEntry {
  const sorted = newestFirst(said);
  const names = namesOf(sorted);
  const people = [...new Set(sorted.toReversed().flatMap((each) => each.people))];
  const { segments, nextSeq, last } = content;
  return {
    id,
    source,
    sourceId: sorted.find(({ sourceId }) => sourceId !== null)?.sourceId ?? null,
    name: names[0] ?? null,
    names,
    shape: sorted.reduce<ConversationShape>((best, { shape }) => (shapeRank[shape] > shapeRank[best] ? shape : best), 'unknown'),
    people,
    ownerPeople: people.filter(isOwner),
    segments,
    messageCount: segments.reduce((sum, { messageCount }) => sum + messageCount, 0),
    firstAtMs: segments[0]?.firstAtMs ?? null,
    lastAtMs: segments.reduce<number | null>((last_, { lastAtMs }) => Math.max(last_ ?? lastAtMs, lastAtMs), null),
    nextSeq,
    last,
    zone: sorted.find(({ zone }) => zone !== null)?.zone ?? null,
  };
}

const lastTextLimit = 200;

type Last = NonNullable<ConversationEntry['last']>;

/** Of segments written by this job, which need not be opened for it. */
const lastWritten = new WeakMap<SegmentEntry, Last>();

/** The text is a copy: one that was cut out of a segment's texts keeps all of them. */
const inShort = ({ text, sender, kind }: Message): Last => ({ text: copyText(text.slice(0, lastTextLimit)), sender, kind });

/** For `readLast`: the messages that a segment was just written with. */
export function rememberLast(segment: SegmentEntry, messages: readonly Message[]): SegmentEntry {
  const last = messages[messages.length - 1];
  if (last !== undefined) lastWritten.set(segment, inShort(last));
  return segment;
}

/** The last message in short. */
export async function readLast(reader: ArchiveReader, segments: readonly SegmentEntry[]): Promise<ConversationEntry['last']> {
  const segment = segments[segments.length - 1];
  if (segment === undefined) return null;
  const known = lastWritten.get(segment);
  if (known !== undefined) return known;
  const messages = await reader.readMessages(segment.id);
  const last = messages[messages.length - 1];
  return last === undefined ? null : inShort(last);
}
