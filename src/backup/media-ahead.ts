// Media that are sent while conversations are made: that keeps one thread busy, and the others would wait for it
// (docs/decisions/0006-backup-speed.md).

import type { ReceiptId, Sha256Hex } from '../model/ids';
import { createSendQueue } from '../repository/send-queue';
import { type MediaTools, saveMedium, staysHere } from './media-files';

/** What they hold comes on top of what the conversations hold. */
const atOnce = 4;

/**
 * Sends media that the repository lacks, in no order, until there are no more or `isOver` says so; gives those that it sent. Nothing is on
 * its way afterwards. `travelling`: imports whose kept original goes with the backup. Throws what reading and saving throw.
 */
export async function sendAhead(
  tools: MediaTools,
  travelling: ReadonlySet<ReceiptId>,
  isOver: () => boolean,
): Promise<ReadonlySet<Sha256Hex>> {
  const sent = new Set<Sha256Hex>();
  const queue = createSendQueue(atOnce);
  try {
    for await (const entry of tools.reader.mediaEntries()) {
      if (isOver()) break;
      if (staysHere(entry.receipts, travelling)) continue;
      await queue.push(async () => {
        const saved = await saveMedium(entry, tools);
        if (saved?.isNew === true) sent.add(entry.sha256);
      });
    }
  } finally {
    await queue.settle();
  }
  await queue.drain();
  return sent;
}
