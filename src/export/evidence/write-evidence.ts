// An evidence pack from the vault to its target: a ZIP, stored, of which every file is hashed as it is written.

import { makeZip } from 'client-zip';
import { CamphorError } from '../../model/error';
import { type EvidenceExport, type MessageExport, type MessageExportResult, mostEvidenceMessages } from '../../model/export';
import type { ConversationId, Sha256Hex } from '../../model/ids';
import type { MediaEntry } from '../../vault/archive';
import { formattingOf } from '../messages/formats';
import { createMediaShelf } from '../messages/media-shelf';
import type { AnyFormatting } from '../messages/message-writer';
import { createPictureShelf } from '../messages/picture-shelf';
import { conversationIdOf } from '../messages/portable';
import { selectMessages } from '../messages/select-messages';
import { wordsOf } from '../messages/words';
import { encodeFile, type MessageExportInput, type Reading } from '../messages/write-messages';
import { type ArchiveTarget, chunksOf, writeChunks } from '../write-chunks';
import formatText from '../../../docs/format.md?raw';
import { chooseWithContext } from './choose-context';
import { describeImport, importsOf, type PackedOriginal, placeOriginals, type WrittenPart } from './imports';
import { createPackFiles, hashOfBytes, type PackFiles, writeSums } from './pack-files';
import { type StatementFacts, writeStatement } from './statement';
import verifierText from './verify.html?raw';

export interface EvidenceInput extends Omit<MessageExportInput, 'request'> {
  readonly request: EvidenceExport;
  readonly appVersion: string;
}

/** In which forms the messages stand in a pack. */
const forms = [
  { format: 'jsonl', path: 'messages.jsonl' },
  { format: 'html', path: 'messages.html' },
  { format: 'pdf', path: 'messages.pdf' },
] as const;

/** What the pack is of, worked out before anything is written. */
interface Contents {
  readonly written: readonly WrittenPart[];
  /** As the writers are asked for it. */
  readonly request: MessageExport;
}

async function choose(input: EvidenceInput): Promise<Contents> {
  const { reader, request } = input;
  const asked: MessageExport = {
    conversations: request.conversations,
    found: request.found,
    fromMs: request.fromMs,
    toMs: request.toMs,
    zone: request.zone,
    language: request.language,
    format: 'jsonl',
    media: 'beside',
    names: 'shown',
  };
  const { conversations } = await selectMessages({ ...input, request: asked, words: wordsOf(request.language) });
  const written: WrittenPart[] = [];
  let room = mostEvidenceMessages;
  for (const { entry } of conversations) {
    const part = await chooseWithContext(reader, entry, request, room);
    room -= part.written.length;
    if (part.written.length > 0) written.push({ entry, ...part });
  }
  const found = new Map(written.map(({ entry, written: seqs }) => [entry.id, seqs]));
  return { written, request: { ...asked, conversations: [...found.keys()], found, fromMs: null, toMs: null } };
}

/**
 * Throws CamphorError `not-found` for a conversation that is not there, `too-many-messages` before anything is written,
 * `storage-failed` where what lies there is not as long as what was written, and what the vault and the target throw.
 */
export async function writeEvidence(input: EvidenceInput, target: ArchiveTarget): Promise<MessageExportResult> {
  const pack = createPack(input, await choose(input));
  const fileBytes = await writeChunks(chunksOf(pack.zip), target, pack.tell);
  const { sizeBytes } = await target.close();
  if (sizeBytes !== fileBytes) throw new CamphorError('storage-failed', { sizeBytes, expected: fileBytes });
  return { fileBytes, ...pack.result() };
}

interface Pack {
  readonly zip: ReadableStream<Uint8Array>;
  tell(writtenBytes: number): void;
  /** Once it is written. */
  result(): Omit<MessageExportResult, 'fileBytes'>;
}

function createPack(input: EvidenceInput, contents: Contents): Pack {
  const { written, request } = contents;
  const files = createPackFiles();
  const chosen = sumOf(written, (part) => part.chosen.size);
  const messages = sumOf(written, (part) => part.written.length);
  const shelf = createMediaShelf(input.reader, 'beside', input.fileNameOf);
  const totalMessages = forms.length * sumOf(written, ({ entry }) => entry.messageCount);
  const counts = { doneMessages: 0, writtenBytes: 0, conversations: 0, messages: 0 };
  const tell = (): void => input.report({ doneMessages: counts.doneMessages, totalMessages, writtenBytes: counts.writtenBytes });
  const ended = { manifestSha256: '' as Sha256Hex, originals: 0 };
  const entries = async function* (): AsyncGenerator<Entry> {
    const selection = await selectMessages({ ...input, request, words: wordsOf(request.language) });
    const reading = { reader: input.reader, request, selection, shelf, chosen: chosenOf(written), counts, tell };
    yield* messageEntries(input, reading);
    for await (const { path, bytes } of shelf.beside()) yield { path, chunks: bytes };
    const ids = new Map(selection.conversations.map((each) => [each.entry.id, conversationIdOf(each, input.encoding)]));
    const kept = await placeKept(input, written, (id) => ids.get(id) ?? null);
    ended.originals = kept.originals;
    yield* kept.entries;
    yield* accompanyingEntries(input, { chosen, written: messages, originals: ended.originals });
    const manifest = bytesOf(writeManifest(input, files, { chosen, messages, leftOutMedia: shelf.counts().leftOutMedia }));
    ended.manifestSha256 = hashOfBytes(manifest);
    const sums = writeSums([...files.files, { path: 'manifest.json', sha256: ended.manifestSha256 }]);
    yield { path: 'manifest.json', chunks: once(manifest) };
    yield { path: 'SHA256SUMS', chunks: once(bytesOf(sums)) };
  };
  return {
    zip: zipOf(entries(), files, new Date(input.nowMs)),
    tell: (writtenBytes) => {
      counts.writtenBytes = writtenBytes;
      tell();
    },
    result: () => ({
      conversations: written.length,
      messages,
      ...shelf.counts(),
      evidence: { manifestSha256: ended.manifestSha256, verifier: verifierText, chosen, originals: ended.originals },
    }),
  };
}

