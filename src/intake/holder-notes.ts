// Holders as the vault keeps them: held runs and edges in the receipts, images in a sealed note a receipt and conversation.

import type { ConversationId, ReceiptId } from '../model/ids';
import type { Receipt, ReceiptConversation } from '../model/receipt';
import type { ArchiveReader, ArchiveWriter } from '../vault/archive';
import type { Holder, KeptImages } from './holder';
import { makeImageSet, packImages } from './holder';
import { makeSeqSet } from './seq-set';

export function imagesNoteName(receipt: ReceiptId, conversation: ConversationId): string {
  return `images/${receipt}/${conversation}`;
}

/** Which imports, not undone, hold messages of each conversation; the oldest import first. */
export type HoldingImports = ReadonlyMap<ConversationId, readonly (readonly [Receipt, ReceiptConversation])[]>;

/** Made once for all conversations of an archive: accounts hold thousands, and there may be hundreds of imports. */
export function indexHolding(receipts: readonly Receipt[]): HoldingImports {
  const live = receipts.filter((receipt) => receipt.undoneAtMs === null).toSorted((a, b) => a.importedAtMs - b.importedAtMs);
  const index = new Map<ConversationId, [Receipt, ReceiptConversation][]>();
  for (const receipt of live) {
    for (const part of receipt.conversations) {
      const list = index.get(part.conversation);
      if (list === undefined) index.set(part.conversation, [[receipt, part]]);
      // A receipt speaks of a conversation once.
      else if (list.at(-1)?.[0] !== receipt) list.push([receipt, part]);
    }
  }
  return index;
}

/** All imports, not undone, that hold messages of the conversation; the oldest import first. */
export async function loadHolders(
  reader: Pick<ArchiveReader, 'readNote'>,
  imports: HoldingImports,
  conversation: ConversationId,
): Promise<Holder[]> {
  const holders: Holder[] = [];
  for (const [receipt, part] of imports.get(conversation) ?? []) {
    const kept = (await reader.readNote(imagesNoteName(receipt.id, conversation))) as KeptImages | null;
    const [firstTickMs, lastTickMs] = part.openTicks;
    holders.push({
      receipt: receipt.id,
      asOfMs: lastTickMs ?? -Infinity,
      edges: firstTickMs === undefined || lastTickMs === undefined ? null : { tickMs: part.tickMs, firstTickMs, lastTickMs },
      held: makeSeqSet(part.held),
      images: makeImageSet(kept),
      changed: false,
    });
  }
  return holders;
}

/** Writes what changed in holders of a conversation: their images, and in `receipts` what they hold. */
export async function keepHolders(
  writer: ArchiveWriter,
  receipts: Map<ReceiptId, Receipt>,
  conversation: ConversationId,
  holders: readonly Holder[],
): Promise<void> {
  for (const holder of holders) {
    if (!holder.changed) continue;
    await keepImages(writer, conversation, holder);
    const receipt = receipts.get(holder.receipt);
    if (receipt === undefined) continue;
    const held = holder.held.runs();
    const conversations = receipt.conversations.map((part) => (part.conversation === conversation ? { ...part, held } : part));
    const next = { ...receipt, conversations };
    receipts.set(receipt.id, next);
    writer.setReceipt(next);
  }
}

export async function keepImages(writer: ArchiveWriter, conversation: ConversationId, holder: Holder): Promise<void> {
  const name = imagesNoteName(holder.receipt, conversation);
  const images = packImages(holder.images);
  if (images !== null) await writer.putNote(name, images);
  else writer.removeNote(name);
}
