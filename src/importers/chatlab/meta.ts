// The header of a ChatLab file: which app the chat is from, what it is called, whose it is.

import type { Json, JsonObject } from '../../model/json';
import type { ConversationRecord, ConversationShape } from '../../model/record';
import type { SourceApp } from '../../model/source';
import { idOf, isObject, words } from '../json-fields';
import { withoutPictures } from './people';

export interface ChatLabMeta {
  readonly name: string | null;
  readonly platform: string;
  readonly shape: ConversationShape;
  readonly groupId: string | null;
  readonly ownerId: string | null;
  readonly source: SourceApp;
  readonly extra: JsonObject;
}

/** Platforms that are sources of their own; every other one is `chatlab`. */
const sources: ReadonlyMap<string, SourceApp> = new Map<string, SourceApp>([
  ['wechat', 'wechat'],
  ['weixin', 'wechat'],
  ['qq', 'qq'],
  ['telegram', 'telegram'],
  ['whatsapp', 'whatsapp'],
]);

/** Reads `meta`; a header without one is a chat of an unknown platform. */
export function readMeta(meta: Json | undefined): ChatLabMeta {
  const fields: JsonObject = isObject(meta) ? meta : {};
  const { name, platform, type, groupId, ownerId, ...rest } = fields;
  const app = words(platform)?.toLowerCase() ?? 'unknown';
  return {
    name: words(name),
    platform: app,
    shape: type === 'group' ? 'group' : type === 'private' ? 'direct' : 'unknown',
    groupId: idOf(groupId),
    ownerId: idOf(ownerId),
    source: sources.get(app) ?? 'chatlab',
    extra: { ...withoutPictures(rest), platform: words(platform) ?? 'unknown' },
  };
}

/** What stands before ids of people, so that one platform's are not taken for another's: nothing where the source is one platform. */
export function personPrefix(meta: ChatLabMeta): string {
  return meta.source === 'chatlab' ? `${meta.platform}:` : '';
}

/**
 * The conversation. A group is known by its id; a private chat by the other one's, where `people` (ids of members and
 * senders seen so far) holds the owner's and exactly one more.
 */
export function toConversation(meta: ChatLabMeta, ownerId: string | null, people: ReadonlySet<string>): ConversationRecord {
  const others = [...people].filter((id) => id !== ownerId);
  const other = meta.shape === 'direct' && ownerId !== null && others.length === 1 ? (others[0] ?? null) : null;
  const id = meta.groupId ?? other;
  const sourceId = id === null ? null : `${meta.platform}:${id}`;
  return { type: 'conversation', index: 0, sourceId, name: meta.name, shape: meta.shape, extra: meta.extra };
}
