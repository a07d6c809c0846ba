// One message of a chat or one snap to a neutral message.

import type { FileSet } from '../../bytes/source';
import { decodeEntities } from '../../bytes/html-entities';
import type { JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord, Span } from '../../model/record';
import { baseName } from '../archive-files';
import { fileKindOf, messageKindOf } from '../file-kind';
import { parseInstant } from '../instant';
import { membersBeyond, words } from '../json-fields';
import type { People } from '../people';

export interface SnapchatArchive {
  readonly files: FileSet;
  readonly people: People;
  /** User names that sent something as the owner. */
  readonly owners: Set<string>;
  readonly media: ReadonlyMap<string, number>;
  /** Names by user names. */
  readonly friends: Map<string, string>;
  readonly conversations: Map<string, { readonly index: number; readonly title: string | null }>;
}

export interface MessageContext {
  readonly archive: SnapchatArchive;
  readonly conversation: number;
  readonly isSent: boolean;
  /** Of an old export: text is escaped for HTML, and the owner has no name. */
  readonly isMixed: boolean;
}

const microsecondsKey = 'Created(microseconds)';
const neutralKeys = new Set([
  'From',
  'To',
  'Media Type',
  'Created',
  'Content',
  'Text',
  'Conversation Title',
  'IsSender',
  'Media IDs',
  microsecondsKey,
]);

interface SnapchatType {
  readonly kind: MessageKind;
  /** For those that are a file. */
  readonly attachment?: AttachmentRecord['kind'];
}

/** By `Media Type`; words that begin with STATUS are system lines, and what is not here is unknown. */
const types: ReadonlyMap<string, SnapchatType> = new Map<string, SnapchatType>([
  ['TEXT', { kind: 'text' }],
  ['MEDIA', { kind: 'file', attachment: 'file' }],
  ['IMAGE', { kind: 'image', attachment: 'image' }],
  ['VIDEO', { kind: 'video', attachment: 'video' }],
  ['NOTE', { kind: 'voice', attachment: 'voice' }],
  ['STICKER', { kind: 'sticker', attachment: 'sticker' }],
  ['SHARE', { kind: 'link' }],
  ['LOCATION', { kind: 'location' }],
]);

/** Appends the sender where new; the message, or null where it has no time. */
export function toMessage(element: JsonObject, context: MessageContext, span: Span, out: NeutralRecord[]): MessageRecord | null {
  const sentAtMs = timeOf(element);
  if (sentAtMs === null) return null;
  const word = words(element['Media Type']) ?? '';
  const type = types.get(word);
  const isStatus = word.startsWith('STATUS');
  const attachments = readMedia(element, type, context.archive);
  const [first] = attachments;
  const content = words(element['Content']) ?? words(element['Text']) ?? '';
  return {
    type: 'message',
    conversation: context.conversation,
    sender: senderIndex(element, context, out),
    sourceId: null,
    sentAtMs,
    clock: 'absolute',
    kind: isStatus
      ? 'system'
      : type === undefined
        ? 'unknown'
        : type.kind === 'file' && first !== undefined
          ? messageKindOf(first.kind)
          : type.kind,
    text: context.isMixed ? decodeEntities(content) : content,
    attachments,
    facts: readFacts(element, word, isStatus, type === undefined),
    ...span,
  };
}

/** The other side of a message in a list that holds all conversations. */
export function otherSide(element: JsonObject): string | null {
  return words(element['From']) ?? words(element['To']);
}

function senderIndex(element: JsonObject, { archive, conversation, isSent, isMixed }: MessageContext, out: NeutralRecord[]): number {
  const { people, owners, friends } = archive;
  const from = words(element['From']);
  if (isSent && (isMixed || from === null)) return people.named(null, conversation, out);
  if (from === null) return -1;
  if (isSent) owners.add(from);
  return people.withId(from, friends.get(from) ?? from, out);
}

/** What is called microseconds are milliseconds; the text is UTC. */
function timeOf(element: JsonObject): number | null {
  const number = Number(element[microsecondsKey] ?? Number.NaN);
  if (Number.isInteger(number) && number > 0 && number < greatestMicroseconds)
    return number > greatestMs ? Math.floor(number / 1000) : number;
  const created = element['Created'];
  return typeof created === 'string' ? parseInstant(created) : null;
}

/** Milliseconds of the year 5138; greater numbers are microseconds after all. */
const greatestMs = 1e14;
const greatestMicroseconds = 2.5e17;

/** Snaps are not kept, so their files are missing. */
function readMedia(element: JsonObject, type: SnapchatType | undefined, { files, media }: SnapchatArchive): readonly AttachmentRecord[] {
  const ids = (words(element['Media IDs']) ?? '')
    .split('|')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length === 0 && type?.attachment === undefined) return noAttachments;
  if (ids.length === 0) return [missingFile(type?.attachment ?? 'file', null)];
  return ids.map((id) => {
    const entry = media.get(id);
    const path = entry === undefined ? undefined : files.entries[entry]?.path;
    if (entry === undefined || path === undefined) return missingFile(type?.attachment ?? 'file', id);
    const kind = type?.attachment === 'voice' ? 'voice' : fileKindOf(path);
    return { kind, name: baseName(path), entry, missing: null, mime: null, sizeBytes: null };
  });
}

function missingFile(kind: AttachmentRecord['kind'], name: string | null): AttachmentRecord {
  return { kind, name, entry: null, missing: 'not-in-archive', mime: null, sizeBytes: null };
}

function readFacts(element: JsonObject, word: string, isStatus: boolean, isUnknown: boolean): MessageFacts | null {
  const rest = membersBeyond(element, neutralKeys);
  const ids = words(element['Media IDs']);
  const extra = {
    ...rest,
    ...(ids === null ? {} : { 'Media IDs': ids }),
    ...(isUnknown && !isStatus ? { raw: element } : {}),
  };
  const facts: MessageFacts = {
    ...(isStatus ? { service: { action: word.toLowerCase() } } : {}),
    ...(word === 'STATUSERASEDMESSAGE' ? { deleted: { by: 'unknown' as const } } : {}),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}
