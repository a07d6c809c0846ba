// An export of messages from the vault to its target: one file as it is, or a ZIP of several and of media beside them.

import { makeZip } from 'client-zip';
import { safeName } from '../../bytes/safe-name';
import { CamphorError } from '../../model/error';
import { documentExtension, isSingle, isZipped, type MessageExportProgress, type MessageExportResult } from '../../model/export';
import type { MediaEntry } from '../../vault/archive';
import { type ArchiveTarget, chunksOf, writeChunks } from '../write-chunks';
import { formattingOf } from './formats';
import { createMediaShelf, type MediaShelf } from './media-shelf';
import type { AnyFormatting, FileWriter, WrittenConversation } from './message-writer';
import { createPictureShelf } from './picture-shelf';
import type { PortableEncoding } from './portable';
import { readMessages, type ReadInput } from './read-messages';
import { selectMessages, type SelectionInput } from './select-messages';
import { wordsOf } from './words';

export interface MessageExportInput extends Omit<SelectionInput, 'words'> {
  readonly encoding: PortableEncoding;
  /** For files inside of a ZIP. */
  readonly nowMs: number;
  /** A name of our own for a medium, by its hash and type. */
  fileNameOf(entry: Pick<MediaEntry, 'sha256' | 'mime'>): string;
  /** After each segment, and while a file grows. */
  report(progress: MessageExportProgress): void;
}

interface Counts {
  doneMessages: number;
  writtenBytes: number;
  conversations: number;
  messages: number;
}

/**
 * Throws CamphorError `not-found` for a conversation that is not there, `storage-failed` where what lies there is not as long as
 * what was written, and what the vault and the target throw.
 */
export async function writeMessages(input: MessageExportInput, target: ArchiveTarget): Promise<MessageExportResult> {
  const { reader, request, encoding, fileNameOf } = input;
  const words = wordsOf(request.language);
  const selection = await selectMessages({ ...input, words });
  const pictures = createPictureShelf(reader);
  const draws = request.format === 'pdf' && request.media === 'inside';
  const shelf = draws ? pictures : createMediaShelf(reader, request.media, fileNameOf);
  const counts: Counts = { doneMessages: 0, writtenBytes: 0, conversations: 0, messages: 0 };
  const totalMessages = selection.conversations.reduce((sum, { messageCount }) => sum + messageCount, 0);
  const tell = (): void => input.report({ doneMessages: counts.doneMessages, totalMessages, writtenBytes: counts.writtenBytes });
  const formatting = await formattingOf(request.format, { words, encoding, nowMs: input.nowMs, request, pictures });
  const reading = { reader, request, selection, shelf, counts, tell };
  tell();
  const chunks = isZipped(request)
    ? zipOf(selection.conversations, formatting, reading, input.nowMs)
    : encodeFile(selection.conversations, formatting, reading);
  const fileBytes = await writeChunks(chunks, target, (doneBytes) => {
    counts.writtenBytes = doneBytes;
    tell();
  });
  const { sizeBytes } = await target.close();
  if (sizeBytes !== fileBytes) throw new CamphorError('storage-failed', { sizeBytes, expected: fileBytes });
  const { conversations, messages } = counts;
  return { fileBytes, conversations, messages, ...shelf.counts() };
}

interface Reading extends ReadInput {
  readonly shelf: MediaShelf;
  readonly counts: Counts;
  tell(): void;
}

const encoder = new TextEncoder();
/** Letters that are encoded at once. */
const letters = 1 << 18;

async function* encodeFile(
  conversations: readonly WrittenConversation[],
  formatting: AnyFormatting,
  reading: Reading,
): AsyncGenerator<Uint8Array, void, void> {
  if ('createByteWriter' in formatting) {
    for await (const chunks of piecesOf(conversations, formatting.createByteWriter(), reading)) yield* chunks;
    return;
  }
  let gathered = '';
  for await (const text of piecesOf(conversations, formatting.createWriter(), reading)) {
    gathered += text;
    if (gathered.length < letters) continue;
    yield encoder.encode(gathered);
    gathered = '';
  }
  yield encoder.encode(gathered);
}

/** A conversation of which no message was asked for is not begun. */
async function* piecesOf<Pieces>(
  conversations: readonly WrittenConversation[],
  writer: FileWriter<Pieces>,
  reading: Reading,
): AsyncGenerator<Pieces, void, void> {
  const { counts, tell } = reading;
  yield writer.begin(conversations);
  for (const conversation of conversations) {
    let isBegun = false;
    for await (const { messages, passed } of readMessages(conversation, reading)) {
      if (messages.length > 0) {
        if (!isBegun) yield writer.beginConversation(conversation);
        isBegun = true;
        yield writer.messages(messages);
      }
      counts.messages += messages.length;
      counts.doneMessages += passed;
      tell();
    }
    if (isBegun) counts.conversations++;
    if (isBegun) yield writer.endConversation();
  }
  yield writer.end();
}

/** What a file inside of a ZIP is called: by number, and by name as far as any system can have it. */
function fileNameIn({ number, name }: WrittenConversation): string {
  return safeName(`${String(number).padStart(3, '0')} ${name}`);
}

/** The same chunks; null where there is not a byte in them. */
async function unlessEmpty(chunks: AsyncGenerator<Uint8Array, void, void>): Promise<AsyncIterable<Uint8Array> | null> {
  const first = await chunks.next();
  if (first.done === true || first.value.length === 0) return null;
  return (async function* () {
    yield first.value;
    yield* chunks;
  })();
}

async function* zipOf(
  conversations: readonly WrittenConversation[],
  formatting: AnyFormatting,
  reading: Reading,
  nowMs: number,
): AsyncGenerator<Uint8Array, void, void> {
  const lastModified = new Date(nowMs);
  const { format } = reading.request;
  const extension = documentExtension(format);
  const entries = async function* () {
    if (isSingle(format)) {
      for (const conversation of conversations) {
        const input = await unlessEmpty(encodeFile([conversation], formatting, reading));
        if (input !== null) yield { name: `${fileNameIn(conversation)}.${extension}`, lastModified, input };
      }
    } else yield { name: `messages.${extension}`, lastModified, input: encodeFile(conversations, formatting, reading) };
    for await (const { path, bytes } of reading.shelf.beside()) yield { name: path, lastModified, input: bytes };
  };
  yield* chunksOf(makeZip(entries() as Parameters<typeof makeZip>[0]));
}

export { encodeFile };
export type { Reading };
