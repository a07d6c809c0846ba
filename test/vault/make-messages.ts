// Invented messages for tests of the vault.

import fc from 'fast-check';
import type { ConversationId, PersonId, ReceiptId, Sha256Hex } from '../../src/model/ids';
import type { Message } from '../../src/model/message';
import type { Receipt } from '../../src/model/receipt';
import { messageKinds } from '../../src/model/record';
import type { ConversationEntry, SegmentEntry } from '../../src/vault/archive';
import { clocks } from '../../src/vault/columns/clocks';

export const startMs = Date.UTC(2026, 0, 2, 3, 4, 5);

export function makeMessage(seq: number, changes: Partial<Message> = {}): Message {
  return {
    seq,
    sender: 'person-a' as PersonId,
    sourceId: null,
    sentAtMs: startMs + seq * 60_000,
    clock: 'absolute',
    zoneOffsetMin: 0,
    kind: 'text',
    text: `message ${seq} 你好`,
    attachments: [],
    facts: null,
    ...changes,
  };
}

export const makeMessages = (count: number, from = 0): Message[] => Array.from({ length: count }, (_, at) => makeMessage(from + at));

export function makeConversation(
  id: ConversationId,
  segments: readonly SegmentEntry[],
  changes: Partial<ConversationEntry> = {},
): ConversationEntry {
  const messageCount = segments.reduce((sum, segment) => sum + segment.messageCount, 0);
  return {
    id,
    source: 'whatsapp',
    sourceId: null,
    name: `conversation ${id}`,
    names: [],
    shape: 'direct',
    people: [],
    ownerPeople: [],
    segments,
    messageCount,
    firstAtMs: segments[0]?.firstAtMs ?? null,
    lastAtMs: segments.at(-1)?.lastAtMs ?? null,
    nextSeq: messageCount,
    last: null,
    zone: null,
    ...changes,
  };
}

export function makeReceipt(id: string, changes: Partial<Receipt> = {}): Receipt {
  return {
    id: id as ReceiptId,
    importedAtMs: startMs,
    undoneAtMs: null,
    source: 'whatsapp',
    format: 'whatsapp-text',
    formatVersion: 'android',
    files: [],
    answers: {},
    conversations: [],
    messagesRead: 0,
    added: 0,
    known: 0,
    changed: 0,
    byKind: {},
    mediaFound: 0,
    mediaMissing: 0,
    problemCounts: {},
    problems: [],
    accounting: [],
    ...changes,
  };
}

export async function* inPieces(bytes: Uint8Array, pieceBytes = 300_000): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
}

/** Bytes that no codec shrinks and no two of which are the same medium. */
export function makeBytes(sizeBytes: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < sizeBytes; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\ud83d', '\ude00', 'a\ud83d', '\ude00b', '\ufeffbom', 'a\u0000b', '😀'),
);
const anyId = fc.oneof(fc.constantFrom('0', '007', '9007199254740993', '-1', '1e3', ''), fc.nat().map(String), fc.string());

const anyAttachment = fc.record({
  kind: fc.constantFrom('image', 'voice', 'file'),
  name: fc.option(anyText),
  missing: fc.constantFrom(null, 'omitted'),
  mime: fc.option(fc.string()),
  sizeBytes: fc.option(fc.nat()),
  sha256: fc.option(fc.constant('ab'.repeat(32) as Sha256Hex)),
}) as fc.Arbitrary<Message['attachments'][number]>;

const anyFacts = fc.option(
  fc.record({
    extra: fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    ),
    replyTo: fc.record({ sourceId: fc.option(anyId), excerpt: anyText }),
  }),
) as fc.Arbitrary<Message['facts']>;

const anyMessage: fc.Arbitrary<Message> = fc.record({
  seq: fc.nat({ max: 2 ** 32 - 1 }),
  sender: fc.option(fc.string() as unknown as fc.Arbitrary<PersonId>),
  sourceId: fc.option(anyId),
  sentAtMs: fc.oneof(
    fc.integer({ min: -8.64e15 / 4, max: 8.64e15 / 4 }),
    fc.integer({ min: 0, max: 30_000_000 }).map((minutes) => minutes * 60_000),
  ),
  clock: fc.constantFrom(...clocks),
  zoneOffsetMin: fc.integer({ min: -1440, max: 1440 }),
  kind: fc.constantFrom(...messageKinds),
  text: anyText,
  attachments: fc.array(anyAttachment, { maxLength: 2 }),
  facts: anyFacts,
});

/** Hostile messages, sorted by time as a segment wants them. */
export const anyMessages: fc.Arbitrary<readonly Message[]> = fc
  .array(anyMessage, { minLength: 1, maxLength: 40 })
  .map((messages) => messages.sort((a, b) => a.sentAtMs - b.sentAtMs));
