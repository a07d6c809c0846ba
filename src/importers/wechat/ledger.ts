// From messages as an export has them to neutral records: conversations and people are made known before what refers to them.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, Clock, ConversationShape, MessageFacts, NeutralRecord, Span } from '../../model/record';
import { folderOf } from '../archive-files';
import { conversationIdOf, shapeOf } from './identity';
import { createMediaFiles } from './media-files';
import type { WeChatBody } from './message-body';

export interface ExportedChat {
  /** WeChat's id of the chat, or null where the export has none. */
  readonly id: string | null;
  readonly name: string | null;
  /** Where the export says it; else it follows from the id. */
  readonly shape?: ConversationShape;
  readonly extra?: JsonObject | null;
}

export interface ExportedSender {
  readonly id: string | null;
  readonly name: string | null;
  /** True where the export says that the owner sent it. */
  readonly isOwn: boolean;
}

/** A file that lies in an entry, and is read by its importer. */
export type HeldFile = Required<Pick<AttachmentRecord, 'entry' | 'name' | 'sizeBytes' | 'readBytes'>>;

export interface ExportedMessage {
  readonly chat: ExportedChat;
  /** Null for lines of the app. What is a system line has none, whatever the export says: some give the chat for it. */
  readonly sender: ExportedSender | null;
  readonly sourceId: string | null;
  readonly sentAtMs: number;
  readonly clock: Clock;
  readonly body: WeChatBody;
  /** Path or address of the file that the message carries. */
  readonly mediaPath?: string | null;
  /** The file itself, where it is no file of the export but its importer has it; comes before the path. */
  readonly held?: HeldFile | null;
  readonly extra?: JsonObject | null;
}

export interface Ledger {
  /** Appends the conversation where it is not known yet. */
  addChat(chat: ExportedChat, out: NeutralRecord[]): void;
  /** Appends what is new of a person that the export lists. */
  addPerson(id: string, name: string | null, extra: JsonObject | null, out: NeutralRecord[]): void;
  /** The name of a person by WeChat's id, as far as known. */
  nameOf(id: string): string | null;
  /** Appends the message, and before it who and what it is the first to name. */
  addMessage(message: ExportedMessage, span: Span, out: NeutralRecord[]): void;
}

interface Known {
  readonly index: number;
  name: string | null;
  isOwner: boolean;
  readonly sourceId: string | null;
  readonly conversation: number | null;
  extra: JsonObject | null;
}

/** Who "me" is, as far as it is known before reading: by WeChat's id, or by name where people have none. */
export interface Owner {
  readonly id: string | null;
  readonly name: string | null;
}

export const noOwner: Owner = { id: null, name: null };

interface LedgerState {
  readonly owner: Owner;
  readonly people: Map<string, Known>;
  readonly chats: Map<string, { readonly index: number; isNamed: boolean }>;
}

/** A ledger for the file `entry` of the set. */
export function createLedger(files: FileSet, entry: number, owner: Owner): Ledger {
  const state: LedgerState = { owner, people: new Map(), chats: new Map() };
  const media = createMediaFiles(files, folderOf(files.entries[entry]?.path ?? ''));
  return {
    addChat: (chat, out) => void chatIndex(state, chat, out),
    addPerson(id, name, extra, out) {
      putPerson(state, `id:${id}`, { name, sourceId: id, conversation: null, isOwner: id === owner.id, extra }, out);
    },
    nameOf: (id) => state.people.get(`id:${id}`)?.name ?? null,
    addMessage(message, { entry: file, offsetBytes, lengthBytes }, out) {
      const { chat, sender, body, sourceId, sentAtMs, clock, mediaPath = null, held = null } = message;
      const conversation = chatIndex(state, chat, out);
      const person = sender === null || body.kind === 'system' ? null : senderOf(state, sender, chat, conversation, out);
      const attachments = body.media.map((each) => attachHeld(media.attach(each, mediaPath), held));
      out.push({
        type: 'message',
        conversation,
        sender: person?.index ?? -1,
        sourceId,
        sentAtMs,
        clock,
        kind: body.kind,
        text: body.text,
        attachments: attachments.length === 0 ? noAttachments : attachments,
        facts: factsOf(message, person),
        entry: file,
        offsetBytes,
        lengthBytes,
      });
    },
  };
}

