// Reading again what an earlier revision of an importer kept raw: from the original where it was kept, else from the raw pieces
// themselves, as a small archive of their own. What comes of it is an import like any other.

import type { Importer } from '../importers/importer';
import { CamphorError } from '../model/error';
import type { ConversationId, ReceiptId } from '../model/ids';
import type { Receipt } from '../model/receipt';
import type { DroppedFile } from '../model/verbs';
import type { ImportChoice, ReadAgainView } from '../model/view';
import type { ArchiveReader } from '../vault/archive';
import type { ArchiveJob } from './archive-job';
import type { IntakeEnvironment } from './environment';
import type { OpenedDrop } from './open-drop';
import { openDrop } from './open-drop';
import { openOriginals } from './originals';
import { piecesOf, viewReadAgain } from './view-read-again';

/** What the import said, so that the pieces are read as it was. */
export interface EarlierImport {
  readonly answers: Receipt['answers'];
  /** Where the pieces go when nothing else tells; null where it held several. */
  readonly conversation: ConversationId | null;
}

export interface OpenedAgain {
  readonly drop: readonly DroppedFile[];
  readonly earlier: EarlierImport;
  readonly view: ReadAgainView;
}

/** The files to read. Throws `not-found` where there is no such import, or nothing of it can be read again. */
export async function openAgain(
  reader: ArchiveReader,
  importers: readonly Importer[],
  id: ReceiptId,
  revisionOf: (format: string) => number,
): Promise<OpenedAgain> {
  const receipt = (await reader.receipts()).find((each) => each.id === id);
  const view = receipt === undefined ? null : viewReadAgain(receipt, revisionOf(receipt.format));
  if (receipt === undefined || view === null) throw new CamphorError('not-found', { what: 'pieces' });
  const [only, ...more] = receipt.conversations;
  const conversation = only === undefined || more.length > 0 ? null : only.conversation;
  const earlier = { answers: receipt.answers, conversation };
  const original = await openOriginals(reader, receipt);
  if (original !== null) return { drop: original, earlier, view: { ...view, fromOriginal: true } };
  const file = await wrap(reader, importers, receipt, conversation);
  if (file === null) throw new CamphorError('not-found', { what: 'pieces' });
  return { drop: [file], earlier, view: { ...view, fromOriginal: false } };
}

async function wrap(
  reader: ArchiveReader,
  importers: readonly Importer[],
  receipt: Receipt,
  id: ConversationId | null,
): Promise<DroppedFile | null> {
  const entry = id === null ? null : await reader.conversation(id);
  const importer = importers.find(({ format }) => format === receipt.format);
  if (entry === null) return null;
  const { raw } = piecesOf(receipt);
  const path = receipt.accounting[0]?.path ?? receipt.files[0]?.path ?? '';
  const { name, sourceId, shape, source } = entry;
  const wrapped = importer?.wrapPieces?.(raw, { path, name, sourceId, shape, source, answers: receipt.answers }) ?? null;
  if (wrapped === null) return null;
  return { path: wrapped.name, file: new File([wrapped.text], wrapped.name) };
}

/** The pieces as a drop of their own, opened. Throws as `openAgain` does. */
export async function openDropAgain(
  { vault, loadImporters, revisionOf = () => 1 }: IntakeEnvironment,
  receipt: ReceiptId,
  zone: string,
  planId: string,
): Promise<OpenedDrop & { readonly drop: readonly DroppedFile[]; readonly again: ReadAgainView }> {
  const reader = await vault.openReader();
  try {
    const importers = await loadImporters();
    const { drop, earlier, view } = await openAgain(reader, importers, receipt, revisionOf);
    const opened = await openDrop(drop, importers, zone, planId);
    return { ...opened, jobs: opened.jobs.map((job) => ({ ...job, earlier })), drop, again: view };
  } finally {
    reader.release();
  }
}

/** Pieces are read as the import read the rest, unless the owner says otherwise. */
export function withEarlier({ earlier }: Pick<ArchiveJob, 'earlier'>, choice: ImportChoice): ImportChoice {
  return earlier === undefined ? choice : { ...choice, answers: { ...earlier.answers, ...choice.answers } };
}
