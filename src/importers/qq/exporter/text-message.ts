// One message of a text file of qq-chat-exporter.

import type { Json } from '../../../model/json';
import { noAttachments } from '../../../model/record';
import type { MessageFacts, MessageRecord, Span } from '../../../model/record';
import { messageKindOf } from '../../file-kind';
import { fileKindOf, toAttachment } from './resources';
import type { ResourcePlace } from './resources';
import { actionOf } from './system-lines';
import { readTextFields } from './text-fields';
import type { TextFields } from './text-fields';

export interface TextSpeaker {
  /** Index of the person, or -1. */
  readonly sender: number;
  readonly title: string | null;
}

/** The message; `lines` are those behind its time, `sentAtMs` its wall clock read as UTC. */
export function toTextMessage(
  lines: readonly string[],
  sentAtMs: number,
  { sender, title }: TextSpeaker,
  place: ResourcePlace,
  span: Span,
): MessageRecord {
  const fields = readTextFields(lines);
  const attachments = fields.resources.map(({ type, filename }) =>
    toAttachment(fileKindOf(type) ?? 'file', {}, { type, filename, localPath: `${type}s/${filename}` }, place),
  );
  const text = withoutPlaceholders(fields);
  const isSystem = fields.type === 'system' || fields.content === '[系统消息]';
  const [first] = attachments;
  return {
    type: 'message',
    conversation: 0,
    sender,
    sourceId: null,
    sentAtMs,
    clock: 'second',
    kind: isSystem ? 'system' : first === undefined ? 'text' : messageKindOf(first.kind),
    text,
    attachments: attachments.length === 0 ? noAttachments : attachments,
    facts: factsOf(fields, isSystem ? actionOf(text) : null, title),
    ...span,
  };
}

const words: ReadonlyMap<string, string> = new Map([
  ['image', '图片'],
  ['video', '视频'],
  ['file', '文件'],
]);

/** The text without what the exporter wrote in place of files and of what is replied to. */
function withoutPlaceholders({ content, resources, reply }: TextFields): string {
  let text = content;
  if (reply !== null) {
    const mark = ['[回复消息]', `[回复 ${reply.name}: ${reply.content}]`].find((each) => text.startsWith(each));
    text = mark === undefined ? text : text.slice(mark.length).trimStart();
  }
  if (resources.length > 0 && /^\[[a-z、]{1,200}消息\]$/.test(text)) return '';
  for (const { type, filename } of resources) {
    const word = words.get(type);
    if (word === undefined) text = type === 'audio' ? text.replace(/\[语音[:：] ?[\d.]{1,10}秒\]/, '') : text;
    else text = text.replace(`[${word}:${filename}]`, '').replace(`[${word}: ${filename}]`, '');
  }
  return resources.length > 0 ? text.trim() : text;
}

function factsOf({ type, mentions, reply }: TextFields, action: string | null, title: string | null): MessageFacts | null {
  const extra: Record<string, Json> = {};
  if (title !== null) extra['senderTitle'] = title;
  if (type !== null) extra['type'] = type;
  if (mentions !== null) extra['mentions'] = mentions;
  if (reply !== null) extra['reply'] = { senderName: reply.name, ...(reply.time === null ? {} : { time: reply.time }) };
  const facts: MessageFacts = {
    ...(reply === null ? {} : { replyTo: { sourceId: null, excerpt: reply.content } }),
    ...(action === null ? {} : { service: { action } }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}
