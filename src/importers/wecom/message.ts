// One message of WeCom's archive. What it says stands in a member named after its type.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageRecord, NeutralRecord, Span } from '../../model/record';
import { folderOf } from '../archive-files';
import { attach } from '../file-kind';
import { countOf, idOf, isObject, membersBeyond, words } from '../json-fields';
import type { People } from '../people';
import { contentOf } from './message-types';
import type { FileType } from './message-types';
import type { Rooms } from './rooms';

export interface MessageContext {
  readonly files: FileSet;
  readonly path: string;
  readonly people: People;
  readonly rooms: Rooms;
}

const neutralMembers = new Set(['msgid', 'from', 'roomid', 'msgtime', 'msgtype']);
const greatestMs = 253_402_300_799_999;

/** The message; null where it has no id, sender or time. */
export function toMessage(element: JsonObject, context: MessageContext, span: Span, out: NeutralRecord[]): MessageRecord | null {
  const sourceId = words(element['msgid']);
  const from = idOf(element['from']);
  const sentAtMs = Number(idOf(element['msgtime']) ?? Number.NaN);
  if (sourceId === null || from === null || !Number.isInteger(sentAtMs) || sentAtMs <= 0 || sentAtMs > greatestMs) return null;
  const type = words(element['msgtype']) ?? '';
  const body = bodyOf(element, type);
  const content = contentOf(type, body);
  const conversation = context.rooms.indexOf(element, out);
  const sender = context.people.withId(from, from, out);
  const attachment = content.file === null ? null : toAttachment(content.file, body, context);
  return {
    type: 'message',
    conversation,
    sender,
    sourceId,
    sentAtMs,
    clock: 'absolute',
    kind: content.kind,
    text: content.text,
    attachments: attachment === null ? noAttachments : [attachment],
    facts: factsOf(element, type, body, content),
    ...span,
  };
}

/** Documents are `docmsg` with a member `doc`; news and markdown have `info`. */
function bodyOf(element: JsonObject, type: string): JsonObject {
  const value = element[type] ?? (type === 'docmsg' ? element['doc'] : element['info']);
  return isObject(value) ? value : {};
}

function toAttachment(type: FileType, body: JsonObject, { files, path }: MessageContext): AttachmentRecord {
  const name = words(body['filename']);
  const sizeBytes = countOf(body['filesize']) ?? countOf(body['voice_size']) ?? countOf(body['imagesize']);
  const file = attach(files, folderOf(path), { kind: type, path: name, sizeBytes, missing: 'not-exported' });
  const seconds = countOf(body['play_length']);
  const widthPx = countOf(body['width']);
  const heightPx = countOf(body['height']);
  return {
    ...file,
    ...(seconds === null ? {} : { durationMs: seconds * 1000 }),
    ...(widthPx === null || heightPx === null ? {} : { widthPx, heightPx }),
  };
}

function factsOf(element: JsonObject, type: string, body: JsonObject, content: ReturnType<typeof contentOf>): MessageFacts | null {
  const rest = membersBeyond(
    element,
    new Set([...neutralMembers, type, 'doc', 'info', ...(element['action'] === 'send' ? ['action'] : [])]),
  );
  const { tolist, ...others } = rest ?? {};
  const kept = membersBeyond(body, content.known);
  const isGroup = words(element['roomid']) !== null;
  const extra: Record<string, Json> = { ...others };
  if (isGroup && tolist !== undefined) extra['tolist'] = tolist;
  if (kept !== null) extra['content'] = kept;
  if (content.keepsType) extra['msgtype'] = type;
  if (content.kind === 'unknown') extra['raw'] = element;
  const facts: MessageFacts = { ...content.facts, ...(Object.keys(extra).length === 0 ? {} : { extra }) };
  return Object.keys(facts).length === 0 ? null : facts;
}
