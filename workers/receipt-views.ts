// Receipts as the screen lists them, and as the owner saves them.

import { revisionOf } from '../src/importers/revisions';
import { viewReadAgain } from '../src/intake/view-read-again';
import { viewReceipt } from '../src/intake/receipt-view';
import { CamphorError } from '../src/model/error';
import type { ReceiptId } from '../src/model/ids';
import type { ReceiptView } from '../src/model/view';
import type { ArchiveReader } from '../src/vault/archive';

/** The newest import first. */
export async function receiptViews(reader: ArchiveReader): Promise<readonly ReceiptView[]> {
  const [receipts, conversations] = await Promise.all([reader.receipts(), reader.conversations()]);
  return receipts.map((receipt) => {
    const again = viewReadAgain(receipt, revisionOf(receipt.format));
    return { ...viewReceipt(receipt, conversations), ...(again !== null && { again }) };
  });
}

/** JSON without any text of messages: the raw pieces of problems are left out. Throws CamphorError `not-found`. */
export async function exportReceipt(reader: ArchiveReader, id: ReceiptId): Promise<string> {
  const receipt = (await reader.receipts()).find((known) => known.id === id);
  if (receipt === undefined) throw new CamphorError('not-found', { what: 'receipt' });
  const problems = receipt.problems.map(({ problem, ...span }) => ({ ...span, code: problem.code, detail: problem.detail }));
  return JSON.stringify({ ...receipt, problems }, null, 2);
}
