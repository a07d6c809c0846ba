// Makes the record of a message once its last line is known.

import type { FileSet } from '../../bytes/source';
import {
  noAttachments,
  type AttachmentRecord,
  type ConversationShape,
  type MessageFacts,
  type MessageKind,
  type MessageRecord,
  type NeutralRecord,
} from '../../model/record';
import { bracketPhrase, type MediaPlaces } from './attachment';
import { isMarkedBody, plainBody, readBody, type BodyContext } from './body';
import { createPeople, createShapeEvidence } from './chat-facts';
import { indexMedia } from './media-entries';
import { findNameEnd, plainName } from './names';
import { textFrom, type OpenMessage } from './open-message';
import { omittedPhrases } from './phrases';

export interface MessageMaker {
  /** Ends the message, if one is open: its record goes to `records`, after that of a sender who is new. */
  close(open: OpenMessage, records: NeutralRecord[]): void;
  /** True where the message may be the place of an omitted file in an unknown language, and repetitions were not counted yet. */
  needsPhrases(open: OpenMessage): boolean;
  setPhrases(repeated: ReadonlySet<string>): void;
  /** What is known of the chat by now. */
  shape(): ConversationShape;
}

export function createMessageMaker(files: FileSet, entry: number, title: string | null, owner: string | null): MessageMaker {
  const people = createPeople(owner);
  const evidence = createShapeEvidence(title);
  const places: MediaPlaces = { find: indexMedia(files, entry), sizeOf: (index) => files.entries[index]!.sizeBytes };
  let repeated: ReadonlySet<string> | null = null;
  const context: BodyContext = { places, isRepeated: (phrase) => repeated?.has(phrase) ?? false };

  const systemMessage = (open: OpenMessage, text: string, attributedTo: string | null): MessageRecord => {
    evidence.addSystemLine(text, attributedTo);
    return messageRecord(open, entry, -1, 'system', text, noAttachments, attributedTo === null ? null : { extra: { attributedTo } });
  };
  return {
    close(open, records) {
      if (!open.isOpen) return;
      open.isOpen = false;
      const nameEnd = findNameEnd(open.line, open.restAt);
      if (nameEnd < 0) return void records.push(systemMessage(open, textFrom(open, open.restAt), null));
      const text = textFrom(open, nameEnd + 2);
      const name = open.line.slice(open.restAt, nameEnd);
      const { bracketed } = open.format!;
      const body = isMarkedBody(text, bracketed) ? readBody(text, bracketed, context) : plainBody(text);
      if (body === null) return void records.push(systemMessage(open, text, plainName(name)));
      const sender = people.numberOf(name, records);
      records.push(messageRecord(open, entry, sender, body.kind, body.text, body.attachments, body.facts));
    },
    needsPhrases(open) {
      if (!open.isOpen || repeated !== null || !open.line.endsWith('>')) return false;
      const nameEnd = findNameEnd(open.line, open.restAt);
      const phrase = nameEnd < 0 ? null : bracketPhrase(open.line.slice(nameEnd + 2));
      return phrase !== null && !omittedPhrases.has(phrase);
    },
    setPhrases: (found) => void (repeated = found),
    shape: () => evidence.shape(people.names),
  };
}

/** All records of messages are made here, so that they have one hidden class. */
function messageRecord(
  open: OpenMessage,
  entry: number,
  sender: number,
  kind: MessageKind,
  text: string,
  attachments: readonly AttachmentRecord[],
  facts: MessageFacts | null,
): MessageRecord {
  const { sentAtMs, offsetBytes, lengthBytes } = open;
  const clock = open.format!.hasSeconds ? 'second' : 'minute';
  return {
    type: 'message',
    conversation: 0,
    sender,
    sourceId: null,
    sentAtMs,
    clock,
    kind,
    text,
    attachments,
    facts,
    entry,
    offsetBytes,
    lengthBytes,
  };
}
