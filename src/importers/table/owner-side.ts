// Whose message a row is, where a column says "sent" or "received".

import type { Json } from '../../model/json';
import type { TableMapping } from '../../model/table-mapping';
import { type Cells, textOf } from './cells';
import { ownWords, wordOf } from './column-words';

/** True where a cell of the column `own` says that the owner wrote it. */
export function isOwnCell(cell: Json | undefined): boolean {
  return ownWords.has(wordOf(textOf(cell)));
}

/**
 * True where the column `sender` names the other side also in what the owner wrote, as the addresses of SMS do: one name
 * stands both beside what was sent and beside what was received.
 */
export function namesOtherSide(firstRows: readonly Cells[], { own, sender }: TableMapping['roles']): boolean {
  if (own === undefined || sender === undefined) return false;
  const named = (isOwn: boolean): Set<string> =>
    new Set(firstRows.filter((cells) => isOwnCell(cells.get(own)) === isOwn).map((cells) => textOf(cells.get(sender)).trim()));
  const theirs = named(false);
  return [...named(true)].some((name) => name !== '' && theirs.has(name));
}
