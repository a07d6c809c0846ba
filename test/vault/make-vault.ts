// A vault in memory for tests in Node: fake IndexedDB, real cryptography, real codec.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { ArchiveReader, ArchiveWriter, ConversationEntry, MediaEntry } from '../../src/vault/archive';
import type { Channel } from '../../src/vault/channel';
import type { ColumnCodec } from '../../src/vault/codec';
import type { VaultEnvironment, WriterOptions } from '../../src/vault/environment';
import { localLocks } from '../../src/vault/locks';
import type { Sentinel } from '../../src/vault/sentinel';
import { openVault, type Vault } from '../../src/vault/vault';
import { createZstdCodec } from '../../src/bytes/zstd';
import { memoryChunkFiles } from '../faults/memory-chunk-files';
import { inPieces, makeBytes, makeConversation, makeMessages, makeReceipt, startMs } from './make-messages';

export async function nodeCodec(): Promise<ColumnCodec> {
  const main = createRequire(import.meta.url).resolve('@bokuweb/zstd-wasm');
  const bytes = await readFile(join(dirname(main), 'zstd.wasm'));
  return createZstdCodec(new Uint8Array(bytes).buffer);
}

/** An environment of its own; vaults opened on the same one stand for tabs of one browser. */
export async function makeEnvironment(changes: Partial<VaultEnvironment> = {}): Promise<VaultEnvironment> {
  return {
    databaseName: 'vault-test',
    codec: await nodeCodec(),
    nowMs: () => startMs,
    indexedDB: new IDBFactory(),
    IDBKeyRange,
    locks: localLocks(),
    channel: null,
    sentinel: null,
    storage: null,
    argon2: { memoryKiB: 19 * 1024, passes: 2 },
    chunkFiles: null,
    ...changes,
  };
}

/** Where media lie: with everything else, or in files of their own. */
export const mediaPlaces = [
  ['in IndexedDB', () => null],
  ['in files', memoryChunkFiles],
] as const;

/** A vault that is open, with nothing in it. */
export async function makeVault(changes: Partial<VaultEnvironment> = {}): Promise<{ vault: Vault; environment: VaultEnvironment }> {
  const environment = await makeEnvironment(changes);
  const vault = await openVault(environment);
  await vault.open();
  return { vault, environment };
}

export const writerOptions: WriterOptions = { signatureOf: ({ ends }) => Uint8Array.from(ends, (_, at) => at % 251) };

/** Channels that hear each other, as those of tabs do. */
export function makeChannels(): () => Channel {
  const listeners = new Map<Channel, (message: unknown) => void>();
  return () => {
    const channel: Channel = {
      post: (message) => {
        for (const [other, listener] of listeners) if (other !== channel) listener(structuredClone(message));
      },
      listen: (listener) => void listeners.set(channel, listener),
      close: () => void listeners.delete(channel),
    };
    return channel;
  };
}

export function makeSentinel(): Sentinel {
  let placed = false;
  return {
    exists: async () => placed,
    place: async () => void (placed = true),
    remove: async () => void (placed = false),
  };
}

export interface SmallImport {
  readonly conversation: ConversationEntry;
  readonly medium: MediaEntry;
}

/** Puts a conversation of two segments, a person, a medium with a thumbnail, a receipt and a note; does not commit. */
export async function putSmallImport(writer: ArchiveWriter, seed: number): Promise<SmallImport> {
  const receipt = makeReceipt(`receipt-${seed}`, { importedAtMs: startMs + seed });
  const segments = [await writer.putSegment(makeMessages(20)), await writer.putSegment(makeMessages(20, 20))];
  const conversation = makeConversation(writer.newConversationId(), segments);
  writer.setConversation(conversation);
  const person = { id: writer.newPersonId(), source: 'whatsapp', sourceId: null, conversation: conversation.id } as const;
  writer.setPerson({ ...person, names: [`Person ${seed}`], isOwner: false });
  const bytes = makeBytes(5_000, seed);
  const { sha256 } = await writer.putMedia(inPieces(bytes), receipt.id, bytes.length);
  await writer.putThumbnail(sha256, { bytes: bytes.slice(0, 100), mime: 'image/webp', widthPx: 4, heightPx: 3 });
  writer.setReceipt(receipt);
  await writer.putNote(`note-${seed}`, { seed });
  const medium = await writer.next.media(sha256);
  if (medium === null) throw new Error('the medium just put is not there');
  return { conversation, medium };
}

export async function commitSmallImport(vault: Vault, seed: number): Promise<SmallImport> {
  const writer = await vault.openWriter(writerOptions);
  const imported = await putSmallImport(writer, seed);
  (await writer.commit()).release();
  return imported;
}

/** Everything that a reader gives, as plain values to compare. */
export async function contentOf(reader: ArchiveReader): Promise<unknown> {
  const media = [];
  for await (const entry of reader.mediaEntries()) {
    const bytes = await reader.openMedia(entry).read(0, entry.sizeBytes);
    media.push([entry.sha256, entry.receipts, Array.from(bytes), Array.from((await reader.readThumbnail(entry)) ?? [])]);
  }
  const conversations = [];
  for (const { segments, ...entry } of await reader.conversations()) {
    const messages = await Promise.all(segments.map(({ id }) => reader.readMessages(id)));
    conversations.push([entry, messages.flat()]);
  }
  const byFirst = (list: unknown[][]) => list.sort((a, b) => (JSON.stringify(a[0]) < JSON.stringify(b[0]) ? -1 : 1));
  const people = [...(await reader.people()).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { conversations: byFirst(conversations), media: byFirst(media), people, receipts: await reader.receipts() };
}

export async function vaultContent(vault: Vault): Promise<unknown> {
  const reader = await vault.openReader();
  return contentOf(reader).finally(() => reader.release());
}
