// One chat item of Signal's plaintext export to a message.

import { createBase64Decoder } from '../../bytes/base64';
import type { FileSet } from '../../bytes/source';
import { toHex } from '../../crypto/hashes';
import { createSha256 } from '../../crypto/sha256';
import type { Json, JsonObject } from '../../model/json';
import type {
  AttachmentRecord,
  MessageFacts,
  MessageKind,
  MessageRecord,
  NeutralRecord,
  OlderText,
  Reaction,
  Span,
} from '../../model/record';
import { noAttachments } from '../../model/record';
import { fileKindOf, messageKindOf } from '../file-kind';
import { countOf, idOf, isObject, objectsOf, words } from '../json-fields';
import { readSealed } from '../signal-desktop/sealed-file';
import { objectAt, type SignalRecipients } from './jsonl-recipients';
import { readBody } from './jsonl-text';

/** Files of the export by their names without endings. */
export type MediaIndex = ReadonlyMap<string, number>;

export interface MessageContext {
  readonly recipients: SignalRecipients;
  readonly files: FileSet;
  readonly media: MediaIndex;
  /** True where each file is sealed with the `localKey` that stands with its message. */
  readonly isSealed: boolean;
}

interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentRecord[];
  readonly facts: MessageFacts;
}

const greatestMs = 253_402_300_799_999;
const localKeyBytes = 64;

/** The message; null where it has no time or no chat. New people go to `out` first. */
export function toSignalMessage(item: JsonObject, span: Span, context: MessageContext, out: NeutralRecord[]): MessageRecord | null {
  const { recipients } = context;
  const conversation = recipients.conversationOf(idOf(item['chatId']));
  const dateSent = idOf(item['dateSent']);
  const sentAtMs = Number(dateSent);
  if (conversation === null || dateSent === null || !Number.isSafeInteger(sentAtMs) || sentAtMs <= 0 || sentAtMs > greatestMs) return null;
  const authorId = idOf(item['authorId']);
  const content = readContent(item, context);
  const facts = withOlderTexts(content.facts, item, context);
  return {
    type: 'message',
    conversation,
    sender: content.kind === 'system' ? -1 : recipients.personOf(authorId, out),
    sourceId: `${recipients.sourceIdOf(authorId)}:${dateSent}`,
    sentAtMs,
    clock: 'absolute',
    kind: content.kind,
    text: content.text,
    attachments: content.attachments,
    facts: Object.keys(facts).length === 0 ? null : facts,
    ...span,
  };
}

function readContent(item: JsonObject, context: MessageContext): Content {
  const standard = item['standardMessage'];
  if (isObject(standard)) return readStandard(standard, context);
  if (isObject(item['stickerMessage'])) return readSticker(item['stickerMessage'], context);
  if (isObject(item['contactMessage'])) return readContact(item['contactMessage'], context);
  if (isObject(item['poll'])) return readPoll(item['poll'], context);
  if (isObject(item['updateMessage'])) return readUpdate(item['updateMessage']);
  if (item['remoteDeletedMessage'] !== undefined) return plain('text', '', { deleted: { by: 'sender' } });
  if (item['adminDeletedMessage'] !== undefined) return plain('text', '', { deleted: { by: 'admin' } });
  if (isObject(item['viewOnceMessage'])) return readViewOnce(item['viewOnceMessage'], context);
  if (isObject(item['directStoryReplyMessage'])) return readStoryReply(item['directStoryReplyMessage'], context);
  if (isObject(item['paymentNotification'])) return readPayment(item['paymentNotification']);
  return plain('unknown', '', { extra: { raw: JSON.stringify(item) } });
}

function plain(kind: MessageKind, text: string, facts: MessageFacts): Content {
  return { kind, text, attachments: noAttachments, facts };
}

function readStandard(standard: JsonObject, context: MessageContext): Content {
  const { text, entities } = readBody(objectAt(standard, 'text'), context.recipients);
  const said = objectsOf(standard['attachments']);
  const attachments = said.map((each) => attachmentOf(each, context));
  const sealed = context.isSealed ? sealedKeys(said, attachments) : [];
  const [first] = attachments;
  const { quote, linkPreview, longText } = standard;
  const extra = {
    ...(linkPreview === undefined ? {} : { linkPreview }),
    ...(longText === undefined ? {} : { longText }),
    ...(sealed.length > 0 && { sealed }),
  };
  return {
    kind: first === undefined ? 'text' : messageKindOf(first.kind),
    text,
    attachments,
    facts: {
      ...(isObject(quote) ? { replyTo: readQuote(quote, context.recipients) } : {}),
      ...reactionsOf(standard, context.recipients),
      ...(entities.length > 0 ? { entities } : {}),
      ...(Object.keys(extra).length > 0 ? { extra } : {}),
    },
  };
}

