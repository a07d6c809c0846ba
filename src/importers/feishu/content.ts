// What a message of Feishu's API says, by its type (open.larkoffice.com, "接收消息内容结构").

import type { JsonObject } from '../../model/json';
import type { MessageFacts, MessageKind, TextEntity } from '../../model/record';
import { isObject, objectsOf, words } from '../json-fields';

/** Names by the keys that stand for them in a text (`@_user_1`), and by ids. */
export type Mentions = ReadonlyMap<string, string>;

export interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly entities: readonly TextEntity[];
  /** Keys of pictures inside of a text. */
  readonly pictures: readonly string[];
  readonly facts: Pick<MessageFacts, 'location' | 'contact' | 'call'>;
  /** Members of the body that the above holds. */
  readonly known: ReadonlySet<string>;
  /** True where the kind alone does not tell the type. */
  readonly keepsType: boolean;
}

interface TypeRule {
  readonly kind: MessageKind;
  /** Members whose words are the text, a line each. */
  readonly text?: readonly string[];
  readonly known?: readonly string[];
  readonly isOnlyOne?: boolean;
}

const fileMembers = ['file_name', 'duration'];

const rules: ReadonlyMap<string, TypeRule> = new Map<string, TypeRule>([
  ['image', { kind: 'image', isOnlyOne: true }],
  ['file', { kind: 'file', known: fileMembers, isOnlyOne: true }],
  ['folder', { kind: 'file', known: fileMembers }],
  ['audio', { kind: 'voice', known: fileMembers, isOnlyOne: true }],
  ['media', { kind: 'video', known: fileMembers, isOnlyOne: true }],
  ['sticker', { kind: 'sticker', isOnlyOne: true }],
  ['share_chat', { kind: 'link', text: ['chat_id'] }],
  ['share_user', { kind: 'contact', text: ['user_id'], isOnlyOne: true }],
  ['location', { kind: 'location', text: ['name'], isOnlyOne: true }],
  ['video_chat', { kind: 'call', text: ['topic'] }],
  ['hongbao', { kind: 'transfer', text: ['text'] }],
  ['vote', { kind: 'poll', text: ['topic'] }],
  ['merge_forward', { kind: 'forwarded', text: ['content'], isOnlyOne: true }],
  ['interactive', { kind: 'link' }],
]);

export function contentOf(type: string, body: JsonObject, mentions: Mentions): Content {
  if (type === 'text') return textContent(words(body['text']) ?? '', mentions);
  if (type === 'post') return postContent(body, mentions);
  if (type === 'system') return systemContent(body);
  const rule: TypeRule = rules.get(type) ?? { kind: 'unknown' };
  const names = rule.text ?? [];
  const options = type === 'vote' && Array.isArray(body['options']) ? body['options'].flatMap((option) => words(option) ?? []) : [];
  const lines =
    rule.text === undefined && (type === 'interactive' || rule.kind === 'unknown')
      ? wordsIn(body)
      : names.flatMap((name) => words(body[name]) ?? []);
  return {
    ...plain(rule.kind, [...lines, ...options].join('\n')),
    facts: factsOf(type, body),
    known: new Set([...names, ...(rule.known ?? [])]),
    keepsType: rule.isOnlyOne !== true,
  };
}

function plain(kind: MessageKind, text: string): Content {
  return { kind, text, entities: [], pictures: [], facts: {}, known: new Set(), keepsType: false };
}

function factsOf(type: string, body: JsonObject): Content['facts'] {
  if (type === 'share_user') return { contact: { name: words(body['user_id']) ?? '' } };
  if (type === 'video_chat') return { call: { durationMs: null, outcome: 'unknown', video: true } };
  if (type !== 'location') return {};
  const latitude = Number(body['latitude'] ?? Number.NaN);
  const longitude = Number(body['longitude'] ?? Number.NaN);
  const name = words(body['name']);
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return {};
  return { location: { latitude, longitude, ...(name === null ? {} : { name }) } };
}

const mentionKey = /@_user_\d{1,6}|@_all/g;

