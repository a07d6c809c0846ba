// Messages that one exporter shows with marks: `![图片](address)`, `[文件|name](address)`, `[链接|title](address)`, and lines that
// begin with `> ` for what a message answers.

import type { Json } from '../../model/json';
import { replyTo } from './app-message';
import { bodyOf, joinLines, md5Of } from './message-body';
import type { WeChatBody } from './message-body';
import { appKinds, appTypes, baseKinds, baseTypes, paymentTypes } from './message-types';
import type { WeChatType } from './message-types';
import { transferBody } from './api-json';
import { isNotice, readNotice } from './notices';
import { readBody } from './read-body';
import { typeOfPlaceholder, typeOfWord } from './type-words';

/** The body of a message shown as `text`. */
export function readMarked(text: string): WeChatBody {
  const quote = readQuote(text);
  if (quote !== null) return quote;
  const type = typeOfPlaceholder(text);
  if (type !== null) return readBody(type, text);
  const mark = /^!?\[([^[\]|]{1,12})((?:\|[^\n\]]{0,500}){0,2})\](?:\(([^\n()]{0,2000})\))?(?:\n|$)/.exec(text);
  const marked = mark === null ? null : typeOfWord(mark[1] ?? '');
  if (mark !== null && marked !== null) return readMark(marked, (mark[2] ?? '').split('|').slice(1), mark[3] ?? null, text);
  if (text.startsWith('[转账|')) return transferBody(text, ['card', 'transfer']);
  return isNotice(text) ? readNotice(text) : bodyOf('text', text);
}

/** `words` stand between bars, `address` in round brackets. */
function readMark(type: WeChatType, words: readonly string[], address: string | null, text: string): WeChatBody {
  const media = baseKinds.get(type.base)?.media;
  if (media !== undefined) {
    const md5 = md5Of(/\/([\da-f]{32})[^/]{0,400}$/i.exec(address ?? '')?.[1] ?? null);
    const kind = baseKinds.get(type.base)?.kind ?? 'file';
    return bodyOf(kind, '', { media: [{ kind: media, name: null, md5, sizeBytes: null }], extra: [['md5', md5]] });
  }
  if (type.sub === appTypes.file)
    return bodyOf('file', '', { media: [{ kind: 'file', name: words[0] ?? null, md5: null, sizeBytes: null }] });
  if (type.sub === paymentTypes.transfer) return transferBody(text, ['card', 'transfer']);
  const known = appKinds.get(type.sub);
  const card: readonly [string, Json] = ['card', known?.card ?? null];
  const rest = text.includes('\n') ? text.slice(text.indexOf('\n') + 1) : null;
  if (known !== undefined && type.base === baseTypes.app) return bodyOf(known.kind, joinLines(...words, address, rest), { extra: [card] });
  return readBody(type, text);
}

/** Lines that begin with `> `: the first names who said it and when. */
function readQuote(text: string): WeChatBody | null {
  if (!text.startsWith('> ')) return null;
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('> '));
  const quoted = lines.slice(0, end < 0 ? lines.length : end).map((line) => line.slice(2));
  const answer = end < 0 ? '' : lines.slice(end).join('\n');
  const [by = '', ...said] = quoted;
  const isNamed = /\d{2}:\d{2}:\d{2}$/.test(by);
  return bodyOf('text', answer, {
    facts: { replyTo: replyTo(null, (isNamed ? said : quoted).join('\n')) },
    extra: [['quoted', isNamed ? { sender: by } : null]],
  });
}
