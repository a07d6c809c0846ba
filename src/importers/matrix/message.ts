// One event of Matrix to a message (Matrix specification, client-server API, "Room Events" and "Instant Messaging").

import type { Json, JsonObject } from '../../model/json';
import {
  noAttachments,
  type AttachmentRecord,
  type MessageFacts,
  type MessageKind,
  type MessageRecord,
  type Span,
} from '../../model/record';
import { fileKindOf, messageKindOf } from '../file-kind';
import { countOf, membersBeyond, objectOf, objectsOf, words } from '../json-fields';
import type { People } from '../people';
import type { FileIndex } from './files';
import type { Related } from './relations';

export interface EventPlace {
  readonly sender: number;
  readonly span: Span;
  readonly related: Related | undefined;
  readonly people: People;
  readonly files: FileIndex;
  readonly raw: string;
}

const fileTypes: ReadonlyMap<string, AttachmentRecord['kind'] | null> = new Map([
  ['m.image', 'image'],
  ['m.video', 'video'],
  ['m.audio', 'audio'],
  ['m.file', null],
  ['m.sticker', 'sticker'],
]);
const textTypes: ReadonlySet<string> = new Set(['m.text', 'm.emote', 'm.notice']);
const knownEventKeys = new Set([
  'type',
  'sender',
  'event_id',
  'room_id',
  'origin_server_ts',
  'content',
  'unsigned',
  'state_key',
  'user_id',
  'age',
]);
const knownContentKeys = new Set(['msgtype', 'body', 'm.mentions', 'm.relates_to', 'm.new_content', 'info', 'url', 'file', 'geo_uri']);
const pollTypes = new Set(['m.poll.start', 'org.matrix.msc3381.poll.start']);

/** The record; null where the event has no time. */
export function toMessage(event: JsonObject, place: EventPlace): MessageRecord | null {
  const sentAtMs = countOf(event['origin_server_ts']);
  if (sentAtMs === null || sentAtMs > 8.64e15) return null;
  const content = contentOf(event, place);
  const redaction = objectOf(objectOf(event['unsigned'])?.['redacted_because']);
  const facts: MessageFacts = {
    ...content.facts,
    ...readReply(event),
    ...readEdits(event, place.related),
    ...readReactions(place.related, place.people),
    ...(redaction === null ? {} : { deleted: { by: redaction['sender'] === event['sender'] ? 'sender' : 'admin' } as const }),
  };
  return {
    type: 'message',
    conversation: 0,
    sender: place.sender,
    sourceId: words(event['event_id']),
    sentAtMs,
    clock: 'absolute',
    kind: redaction === null ? content.kind : 'text',
    text: content.text,
    attachments: content.attachments ?? noAttachments,
    facts: Object.keys(facts).length === 0 ? null : facts,
    ...place.span,
  };
}

interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly facts: MessageFacts;
  readonly attachments?: MessageRecord['attachments'];
}

function contentOf(event: JsonObject, place: EventPlace): Content {
  const original = objectOf(event['content']) ?? {};
  const content = place.related?.edits.at(-1)?.content ?? original;
  const type = event['type'] === 'm.sticker' ? 'm.sticker' : (words(content['msgtype']) ?? '');
  const text = bodyOf(content, isReply(original));
  const extra = extraOf(event, content, type);
  if (objectOf(objectOf(event['unsigned'])?.['redacted_because']) !== null) return { kind: 'text', text: '', facts: extra };
  if (pollTypes.has(words(event['type']) ?? ''))
    return { kind: 'poll', text: '', facts: { ...readPoll(content), ...withRaw(extra, place) } };
  if (event['state_key'] !== undefined)
    return { kind: 'system', text: '', facts: { ...serviceOf(event, content), ...withRaw(extra, place) } };
  if (event['type'] !== 'm.room.message' && type !== 'm.sticker') return { kind: 'unknown', text, facts: withRaw(extra, place) };
  if (textTypes.has(type)) return { kind: 'text', text, facts: extra };
  if (type === 'm.location') return { kind: 'location', text, facts: { ...readPlace(content['geo_uri']), ...extra } };
  const fileKind = fileTypes.get(type);
  if (fileKind === undefined) return { kind: 'unknown', text, facts: withRaw(extra, place) };
  return readFile(content, fileKind, extra, place);
}

