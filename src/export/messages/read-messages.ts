// The messages of a conversation as they are to be written: a segment at a time, in order of time.

import type { MessageExport } from '../../model/export';
import type { ConversationId } from '../../model/ids';
import type { Message } from '../../model/message';
import type { ArchiveReader, SegmentEntry } from '../../vault/archive';
import { clockOf } from './clock';
import type { MediaShelf } from './media-shelf';
import type { WrittenConversation, WrittenMessage } from './message-writer';
import type { Selection } from './select-messages';

export interface ReadInput {
  readonly reader: ArchiveReader;
  readonly request: MessageExport;
  readonly selection: Selection;
  readonly shelf: MediaShelf;
  /** Where others around them are written too: those that were chosen. */
  readonly chosen?: ReadonlyMap<ConversationId, ReadonlySet<number>>;
}

export interface MessageBatch {
  readonly messages: readonly WrittenMessage[];
  /** Messages of the conversation that were looked at, those included that are left out. */
  readonly passed: number;
}

/** Opens only segments that may hold what was asked for. Throws what the reader throws. */
export async function* readMessages(conversation: WrittenConversation, input: ReadInput): AsyncGenerator<MessageBatch, void, void> {
  const { reader, request, selection, shelf } = input;
  const found = request.found?.get(conversation.entry.id);
  const chosen = input.chosen?.get(conversation.entry.id);
  const wanted = found === undefined ? null : new Set(found);
  const isWanted = ({ seq, sentAtMs }: Message): boolean =>
    sentAtMs >= (request.fromMs ?? -Infinity) && sentAtMs < (request.toMs ?? Infinity) && (wanted === null || wanted.has(seq));
  let position = 0;
  for (const segment of conversation.entry.segments) {
    const messages: WrittenMessage[] = [];
    const read = mayHold(segment, request) ? await reader.readMessages(segment.id) : [];
    for (const [at, given] of read.entries()) {
      if (!isWanted(given)) continue;
      const message = selection.alter(given);
      const files = [];
      for (const attachment of message.attachments) files.push(await shelf.place(attachment));
      const sender = given.sender === null ? null : selection.person(given.sender, conversation.entry);
      const written = { message, sender, clockMs: clockOf(given, request.zone), files, position: position + at };
      messages.push(chosen?.has(given.seq) === true ? { ...written, isChosen: true } : written);
    }
    position += segment.messageCount;
    yield { messages, passed: segment.messageCount };
  }
}

const mayHold = ({ firstAtMs, lastAtMs }: SegmentEntry, { fromMs, toMs }: MessageExport): boolean =>
  lastAtMs >= (fromMs ?? -Infinity) && firstAtMs < (toMs ?? Infinity);
