// The types of messages of WeCom's archive, and what each says (developer.work.weixin.qq.com, document 91774).

import type { JsonObject } from '../../model/json';
import type { AttachmentRecord, MessageFacts, MessageKind } from '../../model/record';
import { objectsOf, parseObject, words } from '../json-fields';

export type FileType = AttachmentRecord['kind'];

export interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly file: FileType | null;
  readonly facts: Pick<MessageFacts, 'location' | 'contact' | 'service' | 'call'>;
  /** Members of the body that the above holds. */
  readonly known: ReadonlySet<string>;
  /** True where the kind alone does not tell the type. */
  readonly keepsType: boolean;
}

interface TypeRule {
  readonly kind: MessageKind;
  readonly file?: FileType;
  /** Members whose words are the text, a line each. */
  readonly text?: readonly string[];
  readonly action?: string;
  readonly isOnlyOne?: boolean;
}

const fileMembers = ['filesize', 'voice_size', 'imagesize', 'play_length', 'filename', 'width', 'height'];

/** By `msgtype`. A type that alone is of its kind needs no name beside it. */
const rules: ReadonlyMap<string, TypeRule> = new Map<string, TypeRule>([
  ['text', { kind: 'text', text: ['content'], isOnlyOne: true }],
  ['image', { kind: 'image', file: 'image', isOnlyOne: true }],
  ['voice', { kind: 'voice', file: 'voice', isOnlyOne: true }],
  ['video', { kind: 'video', file: 'video', isOnlyOne: true }],
  ['file', { kind: 'file', file: 'file', isOnlyOne: true }],
  ['emotion', { kind: 'sticker', file: 'sticker', isOnlyOne: true }],
  ['location', { kind: 'location', text: ['title', 'address'], isOnlyOne: true }],
  ['card', { kind: 'contact', text: ['userid', 'corpname'], isOnlyOne: true }],
  ['link', { kind: 'link', text: ['title', 'description', 'link_url'] }],
  ['weapp', { kind: 'link', text: ['title', 'description', 'displayname'] }],
  ['docmsg', { kind: 'link', text: ['title', 'link_url'] }],
  ['sphfeed', { kind: 'link', text: ['sph_name', 'feed_desc'] }],
  ['news', { kind: 'link' }],
  ['markdown', { kind: 'text', text: ['content'] }],
  ['chatrecord', { kind: 'forwarded', text: ['title'], isOnlyOne: true }],
  ['mixed', { kind: 'text' }],
  ['vote', { kind: 'poll', text: ['votetitle'], isOnlyOne: true }],
  ['redpacket', { kind: 'transfer', text: ['wish'] }],
  ['external_redpacket', { kind: 'transfer', text: ['wish'] }],
  ['revoke', { kind: 'system', action: 'recall' }],
  ['agree', { kind: 'system', action: 'agree' }],
  ['disagree', { kind: 'system', action: 'disagree' }],
  ['meeting_voice_call', { kind: 'call' }],
]);

/** What a message of this type says; an unlisted type is unknown, shown by its title or content. */
export function contentOf(type: string, body: JsonObject): Content {
  const rule: TypeRule = rules.get(type) ?? { kind: 'unknown', text: ['title', 'content', 'topic'] };
  const lines = (rule.text ?? []).flatMap((name) => words(body[name]) ?? []);
  const known = new Set([...(rule.kind === 'unknown' ? [] : (rule.text ?? [])), ...(rule.file === undefined ? [] : fileMembers)]);
  return {
    kind: rule.kind,
    text: [...lines, ...itemLines(type, body)].join('\n'),
    file: rule.file ?? null,
    facts: factsOf(rule, type, body),
    known,
    keepsType: rule.isOnlyOne !== true,
  };
}

/** Records, news, mixed messages and votes have items (how many voted is not said); the content of an item may be JSON in a string. */
function itemLines(type: string, body: JsonObject): readonly string[] {
  if (type === 'vote') return Array.isArray(body['voteitem']) ? body['voteitem'].flatMap((item) => words(item) ?? []) : [];
  if (type !== 'chatrecord' && type !== 'mixed' && type !== 'news') return [];
  return objectsOf(body['item']).flatMap((item) => {
    const content = words(item['content']);
    const inner = content === null ? null : parseObject(content);
    const shown = words(item['title']) ?? (inner === null ? content : words(inner['content']));
    return shown ?? [];
  });
}

function factsOf(rule: TypeRule, type: string, body: JsonObject): Content['facts'] {
  if (rule.action !== undefined) return { service: { action: rule.action } };
  if (type === 'card') return { contact: { name: words(body['userid']) ?? '' } };
  if (rule.kind === 'call') return { call: { durationMs: null, outcome: 'unknown', video: false } };
  if (rule.kind !== 'location') return {};
  const latitude = Number(body['latitude'] ?? Number.NaN);
  const longitude = Number(body['longitude'] ?? Number.NaN);
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? { location: { latitude, longitude } } : {};
}