function readFile(content: JsonObject, fileKind: AttachmentRecord['kind'] | null, extra: MessageFacts, { files }: EventPlace): Content {
  const info = objectOf(content['info']) ?? {};
  const mime = words(info['mimetype']);
  const body = words(content['body']);
  const name = words(content['filename']) ?? body;
  const isVoice = fileKind === 'audio' && content['org.matrix.msc3245.voice'] !== undefined;
  const kind = isVoice ? 'voice' : (fileKind ?? fileKindOf(name, mime));
  const entry = name === null ? undefined : files.get(name);
  const [widthPx, heightPx, durationMs] = [info['w'], info['h'], info['duration']].map(countOf);
  const attachment: AttachmentRecord = {
    kind,
    name,
    ...(typeof entry === 'number' ? { entry, missing: null } : { entry: null, missing: 'not-in-archive' as const }),
    mime,
    sizeBytes: countOf(info['size']),
    ...(typeof widthPx === 'number' && typeof heightPx === 'number' ? { widthPx, heightPx } : {}),
    ...(typeof durationMs === 'number' ? { durationMs } : {}),
  };
  const caption = content['filename'] !== undefined && body !== name ? (body ?? '') : '';
  return { kind: messageKindOf(kind), text: caption, facts: extra, attachments: [attachment] };
}

function isReply(content: JsonObject): boolean {
  return objectOf(objectOf(content['m.relates_to'])?.['m.in_reply_to']) !== null;
}

/** The body without the lines that quote, for older apps, what it answers. */
function bodyOf(content: JsonObject, isAnswer: boolean): string {
  const body = words(content['body']) ?? '';
  if (!isAnswer || !body.startsWith('> ')) return body;
  const lines = body.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('>'));
  if (end === -1) return body;
  return lines.slice(lines[end] === '' ? end + 1 : end).join('\n');
}

function readReply(event: JsonObject): MessageFacts {
  const relation = objectOf(objectOf(event['content'])?.['m.relates_to']);
  const sourceId = words(objectOf(relation?.['m.in_reply_to'])?.['event_id']);
  return sourceId === null ? {} : { replyTo: { sourceId } };
}

function readEdits(event: JsonObject, related: Related | undefined): MessageFacts {
  const edits = related?.edits ?? [];
  const last = edits.at(-1);
  if (last === undefined) return {};
  const original = objectOf(event['content']) ?? {};
  const texts = [original, ...edits.slice(0, -1).map(({ content }) => content)].map((content) => bodyOf(content, isReply(original)));
  const olderTexts = texts.map((text, at) => ({ text, editedAtMs: at === 0 ? null : (edits[at - 1]?.atMs ?? null) }));
  return { edited: { editedAtMs: last.atMs }, olderTexts };
}

function readReactions(related: Related | undefined, people: People): MessageFacts {
  const reactions = [...(related?.reactions ?? [])].map(([emoji, ids]) => ({
    emoji,
    count: ids.length,
    by: ids.map((id) => people.nameOf(id) ?? id),
  }));
  return reactions.length === 0 ? {} : { reactions };
}

/** `geo:LATITUDE,LONGITUDE` (RFC 5870). */
function readPlace(uri: Json | undefined): MessageFacts {
  const match = /^geo:(-?\d{1,3}(?:\.\d{1,20})?),(-?\d{1,3}(?:\.\d{1,20})?)/.exec(words(uri) ?? '');
  return match === null ? {} : { location: { latitude: Number(match[1]), longitude: Number(match[2]) } };
}

function readPoll(content: JsonObject): MessageFacts {
  const poll = objectOf(content['m.poll']) ?? objectOf(content['org.matrix.msc3381.poll.start']) ?? {};
  const textOf = (part: JsonObject | null) =>
    words(part?.['org.matrix.msc1767.text']) ?? words(part?.['body']) ?? words(objectsOf(part?.['m.text'])[0]?.['body']) ?? '';
  return {
    poll: {
      question: textOf(objectOf(poll['question'])),
      options: objectsOf(poll['answers']).map((answer) => ({ text: textOf(answer), votes: 0 })),
    },
  };
}

function serviceOf(event: JsonObject, content: JsonObject): MessageFacts {
  const type = words(event['type']) ?? '';
  const membership = words(content['membership']);
  if (type !== 'm.room.member' || membership === null) return { service: { action: type } };
  const member = words(content['displayname']) ?? words(event['state_key']);
  return { service: { action: `member_${membership}`, ...(member === null ? {} : { members: [member] }) } };
}

/** What has no neutral field: the formatted body, threads, kinds of text, addresses of files. */
function extraOf(event: JsonObject, content: JsonObject, type: string): MessageFacts {
  const relation = objectOf(objectOf(event['content'])?.['m.relates_to']);
  const url = words(content['url']) ?? words(objectOf(content['file'])?.['url']);
  const extra: JsonObject = {
    ...membersBeyond(content, knownContentKeys),
    ...membersBeyond(event, knownEventKeys),
    ...(relation === null || relation['rel_type'] === undefined ? {} : { relates_to: relation }),
    ...(type === 'm.emote' || type === 'm.notice' ? { msgtype: type } : {}),
    ...(url === null ? {} : { url }),
  };
  return Object.keys(extra).length === 0 ? {} : { extra };
}

function withRaw({ extra }: MessageFacts, { raw }: EventPlace): MessageFacts {
  return { extra: { ...extra, raw } };
}
