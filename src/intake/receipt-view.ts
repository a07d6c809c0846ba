import type { Receipt } from '../model/receipt';
import type { ReceiptView } from '../model/view';
import type { ConversationEntry } from '../vault/archive';

/** A receipt for the screen, with today's names of its conversations; of one that is gone, the name that the archive gave. */
export function viewReceipt(receipt: Receipt, conversations: readonly ConversationEntry[]): ReceiptView {
  const known = new Map(conversations.map((entry) => [entry.id, entry.name]));
  const conversationNames = Object.fromEntries(
    receipt.conversations.map(({ conversation, name }) => [conversation, known.get(conversation) ?? name ?? '']),
  );
  return { ...receipt, conversationNames, canUndo: receipt.undoneAtMs === null };
}
