// The vault's contract in memory: fast enough for thousands of imports in a property test, and it counts what is written.

import { createHash } from 'node:crypto';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { CamphorError } from '../../src/model/error';
import type { ConversationId, ObjectId, PersonId, ReceiptId, SegmentId, Sha256Hex } from '../../src/model/ids';
import type { Message } from '../../src/model/message';
import type { Receipt } from '../../src/model/receipt';
import type { ArchiveReader, ArchiveWriter, ConversationEntry, MediaEntry, PersonEntry, SegmentEntry } from '../../src/vault/archive';
import { isHere, segmentMessageLimit } from '../../src/vault/archive';
import { columnsOf } from '../vault/message-columns';

interface State {
  readonly conversations: Map<ConversationId, ConversationEntry>;
  readonly people: Map<PersonId, PersonEntry>;
  readonly receipts: Map<ReceiptId, Receipt>;
  readonly media: Map<Sha256Hex, MediaEntry>;
  readonly notes: Map<string, string>;
}

export interface MemoryArchive {
  openReader(): Promise<ArchiveReader>;
  openWriter(): Promise<ArchiveWriter>;
  /** Calls of the writers so far. */
  readonly counts: { segmentsPut: number; mediaPut: number; conversationsSet: number; peopleSet: number };
}

export function makeMemoryArchive(): MemoryArchive {
  const segments = new Map<SegmentId, readonly Message[]>();
  const bytes = new Map<Sha256Hex, Uint8Array>();
  const counts = { segmentsPut: 0, mediaPut: 0, conversationsSet: 0, peopleSet: 0 };
  let state: State = { conversations: new Map(), people: new Map(), receipts: new Map(), media: new Map(), notes: new Map() };
  let ids = 0;
  let isWriting = false;

  const reader = (of: State): ArchiveReader => ({
    rootNumber: 0,
    contentNumber: 0,
    conversations: async () => [...of.conversations.values()].filter(({ parts }) => parts === undefined),
    joined: async () => [...of.conversations.values()].filter(({ parts }) => parts !== undefined),
    conversation: async (id) => of.conversations.get(id) ?? null,
    people: async () => new Map(of.people),
    receipts: async () => [...of.receipts.values()].sort((a, b) => b.importedAtMs - a.importedAtMs || (a.id < b.id ? -1 : 1)),
    media: async (sha256) => of.media.get(sha256) ?? null,
    async *mediaEntries() {
      yield* of.media.values();
    },
    readColumns: async (id) => columnsOf(segments.get(id) ?? []),
    readMessages: async (id) => structuredClone(segments.get(id) ?? []) as Message[],
    openMedia(entry) {
      if (!isHere(entry)) throw new CamphorError('not-found', { what: 'medium-elsewhere' });
      return sourceOfBytes(bytes.get(entry.sha256) ?? new Uint8Array());
    },
    readThumbnail: async () => null,
    readNote: async (name) => JSON.parse(of.notes.get(name) ?? 'null') as unknown,
    release() {},
  });

  const writer = (): ArchiveWriter => {
    const next: State = {
      conversations: new Map(state.conversations),
      people: new Map(state.people),
      receipts: new Map(state.receipts),
      media: new Map(state.media),
      notes: new Map(state.notes),
    };
    return {
      base: reader(state),
      next: reader(next),
      newConversationId: () => `c${ids++}` as ConversationId,
      newPersonId: () => `p${ids++}` as PersonId,
      async putSegment(messages): Promise<SegmentEntry> {
        if (messages.length === 0 || messages.length > segmentMessageLimit) throw new RangeError('size of a segment');
        for (const [index, { sentAtMs }] of messages.entries())
          if (sentAtMs < (messages[index - 1]?.sentAtMs ?? -Infinity)) throw new RangeError('not in time order');
        const id = `s${ids++}` as SegmentId;
        segments.set(id, structuredClone(messages) as Message[]);
        counts.segmentsPut++;
        return {
          id,
          messageCount: messages.length,
          firstAtMs: messages[0]?.sentAtMs ?? 0,
          lastAtMs: messages[messages.length - 1]?.sentAtMs ?? 0,
        };
      },
      async putMedia(chunks, receipt) {
        const hash = createHash('sha256');
        const parts: Uint8Array[] = [];
        for await (const chunk of chunks) {
          hash.update(chunk);
          parts.push(chunk);
        }
        counts.mediaPut++;
        const sha256 = hash.digest('hex') as Sha256Hex;
        const whole = new Uint8Array(Buffer.concat(parts));
        bytes.set(sha256, whole);
        const known = next.media.get(sha256);
        const entry: MediaEntry = {
          sha256,
          mime: 'application/octet-stream',
          thumbnail: null,
          widthPx: null,
          heightPx: null,
          receipts: [],
          ...known,
          sizeBytes: whole.length,
          chunks: whole.length === 0 ? [] : [`bytes of ${sha256}` as ObjectId],
        };
        const held = { ...entry, receipts: [...new Set([...entry.receipts, receipt])] };
        next.media.set(sha256, held);
        return held;
      },
      setMedia: (entry) => void next.media.set(entry.sha256, entry),
      removeMedia: (sha256) => void next.media.delete(sha256),
      putThumbnail: async () => {},
      setConversation(entry) {
        counts.conversationsSet++;
        next.conversations.set(entry.id, entry);
      },
      removeConversation: (id) => void next.conversations.delete(id),
      setPerson(entry) {
        counts.peopleSet++;
        next.people.set(entry.id, entry);
      },
      setReceipt: (receipt) => void next.receipts.set(receipt.id, structuredClone(receipt)),
      putNote: async (name, value) => void next.notes.set(name, JSON.stringify(value)),
      readNote: async (name) => JSON.parse(next.notes.get(name) ?? 'null') as unknown,
      removeNote: (name) => void next.notes.delete(name),
      async commit() {
        state = next;
        isWriting = false;
        return reader(state);
      },
      commitMove() {
        return this.commit();
      },
      async abandon() {
        isWriting = false;
      },
    };
  };
  return {
    openReader: async () => reader(state),
    async openWriter() {
      if (isWriting) throw new Error('busy');
      isWriting = true;
      return writer();
    },
    counts,
  };
}