/** `@_user_1` is shown as the name that it stands for. */
function textContent(written: string, mentions: Mentions): Content {
  const entities: TextEntity[] = [];
  let text = '';
  let at = 0;
  for (const { 0: key, index } of written.matchAll(mentionKey)) {
    const name = key === '@_all' ? '所有人' : mentions.get(key);
    if (name === undefined) continue;
    text += written.slice(at, index);
    at = index + key.length;
    entities.push({ type: 'mention', offset: text.length, length: name.length + 1 });
    text += `@${name}`;
  }
  return { ...plain('text', text + written.slice(at)), entities, known: new Set(['text']) };
}

interface Post {
  text: string;
  readonly entities: TextEntity[];
  readonly pictures: string[];
}

/** A title, and lines of pieces. Sent messages have them under a language (`zh_cn`), received ones do not. */
function postContent(body: JsonObject, mentions: Mentions): Content {
  const language = Object.values(body).find((value) => isObject(value) && Array.isArray(value['content']));
  const post = isObject(language) ? language : body;
  const title = words(post['title']);
  const built: Post = { text: title === null ? '' : `${title}\n`, entities: [], pictures: [] };
  const lines = Array.isArray(post['content']) ? post['content'] : [];
  for (const [number, line] of lines.entries()) {
    if (number > 0) built.text += '\n';
    for (const piece of objectsOf(line)) addPiece(built, piece, mentions);
  }
  const { text, entities, pictures } = built;
  return { ...plain(pictures.length > 0 ? 'image' : 'text', text), entities, pictures, keepsType: true };
}

const pieceStyles: ReadonlyMap<string, TextEntity['type']> = new Map<string, TextEntity['type']>([
  ['bold', 'bold'],
  ['italic', 'italic'],
  ['underline', 'underline'],
  ['lineThrough', 'strikethrough'],
]);

function addPiece(post: Post, piece: JsonObject, mentions: Mentions): void {
  const tag = words(piece['tag']);
  const offset = post.text.length;
  const picture = tag === 'img' || tag === 'media' ? words(piece['image_key']) : null;
  if (picture !== null) post.pictures.push(picture);
  const shown =
    tag === 'at'
      ? `@${words(piece['user_name']) ?? mentions.get(words(piece['user_id']) ?? '') ?? ''}`
      : (words(piece['text']) ?? emojiOf(piece));
  if (shown === '') return;
  post.text += shown;
  const { length } = shown;
  const href = words(piece['href']);
  if (tag === 'at') post.entities.push({ type: 'mention', offset, length });
  if (tag === 'a') post.entities.push({ type: 'link', offset, length, ...(href === null ? {} : { href }) });
  if (tag === 'code_block') post.entities.push({ type: 'pre', offset, length });
  for (const style of Array.isArray(piece['style']) ? piece['style'] : []) {
    const type = pieceStyles.get(words(style) ?? '');
    if (type !== undefined) post.entities.push({ type, offset, length });
  }
}

function emojiOf(piece: JsonObject): string {
  const emoji = words(piece['emoji_type']);
  return emoji === null ? '' : `[${emoji}]`;
}

/** A sentence with places for names: `{from_user} invited {to_chatters} to this chat.` */
function systemContent(body: JsonObject): Content {
  const template = words(body['template']) ?? '';
  const text = template.replace(/\{([a-z_]{1,40})\}/g, (place, name: string) => {
    const value = body[name];
    const names = Array.isArray(value) ? value.flatMap((each) => words(each) ?? []) : [];
    return names.length > 0 ? names.join(', ') : (words(value) ?? place);
  });
  return plain('system', text);
}

const wordsLimit = 200;
const depthLimit = 20;

/** All `title`, `content` and `text` of a card, in the order in which they stand. */
function wordsIn(body: JsonObject): readonly string[] {
  const found: string[] = [];
  const walk = (value: JsonObject[string], depth: number): void => {
    if (depth > depthLimit || found.length >= wordsLimit) return;
    if (Array.isArray(value)) for (const item of value) walk(item, depth + 1);
    else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        const text = key === 'title' || key === 'content' || key === 'text' || key === 'summary' ? words(inner) : null;
        if (text !== null) found.push(text);
        else walk(inner, depth + 1);
      }
    }
  };
  walk(body, 0);
  return found;
}
