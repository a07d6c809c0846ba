// One message of an end-to-end encrypted chat's export to a neutral message.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageKind, MessageRecord, NeutralRecord, Span } from '../../model/record';
import { attach, messageKindOf } from '../file-kind';
import { membersBeyond, objectsOf, words } from '../json-fields';
import type { People } from '../people';
import { readReactions, timeOf } from './message';

export interface E2eeContext {
  readonly files: FileSet;
  /** Folder of the thread's file: '' or ending in `/`. */
  readonly folder: string;
  readonly conversation: number;
  readonly people: People;
}

const neutralKeys = new Set(['senderName', 'timestamp', 'text', 'type', 'media', 'reactions', 'isUnsent']);
const kinds: ReadonlyMap<string, MessageKind> = new Map([
  ['text', 'text'],
  ['media', 'file'],
  ['link', 'link'],
]);

/** Appends the sender where new; the message, or null where it has no time. Texts must be repaired before. */
export function toE2eeMessage(element: JsonObject, context: E2eeContext, span: Span, out: NeutralRecord[]): MessageRecord | null {
  const sentAtMs = timeOf(element['timestamp']);
  if (sentAtMs === null) return null;
  const sender = words(element['senderName']);
  const attachments = readMedia(element['media'], context);
  const kind = kinds.get(words(element['type']) ?? '') ?? 'unknown';
  const [first] = attachments;
  return {
    type: 'message',
    conversation: context.conversation,
    sender: sender === null ? -1 : context.people.named(sender, context.conversation, out),
    sourceId: null,
    sentAtMs,
    clock: 'absolute',
    kind: first !== undefined && kind !== 'unknown' ? messageKindOf(first.kind) : kind,
    text: words(element['text']) ?? '',
    attachments,
    facts: readFacts(element, kind),
    ...span,
  };
}

/** Where a file could not be fetched, a sentence stands in place of its path. */
function readMedia(value: Json | undefined, { files, folder }: E2eeContext): readonly AttachmentRecord[] {
  const media = objectsOf(value).map((file) => {
    const uri = words(file['uri']);
    const isPath = uri !== null && uri.includes('/');
    return attach(files, folder, { path: isPath ? uri : null, missing: isPath ? 'not-in-archive' : 'unavailable' });
  });
  return media.length === 0 ? noAttachments : media;
}

function readFacts(element: JsonObject, kind: MessageKind): MessageFacts | null {
  const reactions = readReactions(element['reactions']);
  const rest = membersBeyond(element, neutralKeys);
  const extra = kind === 'unknown' ? { ...rest, raw: element } : rest;
  const facts: MessageFacts = {
    ...(reactions.length > 0 ? { reactions } : {}),
    ...(element['isUnsent'] === true ? { deleted: { by: 'sender' as const } } : {}),
    ...(extra === null ? {} : { extra }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}