function attachHeld(attachment: AttachmentRecord, held: HeldFile | null): AttachmentRecord {
  if (held === null) return attachment;
  return { ...attachment, ...held, name: held.name ?? attachment.name, sizeBytes: held.sizeBytes ?? attachment.sizeBytes, missing: null };
}

function chatIndex({ chats }: LedgerState, chat: ExportedChat, out: NeutralRecord[]): number {
  const key = chat.id ?? '';
  const known = chats.get(key);
  if (known !== undefined && (known.isNamed || chat.name === null)) return known.index;
  const index = known?.index ?? chats.size;
  chats.set(key, { index, isNamed: chat.name !== null });
  const shape = chat.shape ?? shapeOf(chat.id);
  const sourceId = chat.id === null ? null : conversationIdOf(chat.id);
  const extra = chat.extra ?? null;
  out.push({ type: 'conversation', index, sourceId, name: chat.name, shape, ...(extra === null ? {} : { extra }) });
  return index;
}

/** The sender, made known where new. In a chat of two, whoever is not the owner is the one the chat is with. */
function senderOf(
  state: LedgerState,
  { id: said, name, isOwn: saysOwn }: ExportedSender,
  chat: ExportedChat,
  conversation: number,
  out: NeutralRecord[],
): Known | null {
  const isOwn = saysOwn || (said === null && name !== null && name === state.owner.name);
  const peer = (chat.shape ?? shapeOf(chat.id)) === 'direct' && !isOwn ? chat.id : null;
  const id = said ?? (isOwn ? state.owner.id : peer);
  if (id !== null) {
    const isOwner = isOwn || id === state.owner.id;
    return putPerson(state, `id:${id}`, { name, sourceId: id, conversation: null, isOwner, extra: null }, out);
  }
  if (name === null && !isOwn) return null;
  const key = isOwn ? `owner:${conversation}` : `name:${conversation}:${name}`;
  return putPerson(state, key, { name: name ?? state.owner.name, sourceId: null, conversation, isOwner: isOwn, extra: null }, out);
}

function putPerson({ people }: LedgerState, key: string, said: Omit<Known, 'index'>, out: NeutralRecord[]): Known {
  const known = people.get(key);
  const isNew = known === undefined;
  const person: Known = known ?? { ...said, index: people.size };
  const learns = !isNew && ((person.name === null && said.name !== null) || (!person.isOwner && said.isOwner) || said.extra !== null);
  if (!isNew && !learns) return person;
  person.name ??= said.name;
  person.isOwner ||= said.isOwner;
  person.extra = said.extra ?? person.extra;
  people.set(key, person);
  const { index, sourceId, name, conversation, isOwner, extra } = person;
  out.push({ type: 'person', index, sourceId, name, conversation, isOwner, ...(extra === null ? {} : { extra }) });
  return person;
}

/** The body's facts, what the export has beyond them, and the sender's name where it is not the person's. */
function factsOf({ body, extra = null, sender, mediaPath }: ExportedMessage, person: Known | null): MessageFacts | null {
  const kept: [string, Json][] = Object.entries(body.facts?.extra ?? {});
  kept.push(...Object.entries(extra ?? {}));
  const name = sender?.name ?? null;
  if (name !== null && person !== null && name !== person.name) kept.push(['senderName', name]);
  if (mediaPath && body.media.length === 0) kept.push(['path', mediaPath]);
  if (kept.length === 0) return body.facts;
  return { ...body.facts, extra: Object.fromEntries(kept) };
}
