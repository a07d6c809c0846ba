// A pack of an invented chat: messages with media, two imports of which one kept its original.

import { createHash } from 'node:crypto';
import { encodeMessage } from '../../src/backup/encode-message';
import { mediaFileName } from '../../src/backup/media-path';
import { portableId } from '../../src/backup/portable-id';
import { writeJson } from '../../src/backup/canonical-json';
import { ownArchiveLimits } from '../../src/bytes/limits';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { openZip } from '../../src/bytes/zip';
import { writeEvidence } from '../../src/export/evidence/write-evidence';
import type { EvidenceExport, MessageExportResult } from '../../src/model/export';
import type { ReceiptId, Sha256Hex } from '../../src/model/ids';
import type { Message } from '../../src/model/message';
import type { Receipt } from '../../src/model/receipt';
import type { ArchiveReader } from '../../src/vault/archive';
import { conversationId, memoryReader, message } from '../search/memory-reader';
import { people, withMedia } from './invented-chat';

export const hashOf = (bytes: Uint8Array | string): Sha256Hex => createHash('sha256').update(bytes).digest('hex') as Sha256Hex;

const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
export const original = Buffer.from('[14.03.24, 08:30:05] Ada Lovelace: message 0\n');
export const pictureHash = hashOf(picture);
export const nowMs = Date.UTC(2026, 10, 29, 8, 15);

const media = new Map([
  [pictureHash, { mime: 'image/png', bytes: new Uint8Array(picture) }],
  [hashOf(original), { mime: 'text/plain', bytes: new Uint8Array(original) }],
]);

/** A hundred messages, a minute apart; number 50 has a picture and what only its app knows. */
export const hundred: readonly Message[] = Array.from({ length: 100 }, (_, seq) =>
  message(`message ${seq}`, {
    seq,
    sentAtMs: Date.UTC(2024, 2, 14, 8, 30, 5) + seq * 60_000,
    sender: people[seq % 2]?.id ?? null,
    sourceId: `id-${seq}`,
    ...(seq === 50 && {
      kind: 'image',
      attachments: [{ kind: 'image', name: 'p.png', mime: 'image/png', sizeBytes: picture.length, missing: null, sha256: pictureHash }],
      facts: { extra: { push: 'kept as it is' } },
    }),
  }),
);

const receipt = (id: string, held: readonly (readonly [number, number])[], fields: Partial<Receipt> = {}): Receipt => ({
  ...{ id: id as ReceiptId, importedAtMs: nowMs - 1000, undoneAtMs: null, source: 'whatsapp', format: 'whatsapp-text', formatVersion: '1' },
  files: [{ path: `${id}.txt`, sizeBytes: original.length, identity: hashOf(original), identityOf: 'content' }],
  ...{ answers: { zone: 'Europe/Berlin' }, messagesRead: 60, added: 60, known: 0, changed: 0, byKind: {}, mediaFound: 1, mediaMissing: 0 },
  ...{ problemCounts: {}, problems: [], accounting: [] },
  conversations: [
    {
      ...{ conversation: conversationId('c1'), name: 'Ada', read: 60, added: 60, known: 0, changed: 0, firstAtMs: null, lastAtMs: null },
      ...{ brought: held, held, openTicks: [], tickMs: 1000 },
    },
    {
      ...{ conversation: conversationId('other'), name: 'Somebody else', read: 1, added: 1, known: 0, changed: 0 },
      ...{ firstAtMs: null, lastAtMs: null, brought: [[0, 1]], held: [[0, 1]], openTicks: [], tickMs: 1000 },
    },
  ],
  ...fields,
});

export const receipts: readonly Receipt[] = [
  receipt('newer', [[40, 100]]),
  receipt('older', [[0, 60]], { originals: [{ path: 'chat/WhatsApp Chat.txt', sizeBytes: original.length, sha256: hashOf(original) }] }),
  receipt('undone', [[0, 100]], { undoneAtMs: nowMs }),
  receipt('elsewhere', [[90, 100]]),
];

export function readerOfHundred(messages: readonly Message[] = hundred, segmentSize = 7): ArchiveReader {
  const chats = [{ id: 'c1', name: 'Ada', messages }, { id: 'other', messages: [message('aside', { seq: 0, sentAtMs: 0 })] }]; // prettier-ignore
  return { ...withMedia(memoryReader(chats, people, segmentSize), media), receipts: async () => receipts };
}

export interface Pack {
  readonly result: MessageExportResult;
  readonly zip: Uint8Array;
  readonly files: ReadonlyMap<string, Uint8Array>;
  text(path: string): string;
}

/** Message 50 with ten around it, unless asked otherwise. */
export async function writePack(asked: Partial<EvidenceExport> = {}, reader: ArchiveReader = readerOfHundred()): Promise<Pack> {
  const pieces: Buffer[] = [];
  const request: EvidenceExport = {
    ...{
      format: 'evidence',
      conversations: [conversationId('c1')],
      found: new Map([[conversationId('c1'), [50]]]),
      fromMs: null,
      toMs: null,
    },
    ...{ contextMessages: 10, withOriginals: true, zone: 'Europe/Berlin', language: 'en' },
    ...asked,
  };
  const result = await writeEvidence(
    {
      ...{ reader, overlays: [], request, encoding: { message: encodeMessage, id: portableId, writeJson }, salt: 'salt', nowMs },
      ...{ fileNameOf: mediaFileName, appVersion: '9.8.7', report: () => {} },
    },
    {
      reserve: async () => {},
      write: async (bytes) => void pieces.push(Buffer.from(bytes)),
      close: async () => sourceOfBytes(Buffer.concat(pieces)),
    },
  );
  const zip = Buffer.concat(pieces);
  const files = new Map<string, Uint8Array>();
  for (const entry of (await openZip(sourceOfBytes(zip), ownArchiveLimits)).entries)
    files.set(entry.path, await entry.open().read(0, entry.sizeBytes));
  return { result, zip, files, text: (path) => new TextDecoder().decode(files.get(path)) };
}
