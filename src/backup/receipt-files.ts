// The files below `receipts/`. One is made again only when the receipt, what it says of, or a conversation that it holds changed.

import type { ConversationId, PersonId, ReceiptId, Sha256Hex } from '../model/ids';
import type { Receipt } from '../model/receipt';
import type { ArchiveReader } from '../vault/archive';
import type { BackupCache } from './backup-cache';
import type { BlobSink } from './blob-sink';
import { encodeJsonLine, writeJson } from './canonical-json';
import { encodeReceipt } from './encode-receipt';
import { type FileBlobs, saveFile } from './file-blobs';
import { readImages, readImportNote } from './import-notes';
import type { Naming } from './naming';
import { hashText } from './portable-id';

export interface ReceiptTools {
  readonly reader: ArchiveReader;
  readonly cache: BackupCache;
  readonly sink: BlobSink;
  readonly naming: Naming;
  /** Tells whether anything of a conversation changed. */
  stateOf(conversation: ConversationId): string;
  readonly media: ReadonlyMap<ReceiptId, readonly Sha256Hex[]>;
  readonly people: ReadonlyMap<ReceiptId, readonly PersonId[]>;
  /** Imports whose kept original goes with them. */
  readonly travelling: ReadonlySet<ReceiptId>;
}

interface KeptReceipt extends FileBlobs {
  readonly madeFrom: string;
}

export async function saveReceipt(stored: Receipt, tools: ReceiptTools): Promise<FileBlobs> {
  const { reader, cache, sink, naming } = tools;
  const { id } = stored;
  const receipt = tools.travelling.has(id) ? stored : withoutOriginals(stored);
  const media = tools.media.get(id) ?? [];
  const madeFrom = hashText(
    writeJson({
      receipt,
      media: media.toSorted(),
      people: (tools.people.get(id) ?? []).map((person) => naming.person(person)),
      conversations: receipt.conversations.map(({ conversation }) => tools.stateOf(conversation)),
    }),
  );
  const kept = cache.get(`receipt/${id}`) as KeptReceipt | null;
  if (kept?.madeFrom === madeFrom && kept.blobs.every((blob) => sink.has(blob))) return kept;
  const parts = {
    receipt,
    note: await readImportNote(reader, id),
    media,
    readImages: ({ conversation }: { readonly conversation: ConversationId }) => readImages(reader, id, conversation),
  };
  const file = await saveFile(sink.saveData, encodeJsonLine(await encodeReceipt(parts, naming)));
  await cache.set(`receipt/${id}`, { ...file, madeFrom });
  return file;
}

function withoutOriginals({ originals: _originals, ...receipt }: Receipt): Receipt {
  return receipt;
}
