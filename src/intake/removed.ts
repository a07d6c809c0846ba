// What is remembered of a conversation that the owner removed: enough to know it again, no text.

import type { ConversationId } from '../model/ids';
import type { Message } from '../model/message';
import type { SourceApp } from '../model/source';
import type { ArchiveReader, ArchiveWriter } from '../vault/archive';
import { hashText } from './sample';
import type { SurveyedConversation } from './survey';

export interface RemovedConversation {
  readonly conversation: ConversationId;
  readonly source: SourceApp;
  readonly sourceId: string | null;
  readonly name: string | null;
  /** Numbers below it were used, and are never given again. */
  readonly nextSeq: number;
  /** The lowest hashes of its texts. */
  readonly hashes: readonly number[];
}

const noteName = 'removed-conversations';
const removedHashLimit = 256;

/** The lowest hashes of `hashes` and of what people said in `messages`. */
export function lowestHashes(hashes: readonly number[], messages: readonly Message[]): readonly number[] {
  const all = new Set(hashes);
  for (const { sender, kind, text } of messages) {
    const hash = sender !== null && (kind === 'text' || kind === 'link') ? hashText(text) : null;
    if (hash !== null) all.add(hash);
  }
  return [...all].sort((a, b) => a - b).slice(0, removedHashLimit);
}

export async function loadRemoved(reader: Pick<ArchiveReader, 'readNote'>): Promise<readonly RemovedConversation[]> {
  return ((await reader.readNote(noteName)) as readonly RemovedConversation[] | null) ?? [];
}

export async function keepRemoved(writer: ArchiveWriter, removed: readonly RemovedConversation[]): Promise<void> {
  if (removed.length === 0) writer.removeNote(noteName);
  else await writer.putNote(noteName, removed);
}

/** True where the archive's conversation is the removed one: the same id, or a third of the texts in common. */
export function matchesRemoved(removed: RemovedConversation, surveyed: SurveyedConversation): boolean {
  const { sourceId } = surveyed.record;
  if (sourceId !== null && removed.sourceId !== null) return sourceId === removed.sourceId;
  const limit = surveyed.sample.limit();
  const comparable = removed.hashes.filter((hash) => hash < limit);
  const highest = removed.hashes.length < removedHashLimit ? Infinity : Math.max(...removed.hashes);
  const hashes = new Set(surveyed.sample.items().flatMap((item) => (item.hash <= highest ? [item.hash] : [])));
  const common = comparable.filter((hash) => hashes.has(hash)).length;
  return common >= 2 && common >= Math.min(comparable.length, hashes.size) / 3;
}
