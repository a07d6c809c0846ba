// One message as an element of `messages`.

import type { JsonObject } from '../../../model/json';
import type { AttachmentRecord, MessageFacts } from '../../../model/record';
import type { WrittenConversation, WrittenFile, WrittenMessage } from '../message-writer';
import { messageId, personId, repliedId } from './ids';
import { partsOf, textOf } from './text';

/** As that app says it. */
const notIncluded = '(File not included. Change data exporting settings to download.)';

const mediaTypes: Partial<Record<AttachmentRecord['kind'], string>> = {
  sticker: 'sticker',
  voice: 'voice_message',
  animation: 'animation',
  video: 'video_file',
  audio: 'audio_file',
};

const writeClock = (clockMs: number): string => new Date(clockMs).toISOString().slice(0, 19);
const seconds = (ms: number): string => String(Math.floor(ms / 1000));

function encodeFile({ attachment, name, path }: WrittenFile): object {
  const { kind, mime, sizeBytes, widthPx, heightPx, durationMs } = attachment;
  const size = widthPx === undefined || heightPx === undefined ? {} : { width: widthPx, height: heightPx };
  if (kind === 'image') return { photo: path ?? notIncluded, ...(sizeBytes !== null && { photo_file_size: sizeBytes }), ...size };
  if (kind === 'contact') return { contact_vcard: path ?? notIncluded };
  return {
    file: path ?? notIncluded,
    ...(name !== '' && { file_name: name }),
    ...(sizeBytes !== null && { file_size: sizeBytes }),
    ...(mediaTypes[kind] !== undefined && { media_type: mediaTypes[kind] }),
    ...(mime !== null && { mime_type: mime }),
    ...(durationMs !== undefined && { duration_seconds: Math.round(durationMs / 1000) }),
    ...size,
  };
}

/** A message of which the source has named no file has one all the same. */
const noFile: Partial<Record<WrittenMessage['message']['kind'], object>> = {
  image: { photo: notIncluded },
  voice: { file: notIncluded, media_type: 'voice_message' },
  video: { file: notIncluded, media_type: 'video_file' },
  sticker: { file: notIncluded, media_type: 'sticker' },
  file: { file: notIncluded },
};

function encodeFiles({ files, message }: WrittenMessage): object {
  const [first, ...others] = files;
  if (first === undefined) return noFile[message.kind] ?? {};
  const paths = others.map(({ path, name }) => path ?? name);
  return { ...encodeFile(first), ...(paths.length > 0 && { other_files: paths }) };
}

function encodeFacts({ location, contact, poll, reactions, edited, forward }: MessageFacts, date: string): object {
  return {
    ...(edited && { edited: edited.editedAtMs === null ? date : writeClock(edited.editedAtMs) }),
    ...(edited && edited.editedAtMs !== null && { edited_unixtime: seconds(edited.editedAtMs) }),
    ...(forward && { forwarded_from: forward.fromName }),
    ...(forward?.fromSourceId !== undefined && { forwarded_from_id: forward.fromSourceId }),
    ...(location && {
      ...(location.name !== undefined && { place_name: location.name }),
      ...(location.address !== undefined && { address: location.address }),
      location_information: { latitude: location.latitude, longitude: location.longitude },
    }),
    ...(contact && { contact_information: { first_name: contact.name, last_name: '', phone_number: contact.phone ?? '' } }),
    ...(poll && {
      poll: {
        question: poll.question,
        closed: poll.closed ?? false,
        total_voters: poll.options.reduce((sum, { votes }) => sum + votes, 0),
        answers: poll.options.map(({ text, votes }) => ({ text, voters: votes, chosen: false })),
      },
    }),
    ...(reactions && { reactions: reactions.map(({ emoji, count }) => ({ type: 'emoji', count, emoji })) }),
  };
}

/** Keys that Telegram itself gave and that mean nothing to anybody else. */
function keptOf({ source }: WrittenConversation, { extra }: MessageFacts): JsonObject {
  if (source !== 'telegram' || extra === undefined) return {};
  const { raw: _raw, ...kept } = extra;
  return kept;
}

function encodeService({ message, sender }: WrittenMessage, isOwn: boolean): object {
  const { kind, text, facts } = message;
  const actor = sender === null ? {} : { actor: sender.name, actor_id: personId(sender) };
  if (kind === 'call') {
    const { durationMs = null, outcome = 'unknown' } = facts?.call ?? {};
    const reason = { answered: 'hangup', missed: 'missed', busy: 'busy', declined: 'busy', unknown: null }[outcome];
    return {
      ...actor,
      action: 'phone_call',
      ...(durationMs !== null && { duration_seconds: Math.round(durationMs / 1000) }),
      ...(reason !== null && { discard_reason: reason }),
      text,
    };
  }
  const { action = '', members } = facts?.service ?? {};
  const what = isOwn && action !== '' && action !== 'information_text' ? { action, text } : { text: '', information_text: text || action };
  return { ...actor, ...what, ...(members && { members }) };
}

/** `unsupported` is what that app calls a kind that it does not know. */
function typeOf(kind: WrittenMessage['message']['kind']): 'message' | 'service' | 'unsupported' {
  if (kind === 'system' || kind === 'call') return 'service';
  return kind === 'unknown' ? 'unsupported' : 'message';
}

export function encodeMessage(conversation: WrittenConversation, written: WrittenMessage): object {
  const { message, sender, clockMs, position } = written;
  const { kind, text, facts, sentAtMs, sourceId } = message;
  const date = writeClock(clockMs);
  const reply = repliedId(conversation, written);
  const type = typeOf(kind);
  const head = { id: messageId(conversation, sourceId, position), type, date, date_unixtime: seconds(sentAtMs) };
  const replied = reply === null ? {} : { reply_to_message_id: reply };
  const kept = facts === null ? {} : keptOf(conversation, facts);
  if (type === 'service') return { ...kept, ...head, ...encodeService(written, conversation.source === 'telegram'), ...replied };
  const parts = partsOf(text, facts?.entities);
  return {
    ...kept,
    ...head,
    ...(sender !== null && { from: sender.name, from_id: personId(sender) }),
    ...replied,
    ...encodeFiles(written),
    ...(facts === null ? {} : encodeFacts(facts, date)),
    ...(kind === 'transfer' && { invoice_information: kept['invoice_information'] ?? {} }),
    ...(kind === 'forwarded' && facts?.forward === undefined && { forwarded_from: null }),
    text: textOf(parts),
    text_entities: parts,
  };
}
