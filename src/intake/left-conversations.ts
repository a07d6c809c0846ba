// Conversations that an undo took away though the owner had said something of them: by these they get their ids back when an
// import brings them again, and with them their bookmarks, names and pins. Nobody is asked; it is no removal.

import type { SourceApp } from '../model/source';
import type { ArchiveReader, ArchiveWriter, ConversationEntry } from '../vault/archive';
import type { IntakeEnvironment } from './environment';
import { isSpokenOf } from './follow-marks';
import { lowestHashes, matchesRemoved, type RemovedConversation } from './removed';
import type { SurveyedConversation } from './survey';

const noteName = 'left-conversations';

async function loadLeft(reader: Pick<ArchiveReader, 'readNote'>): Promise<readonly RemovedConversation[]> {
  return ((await reader.readNote(noteName)) as readonly RemovedConversation[] | null) ?? [];
}

/** Remembers a conversation that is about to go, where the owner has said anything of it. */
export async function keepLeft({ overlays }: IntakeEnvironment, writer: ArchiveWriter, entry: ConversationEntry): Promise<void> {
  if (!isSpokenOf((await overlays?.()) ?? [], entry.id)) return;
  const { id: conversation, source, sourceId, name, nextSeq } = entry;
  const others = (await loadLeft(writer.next)).filter((each) => each.conversation !== conversation);
  let hashes: readonly number[] = [];
  for (const { id } of entry.segments) hashes = lowestHashes(hashes, await writer.base.readMessages(id));
  await writer.putNote(noteName, [...others, { conversation, source, sourceId, name, nextSeq, hashes }]);
}

/** Finds such a conversation for one that is new; each is given once. */
export async function openLeft(
  reader: ArchiveReader,
  source: SourceApp,
): Promise<(surveyed: SurveyedConversation) => RemovedConversation | null> {
  const free = new Set((await loadLeft(reader)).filter((each) => each.source === source));
  return (surveyed) => {
    const found = [...free].find((each) => matchesRemoved(each, surveyed)) ?? null;
    if (found !== null) free.delete(found);
    return found;
  };
}

/** Those that are here again need not be remembered. */
export async function forgetLeft(writer: ArchiveWriter): Promise<void> {
  const known = await loadLeft(writer.next);
  if (known.length === 0) return;
  const here = new Set((await writer.next.conversations()).map(({ id }) => id));
  const left = known.filter(({ conversation }) => !here.has(conversation));
  if (left.length === 0) writer.removeNote(noteName);
  else if (left.length < known.length) await writer.putNote(noteName, left);
}
