// Media that are sent while conversations are made: that keeps one thread busy, and the others would wait for it
// (docs/decisions/0006-backup-speed.md).

import type { ReceiptId, Sha256Hex } from '../model/ids';
import { inParallel } from '../repository/in-parallel';
import type { MediaEntry } from '../vault/archive';
import { listTravelling, type MediaTools, saveMedium } from './media-files';

/**
 * Sends media that the repository lacks, a few at once and in no order, until there are no more or `isOver` says so; gives those that it
 * sent. Nothing is on its way afterwards. `travelling`: imports whose kept original goes with the backup. Throws what reading and saving
 * throw.
 */
export async function sendAhead(
  tools: MediaTools,
  travelling: ReadonlySet<ReceiptId>,
  isOver: () => boolean,
): Promise<ReadonlySet<Sha256Hex>> {
  const sent = new Set<Sha256Hex>();
  await inParallel(untilOver(listTravelling(tools.reader, travelling), isOver), async (entry) => {
    const saved = await saveMedium(entry, tools);
    if (saved?.isNew === true) sent.add(entry.sha256);
  });
  return sent;
}

async function* untilOver(media: AsyncIterable<MediaEntry>, isOver: () => boolean): AsyncGenerator<MediaEntry, void, void> {
  for await (const entry of media) {
    if (isOver()) return;
    yield entry;
  }
}
