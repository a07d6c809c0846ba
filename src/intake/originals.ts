// The original archive, kept beside what was read of it: its files byte for byte, sealed as media are, each held by the import
// under a name of its own, so that a medium that is also an original stays what it is.

import type { ByteSource } from '../bytes/source';
import { CamphorError } from '../model/error';
import type { ConversationId, ReceiptId, Sha256Hex } from '../model/ids';
import type { Receipt, ReceiptOriginal } from '../model/receipt';
import { type ArchiveReader, type ArchiveWriter, isHere, originalHolder } from '../vault/archive';
import type { ArchiveJob } from './archive-job';
import type { IntakeEnvironment } from './environment';
import type { Survey } from './survey';

export interface OriginalFile {
  readonly path: string;
  readonly source: ByteSource;
}

/**
 * The files that make up an archive: a ZIP as it was dropped; else those that hold records, and those that these name. None of
 * a ZIP inside of another, whose bytes are the outer one's, nor of a snapshot, which is a backup already.
 */
export function originalFiles({ set, zip, detection }: ArchiveJob, survey: Pick<Survey, 'mediaEntries'>): readonly OriginalFile[] {
  if (detection.source === 'camphor') return [];
  if (set.container === 'zip') return zip === null ? [] : [{ path: set.name, source: zip }];
  const entries = [...new Set([...detection.entries, ...survey.mediaEntries])].sort((a, b) => a - b);
  return entries.flatMap((index) => {
    const entry = set.entries[index];
    return entry === undefined ? [] : [{ path: entry.path, source: entry.open() }];
  });
}

export function sizeOfOriginals(files: readonly OriginalFile[]): number {
  return files.reduce((sum, { source }) => sum + source.sizeBytes, 0);
}

/** Keeps them under the receipt. Throws what reading and storing throw. */
export async function keepOriginals(
  { yieldToEvents }: IntakeEnvironment,
  writer: ArchiveWriter,
  receipt: ReceiptId,
  files: readonly OriginalFile[],
  onBytes: (doneBytes: number) => void,
): Promise<ReceiptOriginal[]> {
  const kept: ReceiptOriginal[] = [];
  let doneBytes = 0;
  for (const { path, source } of files) {
    const { sha256, sizeBytes } = await writer.putMedia(source.stream(), originalHolder(receipt), source.sizeBytes);
    kept.push({ path, sizeBytes, sha256 });
    onBytes((doneBytes += sizeBytes));
    await yieldToEvents();
  }
  return kept;
}

/** Removes the kept original of an import; the import itself stays. Throws `not-found` where there is none. */
export async function dropOriginal({ vault }: IntakeEnvironment, id: ReceiptId): Promise<void> {
  const writer = await vault.openWriter();
  try {
    const receipt = (await writer.base.receipts()).find((each) => each.id === id);
    if (receipt?.originals === undefined) throw new CamphorError('not-found', { what: 'original' });
    writer.setReceipt(await forgetOriginals(writer, receipt));
    (await writer.commit()).release();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** Lets go of the bytes that only this original needed; gives the receipt without it. */
export async function forgetOriginals(writer: ArchiveWriter, receipt: Receipt): Promise<Receipt> {
  const { originals = [], ...rest } = receipt;
  for (const sha256 of new Set(originals.map((original) => original.sha256))) {
    const entry = await writer.next.media(sha256);
    if (entry === null) continue;
    const receipts = entry.receipts.filter((holder) => holder !== originalHolder(receipt.id));
    if (receipts.length === 0) writer.removeMedia(sha256);
    else writer.setMedia({ ...entry, receipts });
  }
  return rest;
}

/** An archive that held a conversation which was removed holds its words: it goes as well. */
export async function forgetOriginalsOf(writer: ArchiveWriter, conversation: ConversationId): Promise<void> {
  for (const receipt of await writer.next.receipts()) {
    const held = receipt.conversations.some((part) => part.conversation === conversation);
    if (held && receipt.originals !== undefined) writer.setReceipt(await forgetOriginals(writer, receipt));
  }
}

/** The files of a kept original, as they were dropped; null where some of them are not on this device. */
export async function openOriginals(reader: ArchiveReader, { originals }: Receipt): Promise<{ path: string; file: File }[] | null> {
  const files: { path: string; file: File }[] = [];
  for (const { path, sha256 } of originals ?? []) {
    const blob = await readBlob(reader, sha256);
    if (blob === null) return null;
    files.push({ path, file: new File([blob], path.split('/').at(-1) ?? path) });
  }
  return files.length === 0 ? null : files;
}

async function readBlob(reader: ArchiveReader, sha256: Sha256Hex): Promise<Blob | null> {
  const entry = await reader.media(sha256);
  if (entry === null || !isHere(entry)) return null;
  const parts: Blob[] = [];
  for await (const chunk of reader.openMedia(entry).stream()) parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
  return new Blob(parts);
}
