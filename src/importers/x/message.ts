// One entry of a conversation's list to a neutral message: a message, or what happened to the group.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { noAttachments } from '../../model/record';
import type { AttachmentRecord, MessageFacts, MessageRecord, NeutralRecord, Reaction, Span, TextEntity } from '../../model/record';
import { baseName } from '../archive-files';
import { attach, messageKindOf } from '../file-kind';
import { parseInstant } from '../instant';
import { idOf, isObject, membersBeyond, objectsOf, words } from '../json-fields';
import type { People } from '../people';
import { unescapeText } from './text';

export interface MessageContext {
  readonly files: FileSet;
  /** Folder of the archive's data: '' or ending in `/`. */
  readonly folder: string;
  readonly conversation: number;
  readonly people: People;
}

type MutableFacts = { -readonly [Name in keyof MessageFacts]: MessageFacts[Name] };

const neutralKeys = new Set(['id', 'senderId', 'recipientId', 'createdAt', 'text', 'mediaUrls', 'urls', 'reactions']);
const eventKeys = new Set(['initiatingUserId', 'createdAt', 'userIds', 'id']);

/** What happens to groups, in source-neutral words. */
const actions: ReadonlyMap<string, string> = new Map([
  ['joinConversation', 'join_group'],
  ['participantsJoin', 'invite_members'],
  ['participantsLeave', 'leave_group'],
  ['conversationNameUpdate', 'edit_group_title'],
  ['conversationAvatarUpdate', 'edit_group_photo'],
  ['trustConversation', 'trust_conversation'],
]);

/** X's words for reactions of before 2023; since then the character itself stands there. */
const reactionKeys: ReadonlyMap<string, string> = new Map([
  ['like', '❤️'],
  ['funny', '😂'],
  ['surprised', '😲'],
  ['sad', '😢'],
  ['excited', '🔥'],
  ['agree', '👍'],
  ['disagree', '👎'],
]);

/** Appends people where new; the message, or null where it has no time. The wrapper's one member says what it is. */
export function toMessage(wrapper: JsonObject, context: MessageContext, span: Span, out: NeutralRecord[]): MessageRecord | null {
  const [first] = Object.entries(wrapper);
  if (first === undefined || !isObject(first[1])) return null;
  const [type, value] = [first[0], first[1]];
  const sentAtMs = typeof value['createdAt'] === 'string' ? parseInstant(value['createdAt']) : null;
  if (sentAtMs === null) return null;
  const personOf = (id: Json | undefined) => {
    const word = idOf(id);
    return word === null ? -1 : context.people.withId(word, null, out);
  };
  const base = { type: 'message', conversation: context.conversation, sourceId: idOf(value['id']), sentAtMs, clock: 'absolute' } as const;
  if (type !== 'messageCreate') {
    return { ...base, sender: personOf(value['initiatingUserId']), ...eventOf(type, wrapper, value), attachments: noAttachments, ...span };
  }
  const { text, entities } = readText(value);
  const attachments = readMedia(value, context);
  const [file] = attachments;
  return {
    ...base,
    sender: personOf(value['senderId']),
    kind: file === undefined ? 'text' : messageKindOf(file.kind),
    text,
    attachments,
    facts: readFacts(value, entities),
    ...span,
  };
}

/** A line of the app's own; one that is in no table is kept whole. */
function eventOf(type: string, wrapper: JsonObject, value: JsonObject): Pick<MessageRecord, 'kind' | 'text' | 'facts'> {
  const action = actions.get(type);
  if (action === undefined) return { kind: 'unknown', text: '', facts: { extra: { raw: wrapper } } };
  const members = Array.isArray(value['userIds']) ? value['userIds'].flatMap((id: Json) => idOf(id) ?? []) : [];
  const extra = membersBeyond(value, eventKeys);
  return {
    kind: 'system',
    text: words(value['name']) ?? '',
    facts: { service: members.length === 0 ? { action } : { action, members }, ...(extra === null ? {} : { extra }) },
  };
}

/** The text with its short links written out, as the app shows them. */
function readText(value: JsonObject): { text: string; entities: readonly TextEntity[] | null } {
  const urls = objectsOf(value['urls']).flatMap((link) => {
    const url = words(link['url']);
    const href = words(link['expanded']);
    return url === null || href === null ? [] : [{ url, href, shown: words(link['display']) ?? href }];
  });
  let rest = unescapeText(words(value['text']) ?? '');
  let text = '';
  const entities: TextEntity[] = [];
  for (const { url, href, shown } of urls) {
    const at = rest.indexOf(url);
    if (at === -1) continue;
    text += rest.slice(0, at);
    entities.push({ type: 'link', offset: text.length, length: shown.length, href });
    text += shown;
    rest = rest.slice(at + url.length);
  }
  return { text: text + rest, entities: entities.length === 0 ? null : entities };
}

/** Files lie as `<id of the message>-<name>` in a folder for direct chats or one for groups. */
function readMedia(value: JsonObject, { files, folder }: MessageContext): readonly AttachmentRecord[] {
  const urls = Array.isArray(value['mediaUrls']) ? value['mediaUrls'].flatMap((url: Json) => words(url) ?? []) : [];
  if (urls.length === 0) return noAttachments;
  const id = idOf(value['id']) ?? '';
  return urls.map((url) => {
    const name = baseName(/^[^?#]*/.exec(url)?.[0] ?? url);
    const paths = mediaFolders.map((media) => `${folder}${media}/${id}-${name}`);
    return attach(files, '', { path: paths.find((path) => files.indexOf(path) !== -1) ?? null, name });
  });
}

const mediaFolders = ['direct_messages_media', 'direct_messages_group_media', 'direct_message_media', 'direct_message_group_media'];

function readFacts(value: JsonObject, entities: readonly TextEntity[] | null): MessageFacts | null {
  const facts: MutableFacts = {};
  if (entities !== null) facts.entities = entities;
  const reactions = readReactions(value['reactions']);
  if (reactions.length > 0) facts.reactions = reactions;
  const history = objectsOf(value['editHistory']);
  if (history.length > 0) facts.edited = { editedAtMs: null };
  const extra: Record<string, Json> = { ...membersBeyond(value, neutralKeys) };
  if (reactions.length > 0) extra['reactions'] = value['reactions'] ?? null;
  const media = value['mediaUrls'];
  if (Array.isArray(media) && media.length > 0) extra['mediaUrls'] = media;
  const urls = objectsOf(value['urls']);
  if (urls.length > (entities?.length ?? 0)) extra['urls'] = urls;
  if (Object.keys(extra).length > 0) facts.extra = extra;
  return Object.keys(facts).length === 0 ? null : facts;
}

/** By character; who reacted is known by id only, so it stays in `extra`. */
function readReactions(value: Json | undefined): readonly Reaction[] {
  const counts = new Map<string, number>();
  for (const reaction of objectsOf(value)) {
    const key = words(reaction['reactionKey']) ?? '❔';
    const emoji = reactionKeys.get(key) ?? key;
    counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  }
  return [...counts].map(([emoji, count]) => ({ emoji, count, by: [] }));
}