function readQuote(quote: JsonObject, recipients: SignalRecipients): NonNullable<MessageFacts['replyTo']> {
  const target = idOf(quote['targetSentTimestamp']);
  const excerpt = words(objectAt(quote, 'text')['body']);
  const sourceId = target === null ? null : `${recipients.sourceIdOf(idOf(quote['authorId']))}:${target}`;
  return excerpt === null ? { sourceId } : { sourceId, excerpt };
}

function reactionsOf(message: JsonObject, recipients: SignalRecipients): Pick<MessageFacts, 'reactions'> {
  const byEmoji = new Map<string, string[]>();
  for (const reaction of objectsOf(message['reactions'])) {
    const emoji = words(reaction['emoji']);
    const authorId = idOf(reaction['authorId']);
    if (emoji !== null) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), recipients.nameOf(authorId) ?? authorId ?? '']);
  }
  const reactions = [...byEmoji].map(([emoji, by]): Reaction => ({ emoji, count: by.length, by }));
  return reactions.length > 0 ? { reactions } : {};
}

/** A file's record. Its name in the export is a hash of its content, of one of two kinds (formats/international.md §3.3). */
function attachmentOf(
  attachment: JsonObject,
  { media, files, isSealed }: MessageContext,
  missing: 'expired' | 'not-in-archive' = 'not-in-archive',
): AttachmentRecord {
  const pointer = objectAt(attachment, 'pointer');
  const locator = objectAt(pointer, 'locatorInfo');
  const mime = words(pointer['contentType']);
  const name = words(pointer['fileName']);
  const entry = mediaNames(locator)
    .map((each) => media.get(each))
    .find((each) => each !== undefined);
  const file = entry === undefined ? undefined : files.entries[entry];
  const key = isSealed ? localKeyOf(locator) : null;
  const saidBytes = countOf(locator['size']);
  const widthPx = countOf(pointer['width']);
  const heightPx = countOf(pointer['height']);
  return {
    kind: kindOfFlag(attachment['flag']) ?? fileKindOf(name, mime),
    name,
    entry: entry ?? null,
    missing: entry === undefined ? missing : null,
    mime,
    sizeBytes: file === undefined || isSealed ? saidBytes : file.sizeBytes,
    ...(widthPx && heightPx ? { widthPx, heightPx } : {}),
    ...(file !== undefined && isSealed && { readBytes: async () => (key === null ? null : readSealed(file, key, saidBytes)) }),
  };
}

function kindOfFlag(flag: Json | undefined): AttachmentRecord['kind'] | null {
  return flag === 'VOICE_MESSAGE' ? 'voice' : flag === 'GIF' ? 'animation' : flag === 'BORDERLESS' ? 'sticker' : null;
}

/** The key that a file is sealed with; null where there is none. */
function localKeyOf(locator: JsonObject): Uint8Array | null {
  const key = bytesOf(words(locator['localKey']));
  return key?.length === localKeyBytes ? key : null;
}

/** What is needed to open sealed files that are not there, should they turn up. */
function sealedKeys(said: readonly JsonObject[], attachments: readonly AttachmentRecord[]): readonly JsonObject[] {
  return said.flatMap((each, at): JsonObject[] => {
    const locator = objectAt(each, 'pointer', 'locatorInfo');
    const [name] = mediaNames(locator);
    if (attachments[at]?.entry !== null || name === undefined || localKeyOf(locator) === null) return [];
    return [{ name, localKey: locator['localKey'] ?? null, size: locator['size'] ?? null }];
  });
}

/** The names that a file may have: a hash of its content's hash and its key, or the content's hash alone. */
function mediaNames(locator: JsonObject): readonly string[] {
  const plaintextHash = bytesOf(words(locator['plaintextHash']));
  const localKey = bytesOf(words(locator['localKey']));
  if (plaintextHash === null) return [];
  if (localKey === null) return [toHex(plaintextHash)];
  const hash = createSha256();
  hash.update(plaintextHash);
  hash.update(localKey);
  return [hash.digestHex(), toHex(plaintextHash)];
}

