// Receipts as the screen shows them, and as the owner saves them.

import { CamphorError } from '../src/model/error';
import type { ReceiptId } from '../src/model/ids';
import type { Receipt } from '../src/model/receipt';
import type { ReceiptView } from '../src/model/view';
import type { ArchiveReader } from '../src/vault/archive';

/** The newest import first. */
export async function receiptViews(reader: ArchiveReader): Promise<readonly ReceiptView[]> {
  return (await reader.receipts()).map(receiptView);
}

export function receiptView(receipt: Receipt): ReceiptView {
  const names = receipt.conversations.map(({ conversation, name }) => [conversation, name ?? ''] as const);
  return { ...receipt, conversationNames: Object.fromEntries(names), canUndo: receipt.undoneAtMs === null };
}

/** JSON without any text of messages: the raw pieces of problems are left out. Throws CamphorError `not-found`. */
export async function exportReceipt(reader: ArchiveReader, id: ReceiptId): Promise<string> {
  const receipt = (await reader.receipts()).find((known) => known.id === id);
  if (receipt === undefined) throw new CamphorError('not-found', { what: 'receipt' });
  const problems = receipt.problems.map(({ problem, ...span }) => ({ ...span, code: problem.code, detail: problem.detail }));
  return JSON.stringify({ ...receipt, problems }, null, 2);
}
