// What exporters write in place of a body: words for what a text cannot hold, the path of a file, the length of a voice
// message. Shared by the forms that show messages instead of keeping what WeChat had.

import type { Json } from '../../model/json';
import { replyTo } from './app-message';
import { bodyOf } from './message-body';
import type { WeChatBody } from './message-body';
import { appTypes, baseTypes } from './message-types';
import type { WeChatType } from './message-types';
import { looksLikeXml, readBody } from './read-body';
import { typeOfWord } from './type-words';

export interface ExportedBody {
  readonly body: WeChatBody;
  /** The path or address that stood in place of the text. */
  readonly mediaPath: string | null;
}

/** The body of a message that an exporter shows as `content`; `nameOf` gives names for ids. */
export function readExported(type: WeChatType, content: string, nameOf: (id: string) => string | null = () => null): ExportedBody {
  if (type.base === baseTypes.text || type.base === baseTypes.notice || looksLikeXml(content))
    return { body: readBody(type, content, { nameOf }), mediaPath: null };
  const shown = withoutTypeWord(content);
  if (type.base === baseTypes.app && type.sub === appTypes.quote) {
    const quote = splitQuote(shown);
    if (quote !== null) return { body: bodyOf('text', quote.text, { facts: { replyTo: replyTo(null, quote.quoted) } }), mediaPath: null };
  }
  const spoken = type.base === baseTypes.voice ? readVoiceWords(shown) : null;
  const empty = readBody(type, spoken === null ? shown : '', { nameOf });
  if (spoken !== null) return { body: withVoice(empty, spoken), mediaPath: null };
  if (empty.media.length === 0 || !looksLikePath(shown)) return { body: empty, mediaPath: null };
  return { body: readBody(type, '', { nameOf }), mediaPath: shown };
}

/** `[图片] images/1.jpg` without the word, which only repeats the type; the word alone is kept, for the body to drop. */
export function withoutTypeWord(content: string): string {
  const match = /^(?:\[([^[\]]{1,12})\]|【([^【】]{1,12})】)\s{0,4}(?=\S)/.exec(content);
  return match !== null && typeOfWord(match[1] ?? match[2] ?? '') !== null ? content.slice(match[0].length) : content;
}

/** An answer with what it answers on a last line, `引用:name:text`; null where there is none. */
export function splitQuote(text: string): { readonly text: string; readonly quoted: string } | null {
  const at = Math.max(text.lastIndexOf('\n引用:'), text.lastIndexOf('\n引用：'));
  return at < 0 ? null : { text: text.slice(0, at).trimEnd(), quoted: text.slice(at + 4).trim() };
}

/** True for a relative path to a file, or the address of one. */
export function looksLikePath(text: string): boolean {
  if (text.length > 1024 || /[\n\r]/.test(text)) return false;
  return /^https?:\/\/\S+$/.test(text) || /[\\/][^\\/]{0,255}\.\w{2,5}$/.test(text);
}

interface VoiceWords {
  readonly durationMs: number;
  readonly transcript: string;
}

/** `语音时长：1.00秒`, below it `翻译结果：` and what was said. */
function readVoiceWords(text: string): VoiceWords | null {
  const match = /^语音时长[:：](\d{1,6}(?:\.\d{1,3})?)秒(?:\r?\n翻译结果[:：]([\s\S]*))?$/.exec(text);
  return match === null ? null : { durationMs: Math.round(Number(match[1]) * 1000), transcript: match[2]?.trim() ?? '' };
}

function withVoice(body: WeChatBody, { durationMs, transcript }: VoiceWords): WeChatBody {
  const media = body.media.map((each) => ({ ...each, durationMs }));
  return transcript === '' ? { ...body, media } : withExtra({ ...body, media }, 'transcript', transcript);
}

/** The body with one thing more in `extra`. */
export function withExtra(body: WeChatBody, key: string, value: Json): WeChatBody {
  return { ...body, facts: { ...body.facts, extra: { ...body.facts?.extra, [key]: value } } };
}
