// A conversation in segments of given sizes, as imports of those sizes would leave it.

import type { Message } from '../../src/model/message';
import type { ArchiveWriter, ConversationEntry, SegmentEntry } from '../../src/vault/archive';
import type { WriterOptions } from '../../src/vault/environment';
import type { Vault } from '../../src/vault/vault';
import { makeConversation } from './make-messages';
import { writerOptions } from './make-vault';

/** Puts all messages; the last segment has what the sizes leave. */
export async function putCut(writer: ArchiveWriter, messages: readonly Message[], sizes: readonly number[]): Promise<ConversationEntry> {
  const segments: SegmentEntry[] = [];
  for (let from = 0, at = 0; from < messages.length; at += 1) {
    const to = from + (sizes[at] ?? messages.length);
    segments.push(await writer.putSegment(messages.slice(from, to)));
    from = to;
  }
  const entry = makeConversation(writer.newConversationId(), segments);
  writer.setConversation(entry);
  return entry;
}

export async function commitCut(
  vault: Vault,
  messages: readonly Message[],
  sizes: readonly number[],
  options: WriterOptions = writerOptions,
): Promise<ConversationEntry> {
  const writer = await vault.openWriter(options);
  const entry = await putCut(writer, messages, sizes);
  (await writer.commit()).release();
  return entry;
}

/** Messages of each segment, conversation by conversation, the joined ones last. */
export async function segmentSizes(vault: Vault): Promise<number[][]> {
  const reader = await vault.openReader();
  const entries = [...(await reader.conversations()), ...(await reader.joined())];
  reader.release();
  return entries.map(({ segments }) => segments.map(({ messageCount }) => messageCount));
}

/** Compacts to the end; gives how many steps it took. */
export async function compactAll(vault: Vault, options: WriterOptions = writerOptions): Promise<number> {
  let steps = 0;
  while (await vault.compactSegments(options)) steps += 1;
  return steps;
}