function bytesOf(base64: string | null): Uint8Array | null {
  return base64 === null ? null : createBase64Decoder().push(new TextEncoder().encode(base64));
}

function readSticker(message: JsonObject, context: MessageContext): Content {
  const sticker = objectAt(message, 'sticker');
  const attachment = { ...attachmentOf({ pointer: objectAt(sticker, 'data') }, context), kind: 'sticker' } as const;
  return {
    kind: 'sticker',
    text: words(sticker['emoji']) ?? '',
    attachments: [attachment],
    facts: reactionsOf(message, context.recipients),
  };
}

function readContact(message: JsonObject, context: MessageContext): Content {
  const contact = objectAt(message, 'contact');
  const name = objectAt(contact, 'name');
  const [number] = objectsOf(contact['number']);
  const shown = [name['givenName'], name['given'], name['familyName'], name['family']].flatMap((part) => words(part) ?? []).join(' ');
  const phone = number === undefined ? null : words(number['value']);
  const facts = { contact: phone === null ? { name: shown } : { name: shown, phone }, ...reactionsOf(message, context.recipients) };
  return plain('contact', shown, { ...facts, extra: { contact } });
}

function readPoll(poll: JsonObject, context: MessageContext): Content {
  const question = words(poll['question']) ?? '';
  const options = objectsOf(poll['options']).map((option) => ({
    text: words(option['option']) ?? '',
    votes: objectsOf(option['votes']).length,
  }));
  return plain('poll', question, {
    poll: { question, closed: poll['hasEnded'] === true, options },
    ...reactionsOf(poll, context.recipients),
  });
}

function readViewOnce(message: JsonObject, context: MessageContext): Content {
  const attachment = attachmentOf(objectAt(message, 'attachment'), context, 'expired');
  const facts = { ...reactionsOf(message, context.recipients), extra: { viewOnce: true } };
  return { kind: messageKindOf(attachment.kind), text: '', attachments: [attachment], facts };
}

/** An answer to someone's story, which no backup holds. */
function readStoryReply(message: JsonObject, context: MessageContext): Content {
  const { text, entities } = readBody(objectAt(message, 'textReply', 'text'), context.recipients);
  return plain('text', text || (words(message['emoji']) ?? ''), {
    ...(entities.length > 0 && { entities }),
    ...reactionsOf(message, context.recipients),
    extra: { storyReply: true },
  });
}

function readPayment(payment: JsonObject): Content {
  const text = [words(payment['amountMob']), words(payment['note'])].flatMap((part) => part ?? []).join(' ');
  return plain('transfer', text, { extra: { payment } });
}

/** What Signal itself says: calls, and lines about the chat. */
function readUpdate(update: JsonObject): Content {
  const [action = 'update'] = Object.keys(update);
  const call = objectAt(update, 'individualCall');
  if (action === 'individualCall') {
    const state = words(call['state']) ?? '';
    const outcome =
      state === 'ACCEPTED' ? 'answered' : state.startsWith('MISSED') ? 'missed' : state === 'NOT_ACCEPTED' ? 'declined' : 'unknown';
    return plain('call', '', { call: { durationMs: null, outcome, video: call['type'] === 'VIDEO_CALL' }, extra: { update } });
  }
  if (action === 'groupCall') return plain('call', '', { call: { durationMs: null, outcome: 'unknown', video: true }, extra: { update } });
  const simple = words(objectAt(update, 'simpleUpdate')['type']);
  return plain('system', '', { service: { action: simple ?? action }, extra: { update } });
}

/** Older versions are whole items of their own. */
function withOlderTexts(facts: MessageFacts, item: JsonObject, { recipients }: MessageContext): MessageFacts {
  const olderTexts = objectsOf(item['revisions']).map((revision): OlderText => {
    const { text } = readBody(objectAt(revision, 'standardMessage', 'text'), recipients);
    const editedAtMs = Number(idOf(revision['dateSent']));
    return { text, editedAtMs: Number.isSafeInteger(editedAtMs) ? editedAtMs : null };
  });
  return olderTexts.length === 0 ? facts : { ...facts, olderTexts, edited: { editedAtMs: null } };
}
