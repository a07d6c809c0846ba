// A conversation that was removed elsewhere, and may still be here.

import type { ConversationId } from '../model/ids';
import { messageKinds } from '../model/record';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import type { RemovedConversation } from './removed';
import { matchesRemoved } from './removed';
import { makeSample } from './sample';
import type { SurveyedConversation } from './survey';
import { isTelling } from './survey';

/** By the source's id; else by its texts, where the name is one that it had. */
export async function findRemovedHere(
  reader: ArchiveReader,
  removed: Omit<RemovedConversation, 'conversation' | 'nextSeq'>,
): Promise<ConversationId | null> {
  const { source, sourceId, name } = removed;
  const entries = (await reader.conversations()).filter((entry) => entry.source === source);
  if (sourceId !== null) return entries.find((entry) => entry.sourceId === sourceId)?.id ?? null;
  for (const entry of entries) {
    if (entry.sourceId !== null || name === null || !entry.names.includes(name)) continue;
    if (matchesRemoved({ ...removed, conversation: entry.id, nextSeq: 0 }, await sampleOf(reader, entry))) return entry.id;
  }
  return null;
}

const sampledTexts = 2048;

async function sampleOf(reader: ArchiveReader, { segments, sourceId, name, shape }: ConversationEntry): Promise<SurveyedConversation> {
  const sample = makeSample(sampledTexts);
  for (const { id } of segments) {
    const { text, people, kinds } = await reader.readColumns(id, ['text', 'people', 'kinds']);
    if (text === undefined || people === undefined || kinds === undefined) continue;
    for (let at = 0; at < kinds.length; at++) {
      const sender = people.index[at] ?? -1;
      if (isTelling(messageKinds[kinds[at] ?? -1] ?? 'unknown', sender))
        sample.add(text.joined.slice(at === 0 ? 0 : text.ends[at - 1], text.ends[at]), 0, sender);
    }
  }
  const times = { firstAtMs: 0, lastAtMs: 0, isZoneless: false, isCoarse: false, hasIds: false };
  return { record: { type: 'conversation', index: 0, sourceId, name, shape }, messages: 0, ...times, sample };
}
