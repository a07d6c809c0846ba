// An ArchiveReader over arrays of messages, cut into segments as the vault does.

import { signatureOf } from '../../src/search/signature';
import type { ConversationId, PersonId, SegmentId } from '../../src/model/ids';
import type { Message } from '../../src/model/message';
import type { ArchiveReader, ColumnName, ConversationEntry, PersonEntry, SegmentColumns, SegmentEntry } from '../../src/vault/archive';
import { columnsOf } from '../vault/message-columns';

export interface MemoryConversation extends Partial<Omit<ConversationEntry, 'id'>> {
  readonly id: string;
  /** In any order. */
  readonly messages: readonly Message[];
}

export interface MemoryReader extends ArchiveReader {
  /** Columns that were opened, as `segment column`, in order. */
  readonly opened: string[];
}

let nextSeq = 0;

/** A message with everything but its text left at its plainest. */
export function message(text: string, fields: Partial<Message> = {}): Message {
  const seq = fields.seq ?? nextSeq++;
  return {
    seq,
    sender: null,
    sourceId: null,
    sentAtMs: seq * 60_000,
    clock: 'absolute',
    zoneOffsetMin: 0,
    kind: 'text',
    text,
    attachments: [],
    facts: null,
    ...fields, // prettier-ignore
  };
}

export const conversationId = (id: string): ConversationId => id as ConversationId;
export const personId = (id: string): PersonId => id as PersonId;

function toColumns(messages: readonly Message[]): Required<SegmentColumns> {
  const columns = columnsOf(messages);
  return { ...columns, signature: signatureOf(columns.text) };
}

export function memoryReader(
  conversations: readonly MemoryConversation[],
  people: readonly PersonEntry[] = [],
  segmentSize = 4096,
  rootNumber = 1,
): MemoryReader {
  const segments = new Map<SegmentId, { readonly messages: readonly Message[]; columns: Required<SegmentColumns> | null }>();
  const opened: string[] = [];
  const entries = conversations.map(({ id, messages, ...fields }): ConversationEntry => {
    const sorted = messages.toSorted((a, b) => a.sentAtMs - b.sentAtMs);
    const own: SegmentEntry[] = [];
    for (let at = 0; at < sorted.length; at += segmentSize) {
      const run = sorted.slice(at, at + segmentSize);
      const segment = `${id}#${at}` as SegmentId;
      segments.set(segment, { messages: run, columns: null });
      own.push({ id: segment, messageCount: run.length, firstAtMs: run[0]?.sentAtMs ?? 0, lastAtMs: run.at(-1)?.sentAtMs ?? 0 });
    }
    const last = sorted.at(-1);
    return {
      id: conversationId(id), source: 'whatsapp', sourceId: null, name: id, names: [id], shape: 'group',
      people: [...new Set(sorted.flatMap(({ sender }) => (sender === null ? [] : [sender])))], ownerPeople: [], segments: own,
      messageCount: sorted.length, firstAtMs: sorted[0]?.sentAtMs ?? null, lastAtMs: last?.sentAtMs ?? null, nextSeq: 0,
      last: last ? { text: last.text, sender: last.sender, kind: last.kind } : null, zone: null, ...fields,
    }; // prettier-ignore
  });
  const peopleById = new Map(people.map((person) => [person.id, person]));
  const segment = (id: SegmentId): { readonly messages: readonly Message[]; columns: Required<SegmentColumns> | null } => {
    const found = segments.get(id);
    if (!found) throw new Error(`no segment ${id}`);
    return found;
  };
  const unused = (): never => {
    throw new Error('not part of reading and searching');
  };
  return {
    rootNumber,
    contentNumber: rootNumber,
    opened,
    conversations: async () => entries.filter(({ parts }) => parts === undefined),
    joined: async () => entries.filter(({ parts }) => parts !== undefined),
    conversation: async (id) => entries.find((entry) => entry.id === id) ?? null,
    people: async () => peopleById,
    readColumns: async (id: SegmentId, names: readonly ColumnName[]) => {
      opened.push(...names.map((name) => `${id} ${name}`));
      const found = segment(id);
      found.columns ??= toColumns(found.messages);
      const columns = found.columns;
      return Object.fromEntries(names.map((name) => [name, columns[name]]));
    },
    readMessages: async (id) => {
      opened.push(`${id} messages`);
      return segment(id).messages;
    },
    receipts: async () => [],
    media: async () => null,
    mediaEntries: unused,
    openMedia: unused,
    readThumbnail: async () => null,
    readNote: async () => null,
    release: () => {},
  };
}

export function person(id: string, names: readonly string[], fields: Partial<PersonEntry> = {}): PersonEntry {
  return { id: personId(id), source: 'whatsapp', sourceId: null, conversation: null, names, isOwner: false, ...fields };
}
