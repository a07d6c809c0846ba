// Receipts as the screen lists them, and as the owner saves them.

import { revisionOf } from '../src/importers/revisions';
import { viewReadAgain } from '../src/intake/view-read-again';
import { viewReceipt } from '../src/intake/receipt-view';
import { CamphorError } from '../src/model/error';
import { isConcealed } from '../src/model/concealed';
import type { ReceiptId } from '../src/model/ids';
import { conversationSubject, indexOverlays } from '../src/model/overlay-index';
import type { Receipt } from '../src/model/receipt';
import type { ReceiptView } from '../src/model/view';
import { shownConversations } from '../src/vault/shown-conversations';
import type { FollowedVault } from './follow-vault';

type Followed = Pick<FollowedVault, 'reader' | 'overlays'>;

/** A receipt names its files after conversations: one that speaks of nothing but concealed ones is not there. */
async function shownReceipts({ reader, overlays }: Followed): Promise<readonly Receipt[]> {
  const [held, said] = await Promise.all([reader(), overlays()]);
  const index = indexOverlays(said);
  const away = (await shownConversations(held, said)).filter(({ id }) => isConcealed(index, conversationSubject(id)));
  const concealed = new Set(away.flatMap(({ id, parts = [] }) => [id, ...parts]));
  return (await held.receipts()).flatMap((receipt) => {
    const conversations = receipt.conversations.filter(({ conversation }) => !concealed.has(conversation));
    return conversations.length === 0 && receipt.conversations.length > 0 ? [] : [{ ...receipt, conversations }];
  });
}

/** The newest import first. */
export async function receiptViews(followed: Followed): Promise<readonly ReceiptView[]> {
  const [receipts, conversations] = await Promise.all([shownReceipts(followed), followed.reader().then((held) => held.conversations())]);
  return receipts.map((receipt) => {
    const again = viewReadAgain(receipt, revisionOf(receipt.format));
    return { ...viewReceipt(receipt, conversations), ...(again !== null && { again }) };
  });
}

/** JSON without any text of messages: the raw pieces of problems are left out. Throws CamphorError `not-found`. */
export async function exportReceipt(followed: Followed, id: ReceiptId): Promise<string> {
  const receipt = (await shownReceipts(followed)).find((known) => known.id === id);
  if (receipt === undefined) throw new CamphorError('not-found', { what: 'receipt' });
  const problems = receipt.problems.map(({ problem, ...span }) => ({ ...span, code: problem.code, detail: problem.detail }));
  return JSON.stringify({ ...receipt, problems }, null, 2);
}
