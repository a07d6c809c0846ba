// JSON of one chat as `{session, messages}` with WeChat's own numbers of types: three exporters write it, one of them also in
// a short form in which messages name their senders by number.

import type { Json, JsonObject } from '../../model/json';
import type { ProblemCode } from '../../model/problem';
import { idOf, isObject, words } from '../json-fields';
import { replyTo } from './app-message';
import { readExported } from './exported-text';
import type { ExportedBody } from './exported-text';
import { instantOf, shapeOf } from './identity';
import type { ExportedChat, ExportedMessage } from './ledger';
import { bodyOf, joinLines, md5Of } from './message-body';
import type { MutableFacts, NameOf, WeChatBody } from './message-body';
import { appKinds, baseKinds, baseTypes, splitType } from './message-types';
import type { WeChatType } from './message-types';
import { locationOf } from './read-body';
import { messageIdOf } from './table-rows';
import { typeOfWord } from './type-words';

/** What messages refer to by number in the short form. */
export type SendersByNumber = ReadonlyMap<string, { readonly id: string | null; readonly name: string | null }>;

export interface SessionContext {
  readonly chat: ExportedChat;
  readonly senders: SendersByNumber;
  readonly nameOf: NameOf;
}

/** Keys that have a place of their own, repeat another (`formattedTime` is `createTime` in some zone) or only count rows (`localId`). */
const knownKeys = new Set([
  'localId',
  'createTime',
  'formattedTime',
  'type',
  'localType',
  'content',
  'isSend',
  'senderUsername',
  'senderDisplayName',
  'senderAvatarKey',
  'senderID',
  'platformMessageId',
  'replyToMessageId',
  'quotedContent',
  'locationLat',
  'locationLng',
  'locationPoiname',
  'locationLabel',
  'contactCardNickname',
]);

/** The chat in `session`. */
export function readSession(session: JsonObject): ExportedChat {
  const id = words(session['wxid']) ?? words(session['username']);
  const { remark, nickname, displayName, type } = session;
  const name = words(displayName) ?? words(remark) ?? words(nickname);
  const kept = [
    ['remark', words(remark)],
    ['nickname', words(nickname)],
  ].filter(([, value]) => value !== null && value !== name);
  const said = type === '群聊' ? 'group' : type === '私聊' ? 'direct' : 'unknown';
  const shape = id === null ? said : shapeOf(id);
  return { id, name, shape, extra: kept.length === 0 ? null : (Object.fromEntries(kept) as JsonObject) };
}

/** `senders` of the short form. */
export function readSenders(senders: Json | undefined): SendersByNumber {
  const found = new Map<string, { id: string | null; name: string | null }>();
  for (const sender of Array.isArray(senders) ? (senders as readonly Json[]) : []) {
    if (!isObject(sender)) continue;
    const number = idOf(sender['senderID']);
    const name = words(sender['displayName']) ?? words(sender['remark']) ?? words(sender['groupNickname']) ?? words(sender['nickname']);
    if (number !== null) found.set(number, { id: words(sender['wxid']), name });
  }
  return found;
}

/** One element of `messages`, or why it is no message. */
export function readSessionMessage(element: JsonObject, { chat, senders, nameOf }: SessionContext): ExportedMessage | ProblemCode {
  const sentAtMs = instantOf(element['createTime']);
  if (sentAtMs === null) return 'bad-time';
  const type = typeOf(element);
  const { body, mediaPath } = readContent(element, type, nameOf);
  const sender = senders.get(idOf(element['senderID']) ?? '');
  return {
    chat,
    sender: {
      id: words(element['senderUsername']) ?? sender?.id ?? null,
      name: words(element['senderDisplayName']) ?? sender?.name ?? null,
      isOwn: element['isSend'] === 1 || element['isSend'] === true || element['isSend'] === '1',
    },
    sourceId: messageIdOf(idOf(element['platformMessageId'])),
    sentAtMs,
    clock: 'absolute',
    body,
    mediaPath,
    extra: extraOf(element, body, type),
  };
}

/** By number, else by word; a bare 49 gets its sub-type from the word or from what the exporter says of it. */
function typeOf(element: JsonObject): WeChatType {
  const { localType, type } = element;
  const word = typeof type === 'string' ? typeOfWord(type) : null;
  const appType = Number(element['appMsgType'] ?? Number.NaN);
  if (typeof localType !== 'number') return word ?? { base: -1, sub: 0 };
  const numbered = splitType(localType, Number.isSafeInteger(appType) ? appType : 0);
  if (numbered.base === baseTypes.app && !appKinds.has(numbered.sub) && word?.base === baseTypes.app) return word;
  if (!baseKinds.has(numbered.base) && numbered.base !== baseTypes.app) return word ?? numbered;
  // One exporter calls a quote by its word and gives it the number of a text.
  return numbered.base === baseTypes.text && word !== null ? word : numbered;
}

function readContent(element: JsonObject, type: WeChatType, nameOf: NameOf): ExportedBody {
  const content = words(element['content']) ?? '';
  const exported = readExported(type, content, nameOf);
  const body = enrich(element, type, exported.body);
  const reply = replyOf(element);
  return { body: reply === null ? body : { ...body, facts: { ...body.facts, replyTo: reply } }, mediaPath: exported.mediaPath };
}

/** What the exporter gives in fields of their own instead of in the content. */
function enrich(element: JsonObject, { base }: WeChatType, body: WeChatBody): WeChatBody {
  if (base === baseTypes.location && body.facts?.location === undefined) {
    const [latitude, longitude] = [element['locationLat'], element['locationLng']].map((value) => idOf(value));
    const [name, address] = [words(element['locationPoiname']), words(element['locationLabel'])];
    if (latitude !== null || name !== null || address !== null) return locationOf(latitude ?? null, longitude ?? null, name, address);
  }
  const card = words(element['contactCardNickname']);
  if (base === baseTypes.contact && card !== null) return bodyOf('contact', '', { facts: { contact: { name: card } } });
  const duration = element['voiceDuration'];
  if (base === baseTypes.voice && typeof duration === 'number' && duration >= 0 && duration < 1e6) {
    return { ...body, media: body.media.map((each) => ({ ...each, durationMs: Math.round(duration * 1000) })) };
  }
  if (base === baseTypes.sticker) {
    const md5 = md5Of(words(element['emojiMd5']));
    return { ...body, media: body.media.map((each) => ({ ...each, md5 })) };
  }
  const url = words(element['linkUrl']);
  if (body.kind === 'link' && url !== null && !body.text.includes(url)) return { ...body, text: joinLines(body.text, url) };
  return body;
}

function replyOf(element: JsonObject): NonNullable<MutableFacts['replyTo']> | null {
  const quote = element['quote'];
  const said = isObject(quote) ? quote : element;
  const id = idOf(said['replyToMessageId'] ?? said['sourceMessageId']);
  const excerpt = words(said['quotedContent']) ?? (isObject(quote) ? words(quote['content']) : null);
  return id === null && excerpt === null ? null : replyTo(id, excerpt);
}

function extraOf(element: JsonObject, body: WeChatBody, type: WeChatType): JsonObject | null {
  const kept = Object.entries(element).filter(([key, value]) => !knownKeys.has(key) && value !== null && value !== '');
  if (body.kind === 'unknown') kept.push(['type', element['type'] ?? null], ['localType', element['localType'] ?? type.base]);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
