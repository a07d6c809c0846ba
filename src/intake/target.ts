// One conversation of an archive on its way into one of the vault.

import type { ConversationId, PersonId, ReceiptId } from '../model/ids';
import type { Message } from '../model/message';
import type { ReceiptConversation } from '../model/receipt';
import type { ArchiveWriter, ConversationEntry, SegmentEntry } from '../vault/archive';
import type { ClockReading } from './clock';
import type { Holder } from './holder';
import { makeImageSet } from './holder';
import { rememberLast } from './import-note';
import type { ConversationMerge } from './merge-conversation';
import { mergeConversation } from './merge-conversation';
import type { Edges } from './observation';
import type { SegmentStore } from './segment-cursor';
import { makeSeqSet } from './seq-set';
import type { SurveyedConversation } from './survey';

export interface Target {
  readonly index: number;
  readonly id: ConversationId;
  /** As it was before this import; null where it is new. */
  readonly entry: ConversationEntry | null;
  surveyed: SurveyedConversation;
  readonly reading: ClockReading;
  readonly holders: readonly Holder[];
  readonly importing: Holder;
  /** That of the import just before, of the same archive, where its messages are as it left them. */
  readonly followed: Holder | null;
  readonly isPreview: boolean;
  /** People who appear, in the order of their first message. */
  readonly people: Set<PersonId>;
  readonly startSeq: number;
  segments: readonly SegmentEntry[];
  nextSeq: number;
  merge: ConversationMerge | null;
  /** Messages handed on since the merge began: no more than these are held back. */
  open: number;
  read: number;
  added: number;
  changed: number;
  firstAtMs: number;
  lastAtMs: number;
}

export interface TargetInput {
  readonly index: number;
  readonly id: ConversationId;
  readonly entry: ConversationEntry | null;
  /** First number that may be given. */
  readonly nextSeq: number;
  readonly surveyed: SurveyedConversation;
  readonly reading: ClockReading;
  readonly holders: readonly Holder[];
  readonly receipt: ReceiptId;
  readonly edges: Edges | null;
  readonly followed?: Holder | null;
  readonly isPreview: boolean;
}

export function makeTarget(input: TargetInput): Target {
  const { index, id, entry, surveyed, reading, receipt, edges, nextSeq, followed = null, isPreview } = input;
  const importing: Holder = {
    receipt,
    asOfMs: edges?.lastTickMs ?? -Infinity,
    edges,
    held: makeSeqSet(),
    images: makeImageSet(),
    changed: true,
  };
  return {
    index,
    id,
    entry,
    surveyed,
    reading,
    holders: [...input.holders, importing],
    importing,
    followed,
    isPreview,
    people: new Set(),
    startSeq: nextSeq,
    segments: entry?.segments ?? [],
    nextSeq,
    merge: null,
    open: 0,
    read: 0,
    added: 0,
    changed: 0,
    firstAtMs: Infinity,
    lastAtMs: -Infinity,
  };
}

export interface MergeEvents {
  onCut(target: Target, atMs: number, kept: number, atMost: number): void;
  onAmbiguous(target: Target, atMs: number): void;
}

function seeMessage(target: Target, { sentAtMs, sender }: Pick<Message, 'sentAtMs' | 'sender'>): void {
  target.firstAtMs = Math.min(target.firstAtMs, sentAtMs);
  target.lastAtMs = Math.max(target.lastAtMs, sentAtMs);
  if (sender !== null) target.people.add(sender);
}

/** Counts a message that is here as the import that is followed has left it. */
export function passMessage(target: Target, store: SegmentStore, events: MergeEvents, message: Pick<Message, 'sentAtMs' | 'sender'>): void {
  seeMessage(target, message);
  target.read++;
  openMerge(target, store, events).pass(message.sentAtMs);
}

/** Hands a message on; wait for the promise, where there is one. */
export function addMessage(target: Target, store: SegmentStore, events: MergeEvents, message: Message): Promise<void> | null {
  seeMessage(target, message);
  target.open++;
  return openMerge(target, store, events).add(message);
}

function openMerge(target: Target, store: SegmentStore, events: MergeEvents): ConversationMerge {
  return (target.merge ??= mergeConversation({
    store,
    segments: target.segments,
    nextSeq: target.nextSeq,
    holders: target.holders,
    importing: target.importing,
    isPreview: target.isPreview,
    onCut: (atMs, kept, atMost) => events.onCut(target, atMs, kept, atMost),
    onAmbiguous: (atMs) => events.onAmbiguous(target, atMs),
  }));
}

/** Merges what is held back. The target may go on with further messages afterwards. */
export async function settleTarget(target: Target): Promise<void> {
  if (target.merge === null) return;
  const result = await target.merge.finish();
  target.merge = null;
  target.open = 0;
  target.segments = result.segments;
  target.nextSeq = result.nextSeq;
  target.read += result.read;
  target.added += result.added;
  target.changed += result.changed;
}

/** Segments through a writer; a preview reads only, and what it would write is nowhere. */
export function segmentStore(writer: Pick<ArchiveWriter, 'putSegment' | 'next'>): SegmentStore {
  return {
    read: ({ id }) => writer.next.readMessages(id),
    put: async (messages) => rememberLast(await writer.putSegment(messages), messages),
  };
}

export function describeTarget(target: Target): ReceiptConversation {
  const { id, surveyed, read, added, changed, startSeq, nextSeq, importing, firstAtMs, lastAtMs } = target;
  const { edges } = importing;
  return {
    conversation: id,
    name: surveyed.record.name,
    read,
    added,
    known: read - added,
    changed,
    firstAtMs: read === 0 ? null : firstAtMs,
    lastAtMs: read === 0 ? null : lastAtMs,
    brought: nextSeq > startSeq ? [[startSeq, nextSeq]] : [],
    held: importing.held.runs(),
    openTicks: edges === null ? [] : [edges.firstTickMs, edges.lastTickMs],
    tickMs: edges?.tickMs ?? 1000,
  };
}
