// One message of a ChatLab file to a neutral message.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageRecord, Span } from '../../model/record';
import { baseName, findFile } from '../archive-files';
import { chatLabTypes, mediaPlaceholders, recallType, replyType } from './message-types';
import type { ChatLabType } from './message-types';
import { differingNames, senderIndex } from './people';
import type { ChatLabPeople } from './people';

export interface MessagePlace {
  readonly conversation: number;
  readonly files: FileSet;
  /** Folder of the ChatLab file: '' or ending in `/`. */
  readonly folder: string;
}

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

const neutralKeys = new Set([
  '_type',
  'sender',
  'accountName',
  'groupNickname',
  'timestamp',
  'type',
  'content',
  'platformMessageId',
  'replyToMessageId',
  'mediaPath',
]);
/** Seconds of the year 5138: greater numbers are milliseconds, which some exporters write. */
const greatestSeconds = 1e11;
const greatestMs = 253_402_300_799_999;

/** The message; null where it has no time that can be read. */
export function toMessage(element: JsonObject, place: MessagePlace, people: ChatLabPeople, span: Span): MessageRecord | null {
  const sentAtMs = readTimestamp(element['timestamp']);
  if (sentAtMs === null) return null;
  const number = typeof element['type'] === 'number' ? element['type'] : -1;
  const type = chatLabTypes.get(number);
  const id = element['platformMessageId'];
  const content = typeof element['content'] === 'string' ? element['content'] : '';
  return {
    type: 'message',
    conversation: place.conversation,
    sender: senderIndex(people, element),
    sourceId: typeof id === 'string' || typeof id === 'number' ? String(id) : null,
    sentAtMs,
    clock: 'absolute',
    kind: type?.kind ?? 'unknown',
    text: type?.attachment !== undefined && mediaPlaceholders.has(content) ? '' : content,
    attachments: readAttachments(element, type, place),
    facts: readFacts(element, number, type, people),
    entry: span.entry,
    offsetBytes: span.offsetBytes,
    lengthBytes: span.lengthBytes,
  };
}

/** Seconds, or milliseconds where the number is too great for seconds; null where it is no time. */
export function readTimestamp(value: Json | undefined): number | null {
  const time = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof time !== 'number' || !Number.isFinite(time) || time <= 0) return null;
  const atMs = Math.round(time > greatestSeconds ? time : time * 1000);
  return atMs <= greatestMs ? atMs : null;
}

function readAttachments(element: JsonObject, type: ChatLabType | undefined, place: MessagePlace): readonly AttachmentRecord[] {
  const path = element['mediaPath'];
  const hasPath = typeof path === 'string' && path !== '';
  if (!hasPath && type?.attachment === undefined) return noAttachments;
  const kind = type?.attachment ?? 'file';
  const common = { kind, mime: null, sizeBytes: null };
  if (!hasPath) return [{ ...common, name: null, entry: null, missing: 'not-exported' }];
  const entry = findFile(place.files, place.folder, path);
  const name = baseName(path.replaceAll('\\', '/'));
  return [{ ...common, name, entry: entry === -1 ? null : entry, missing: entry === -1 ? 'not-in-archive' : null }];
}

function readFacts(element: JsonObject, number: number, type: ChatLabType | undefined, people: ChatLabPeople): MessageFacts | null {
  const facts: MutableFacts = {};
  const reply = element['replyToMessageId'];
  if (typeof reply === 'string' || typeof reply === 'number') facts.replyTo = { sourceId: String(reply) };
  else if (number === replyType) facts.replyTo = { sourceId: null };
  if (type?.action !== undefined) facts.service = { action: type.action };
  if (number === recallType) facts.deleted = { by: 'unknown' };
  if (type?.kind === 'call') facts.call = { durationMs: null, outcome: 'unknown', video: false };
  const extra = readExtra(element, type, people);
  if (extra !== null) facts.extra = extra;
  return Object.keys(facts).length === 0 ? null : facts;
}

function readExtra(element: JsonObject, type: ChatLabType | undefined, people: ChatLabPeople): JsonObject | null {
  const kept: [string, Json][] = [];
  for (const key in element) {
    const value = element[key];
    if (value !== undefined && !neutralKeys.has(key)) kept.push([key, value]);
  }
  const content = element['content'];
  if (typeof content === 'object' && content !== null) kept.push(['content', content]);
  kept.push(...differingNames(people, element));
  if (type?.keepType) kept.push(['type', element['type'] ?? null]);
  if (type === undefined) kept.push(['raw', element]);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