interface Entry {
  readonly path: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

const sumOf = <Item>(items: readonly Item[], count: (item: Item) => number): number => items.reduce((sum, item) => sum + count(item), 0);
const chosenOf = (written: readonly WrittenPart[]): ReadonlyMap<ConversationId, ReadonlySet<number>> =>
  new Map(written.map(({ entry, chosen }) => [entry.id, chosen]));

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}

function zipOf(entries: AsyncIterable<Entry>, { pass }: PackFiles, lastModified: Date): ReadableStream<Uint8Array> {
  const inputs = async function* () {
    for await (const { path, chunks } of entries) yield { name: path, lastModified, input: pass(path, chunks) };
  };
  return makeZip(inputs() as Parameters<typeof makeZip>[0]);
}

async function* messageEntries({ encoding, nowMs, reader }: EvidenceInput, reading: Reading): AsyncGenerator<Entry> {
  const pictures = createPictureShelf(reader);
  const words = wordsOf(reading.request.language);
  for (const { format, path } of forms) {
    const request = { ...reading.request, format };
    const formatting = await unlessBlocked(formattingOf(format, { words, encoding, nowMs, request, pictures }));
    const shelf = format === 'pdf' ? pictures : reading.shelf;
    if (formatting !== null)
      yield { path, chunks: encodeFile(reading.selection.conversations, formatting, { ...reading, request, shelf }) };
  }
}

/** Null where this browser cannot write the format: then the pack is without it, since the others say the same. */
async function unlessBlocked(asked: Promise<AnyFormatting>): Promise<AnyFormatting | null> {
  try {
    const formatting = await asked;
    if (!('createByteWriter' in formatting)) return formatting;
    const writer = formatting.createByteWriter();
    return { createByteWriter: () => writer };
  } catch (error) {
    if (error instanceof CamphorError && error.code === 'canvas-blocked') return null;
    throw error;
  }
}

interface Kept {
  readonly entries: AsyncIterable<Entry>;
  readonly originals: number;
}

/** The receipts, and the originals that are there. */
async function placeKept(
  { reader, request, encoding }: EvidenceInput,
  written: readonly WrittenPart[],
  idOf: (conversation: ConversationId) => string | null,
): Promise<Kept> {
  const receipts = importsOf(await reader.receipts(), written);
  const { byReceipt, entries: originals } = await placeOriginals(reader, receipts, request.withOriginals);
  const of = (receipt: (typeof receipts)[number]): readonly PackedOriginal[] => byReceipt.get(receipt) ?? [];
  const imports = receipts.map((receipt) => describeImport(receipt, written, idOf, of(receipt)));
  const open = (entry: MediaEntry): AsyncIterable<Uint8Array> => reader.openMedia(entry).stream();
  const entries = async function* (): AsyncGenerator<Entry> {
    for (const [path, entry] of originals) yield { path, chunks: open(entry) };
    yield { path: 'imports.json', chunks: once(bytesOf(`${encoding.writeJson({ imports })}\n`)) };
  };
  return { entries: entries(), originals: originals.size };
}

const timeOf = ({ nowMs }: EvidenceInput): string => new Date(nowMs).toISOString();

function* accompanyingEntries(input: EvidenceInput, counts: Pick<StatementFacts, 'chosen' | 'written' | 'originals'>): Generator<Entry> {
  const { request, appVersion } = input;
  yield { path: 'STATEMENT.txt', chunks: once(bytesOf(writeStatement({ createdAt: timeOf(input), appVersion, request, ...counts }))) };
  yield { path: 'format.md', chunks: once(bytesOf(formatText)) };
  yield { path: 'verify.html', chunks: once(bytesOf(verifierText)) };
}

/** docs/evidence.md says what is in it. */
function writeManifest(
  input: EvidenceInput,
  { files }: PackFiles,
  counts: { readonly chosen: number; readonly messages: number; readonly leftOutMedia: number },
): string {
  const { appVersion, request } = input;
  const head = {
    format: 'camphor-evidence',
    version: 1,
    createdAt: timeOf(input),
    clock: 'of the device, checked by nobody',
    zone: request.zone,
    language: request.language,
    app: 'Camphor',
    appVersion,
    chosenMessages: counts.chosen,
    contextMessages: request.contextMessages,
    messages: counts.messages,
    leftOutMedia: counts.leftOutMedia,
    hash: 'SHA-256',
  };
  const lines = files.map((file) => `\n${JSON.stringify(file)}`);
  return `${JSON.stringify(head).slice(0, -1)},"files":[${lines.join(',')}\n]}\n`;
}
