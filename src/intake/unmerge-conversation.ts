// Takes one import out of a conversation: what remains is what the other imports alone would have given.

import type { SegmentEntry } from '../vault/archive';
import type { Message } from '../model/message';
import type { Holder } from './holder';
import { hasImage } from './holder';
import { mergeCell } from './merge-cell';
import type { SegmentStore } from './segment-cursor';
import { cellMs, openCursor, startOfCell } from './segment-cursor';

export interface UnmergeInput {
  readonly store: SegmentStore;
  readonly segments: readonly SegmentEntry[];
  readonly nextSeq: number;
  /** The imports that stay. */
  readonly holders: readonly Holder[];
  readonly leaving: Holder;
}

export interface UnmergeResult {
  readonly segments: readonly SegmentEntry[];
  readonly nextSeq: number;
  readonly removed: number;
  /** Messages that are again as the other imports show them. */
  readonly restored: number;
}

export async function unmergeConversation(input: UnmergeInput): Promise<UnmergeResult> {
  const cursor = openCursor(input.store, input.segments);
  let { nextSeq } = input;
  let removed = 0;
  let restored = 0;
  for (let startMs = await cursor.seekNext(-Infinity); startMs !== null; startMs = await cursor.seekNext(startMs + cellMs)) {
    const existing = cursor.cell();
    if (!existing.some(({ seq }) => input.leaving.held.has(seq))) continue;
    const staying = existing.filter(({ seq }) => !input.leaving.held.has(seq) || input.holders.some((holder) => holder.held.has(seq)));
    removed += existing.length - staying.length;
    const isOpen = hasImages(input, existing) || showDifferent(input.holders, staying) || meetAtEdges(input.holders, startMs);
    const merged = isOpen ? mergeCell(staying, input.holders, null, () => nextSeq++) : null;
    removed += merged?.removed ?? 0;
    restored += (merged?.changed ?? 0) + (merged?.added ?? 0);
    const messages = merged?.messages ?? staying;
    if (messages.length !== existing.length || messages.some((message, index) => message !== existing[index])) cursor.replace(messages);
  }
  return { segments: await cursor.finish(), nextSeq, removed, restored };
}

/** Two messages that only the leaving import shows beside each other may be one to those that stay: an edited one and what it was before. */
function showDifferent(holders: readonly Holder[], staying: readonly Message[]): boolean {
  const showing = holders.filter(({ held }) => staying.some(({ seq }) => held.has(seq)));
  return staying.some(({ seq }) => showing.some(({ held }) => !held.has(seq)));
}

/** Between archives of which one ends where the other begins less is taken for one than where a third shows all of it. */
function meetAtEdges(holders: readonly Holder[], startMs: number): boolean {
  const isInCell = (atMs: number | undefined): boolean => atMs !== undefined && startOfCell(atMs) === startMs;
  return holders.some(({ edges }) => isInCell(edges?.firstTickMs)) && holders.some(({ edges }) => isInCell(edges?.lastTickMs));
}

/** Without images every import shows a message as it is kept, and where all show the same, taking one out changes no other. */
function hasImages({ holders, leaving }: UnmergeInput, messages: readonly Message[]): boolean {
  return messages.some(({ seq }) => hasImage(leaving, seq) || holders.some((holder) => hasImage(holder, seq)));
}
