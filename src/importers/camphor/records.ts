// A snapshot as neutral records, as any importer gives them: for looking inside, and for whoever does not restore.

import type { FileSet } from '../../bytes/source';
import type { PortableAttachment, PortableConversation, PortableId, PortableMessage, PortablePerson } from '../../model/portable';
import type { AttachmentRecord, MessageRecord, NeutralRecord, Span } from '../../model/record';
import { noAttachments } from '../../model/record';
import { readConversation, readOverlay, readPerson } from './read-catalogue';
import { readInstant, readMessage } from './read-message';
import { readReceipt } from './read-receipt';
import type { Parse, Parsed, Snapshot } from './snapshot';
import { problemOf, readJsonFile, readJsonLines } from './snapshot';
import type { TreeConversation } from './tree';

type Batches = AsyncGenerator<NeutralRecord[], void, void>;

interface Reading {
  readonly snapshot: Snapshot;
  readonly conversations: ReadonlyMap<PortableId, number>;
  readonly people: Map<PortableId, number>;
}

/** Conversations, then people, then everything else; each entry's records tile it. */
export async function* readRecords(snapshot: Snapshot): Batches {
  const { tree, files } = snapshot;
  const conversations = new Map(tree.conversations.map(({ id }, index) => [id, index]));
  const reading: Reading = { snapshot, conversations, people: new Map() };
  yield [wholeFile(files, tree.manifest, 'manifest')];
  if (tree.readme >= 0) yield [wholeFile(files, tree.readme, 'readme')];
  const declared = new Map<PortableId, PortableConversation>();
  for (const conversation of tree.conversations) yield await readHead(reading, conversation, declared);
  yield* readLinesAs(files, tree.people, 'person', readPerson, (person, out) => takePerson(reading, person, out));
  for (const conversation of tree.conversations) yield* readMonths(reading, conversation, declared.get(conversation.id));
  yield* readLinesAs(files, tree.overlays, 'overlay', readOverlay, () => undefined);
  for (const entry of tree.receipts.values()) yield structureOf(await readJsonFile(files, entry, readReceipt), 'receipt');
}

function wholeFile(files: FileSet, entry: number, name: string): NeutralRecord {
  return { type: 'structure', name, entry, offsetBytes: 0, lengthBytes: files.entries[entry]?.sizeBytes ?? 0 };
}

function problemsOf<Value>({ problems }: Parsed<Value>): NeutralRecord[] {
  return problems.map(({ problem, span }) => ({ type: 'problem', problem, ...span }));
}

/** What was understood is structure; what was not is a problem of the same length. */
function structureOf<Value>(parsed: Parsed<Value>, name: string): NeutralRecord[] {
  const own: NeutralRecord[] = parsed.value === null ? [] : [{ type: 'structure', name, ...parsed.span }];
  return [...own, ...problemsOf(parsed)];
}

async function* readLinesAs<Value>(
  files: FileSet,
  entry: number,
  name: string,
  parse: Parse<Value>,
  take: (value: Value, out: NeutralRecord[]) => void,
): Batches {
  for await (const lines of readJsonLines(files, entry, parse)) {
    const out: NeutralRecord[] = [];
    for (const parsed of lines) {
      if (parsed.value !== null) take(parsed.value, out);
      out.push(...structureOf(parsed, name));
    }
    yield out;
  }
}

async function readHead(
  reading: Reading,
  { id, entry }: TreeConversation,
  declared: Map<PortableId, PortableConversation>,
): Promise<NeutralRecord[]> {
  const parsed = entry < 0 ? null : await readJsonFile(reading.snapshot.files, entry, readConversation);
  const value = parsed?.value ?? null;
  if (value !== null) declared.set(id, value);
  return [
    {
      type: 'conversation',
      index: reading.conversations.get(id) ?? 0,
      sourceId: value === null ? `camphor:${id}` : `${value.source}:${value.sourceId ?? id}`,
      name: value?.names[0] ?? null,
      shape: value?.shape ?? 'unknown',
    },
    ...(parsed === null ? [] : structureOf(parsed, 'conversation')),
  ];
}

function takePerson(reading: Reading, person: PortablePerson, out: NeutralRecord[]): void {
  if (reading.people.has(person.id)) return;
  const index = reading.people.size;
  const conversation = person.conversation === undefined ? null : (reading.conversations.get(person.conversation) ?? null);
  reading.people.set(person.id, index);
  out.push({
    type: 'person',
    index,
    sourceId: conversation === null ? `${person.source}:${person.sourceId ?? person.id}` : (person.sourceId ?? null),
    name: person.names[0] ?? null,
    conversation,
    isOwner: person.isOwner === true,
  });
}

async function* readMonths(reading: Reading, { id, months }: TreeConversation, declared: PortableConversation | undefined): Batches {
  const counts = new Map(declared?.months);
  for (const [month, entry] of months) {
    let count = 0;
    for await (const lines of readJsonLines(reading.snapshot.files, entry, readMessage)) {
      const out: NeutralRecord[] = [];
      for (const parsed of lines) takeMessage(reading, reading.conversations.get(id) ?? 0, parsed, out);
      count += lines.length;
      yield out;
    }
    if (count < (counts.get(month) ?? 0)) {
      const offsetBytes = reading.snapshot.files.entries[entry]?.sizeBytes ?? 0;
      yield [{ type: 'problem', problem: problemOf('ends-early', ''), entry, offsetBytes, lengthBytes: 0 }];
    }
  }
}

function takeMessage(reading: Reading, conversation: number, parsed: Parsed<PortableMessage>, out: NeutralRecord[]): void {
  const { value, span } = parsed;
  if (value !== null) out.push(toRecord(reading, conversation, value, span, out));
  out.push(...problemsOf(parsed));
}

function toRecord(reading: Reading, conversation: number, message: PortableMessage, span: Span, out: NeutralRecord[]): MessageRecord {
  const { at, clock, from, sourceId, kind, text, attachments, facts } = message;
  return {
    type: 'message',
    conversation,
    sender: from === undefined ? -1 : senderOf(reading, from, conversation, out),
    sourceId: sourceId ?? null,
    sentAtMs: readInstant(at) ?? 0,
    clock: clock ?? 'absolute',
    kind: kind ?? 'text',
    text: text ?? '',
    attachments: attachments === undefined ? noAttachments : attachments.map((each) => toAttachment(reading, each)),
    facts: facts ?? null,
    ...span,
  };
}

/** Someone whom people.jsonl does not have is known by their id in this conversation. */
function senderOf(reading: Reading, id: PortableId, conversation: number, out: NeutralRecord[]): number {
  const known = reading.people.get(id);
  if (known !== undefined) return known;
  const index = reading.people.size;
  reading.people.set(id, index);
  out.push({ type: 'person', index, sourceId: null, name: null, conversation, isOwner: false });
  return index;
}

function toAttachment({ snapshot }: Reading, attachment: PortableAttachment): AttachmentRecord {
  const { sha256, name, missing, mime, sizeBytes, ...rest } = attachment;
  const entry = (sha256 === undefined ? undefined : snapshot.tree.media.get(sha256)) ?? null;
  return {
    ...rest,
    name: name ?? null,
    entry,
    missing: entry === null ? (missing ?? 'not-in-archive') : null,
    mime: mime ?? null,
    sizeBytes: sizeBytes ?? null,
  };
}
