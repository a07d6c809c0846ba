// From which imports the messages of a pack come, as their receipts say it, and the original archives where the vault has them.

import { createSha256 } from '../../crypto/sha256';
import { CamphorError } from '../../model/error';
import type { ConversationId, Sha256Hex } from '../../model/ids';
import type { Receipt, ReceiptConversation, SeqRun } from '../../model/receipt';
import { type ArchiveReader, type ConversationEntry, isHere, type MediaEntry } from '../../vault/archive';
import type { ChosenPart } from './choose-context';

export interface WrittenPart extends ChosenPart {
  readonly entry: ConversationEntry;
}

/** A file of an original archive: where it lies in the pack, or why it does not. */
export interface PackedOriginal {
  readonly path: string | null;
  readonly sizeBytes: number;
  readonly sha256: Sha256Hex;
  readonly absent?: 'not-asked-for' | 'not-on-this-device' | 'damaged';
  /** What the file was called. */
  readonly name: string;
}

const holds = (runs: readonly SeqRun[], seq: number): boolean => runs.some(([from, to]) => seq >= from && seq < to);

/** How many of the pack's messages the archive of the import held; null of joined conversations, whose messages have other numbers. */
function heldOf(part: ReceiptConversation, written: readonly WrittenPart[]): number | null {
  const whole = written.find(({ entry }) => entry.id === part.conversation);
  if (whole !== undefined && whole.entry.parts === undefined) return whole.written.filter((seq) => holds(part.held, seq)).length;
  return written.some(({ entry }) => entry.parts?.includes(part.conversation) === true) ? null : 0;
}

/** Imports that were not undone and whose archives held any message of the pack, the oldest first. */
export function importsOf(receipts: readonly Receipt[], written: readonly WrittenPart[]): readonly Receipt[] {
  const isOf = ({ undoneAtMs, conversations }: Receipt): boolean =>
    undoneAtMs === null && conversations.some((part) => heldOf(part, written) !== 0);
  return receipts.filter(isOf).toReversed();
}

/** The archive's files; without their names where it had several and held other conversations, whose names stand in them. */
function archiveFiles({ files, conversations }: Receipt, parts: readonly ReceiptConversation[]): readonly object[] {
  if (files.length === 1 || parts.length === conversations.length) return files;
  return files.map(({ sizeBytes, identity, identityOf }) => ({ sizeBytes, identity, identityOf }));
}

/** As `imports.json` has it: nothing of other conversations. */
export function describeImport(
  receipt: Receipt,
  written: readonly WrittenPart[],
  idOf: (conversation: ConversationId) => string | null,
  originals: readonly PackedOriginal[],
): object {
  const { id, importedAtMs, source, format, formatVersion, revision = 1, answers, problemCounts, messagesRead } = receipt;
  const parts = receipt.conversations.filter((part) => heldOf(part, written) !== 0);
  return {
    id,
    importedAt: new Date(importedAtMs).toISOString(),
    source,
    importer: { format, formatVersion, revision },
    archiveFiles: archiveFiles(receipt, parts),
    originals: originals.length > 0 ? originals : 'The original archive was not kept in Camphor. Only its identity above is known.',
    answers,
    messagesRead,
    problemCounts,
    conversations: parts.map((part) => ({
      conversation: idOf(part.conversation),
      name: part.name,
      messagesRead: part.read,
      heldOfThisPack: heldOf(part, written),
    })),
  };
}

/** Its bytes, of which it is known that they are what was kept. */
async function isWhole(reader: ArchiveReader, entry: MediaEntry): Promise<boolean> {
  try {
    const hash = createSha256();
    for await (const chunk of reader.openMedia(entry).stream()) hash.update(chunk);
    return hash.digestHex() === entry.sha256;
  } catch (error) {
    if (error instanceof CamphorError) return false;
    throw error;
  }
}

/** Names of strangers are no paths; letters of the ending alone are taken over. */
const endingOf = (path: string): string => /\.[A-Za-z0-9]{1,8}$/.exec(path)?.[0] ?? '';

/** Places of the originals in the pack, and the media that hold them; each file once, whatever imports it was kept for. */
export async function placeOriginals(
  reader: ArchiveReader,
  receipts: readonly Receipt[],
  isAskedFor: boolean,
): Promise<{ readonly byReceipt: ReadonlyMap<Receipt, readonly PackedOriginal[]>; readonly entries: ReadonlyMap<string, MediaEntry> }> {
  const entries = new Map<string, MediaEntry>();
  const placed = new Map<Sha256Hex, Pick<PackedOriginal, 'path' | 'absent'>>();
  const place = async (sha256: Sha256Hex, name: string): Promise<Pick<PackedOriginal, 'path' | 'absent'>> => {
    if (!isAskedFor) return { path: null, absent: 'not-asked-for' };
    const entry = await reader.media(sha256);
    if (entry === null || !isHere(entry)) return { path: null, absent: 'not-on-this-device' };
    if (!(await isWhole(reader, entry))) return { path: null, absent: 'damaged' };
    const path = `originals/${entries.size + 1}${endingOf(name)}`;
    entries.set(path, entry);
    return { path };
  };
  const byReceipt = new Map<Receipt, PackedOriginal[]>();
  for (const receipt of receipts)
    for (const { path: name, sizeBytes, sha256 } of receipt.originals ?? []) {
      const where = placed.get(sha256) ?? (await place(sha256, name));
      placed.set(sha256, where);
      byReceipt.set(receipt, [...(byReceipt.get(receipt) ?? []), { ...where, sizeBytes, sha256, name }]);
    }
  return { byReceipt, entries };
}
