// JSON as a local server of one exporter answers: a root array of messages, each naming its chat; what WeChat had of a message
// beyond its text stands in `contents`.

import type { Json, JsonObject } from '../../model/json';
import type { ProblemCode } from '../../model/problem';
import { parseInstant } from '../instant';
import { countOf, isObject, words } from '../json-fields';
import { replyTo } from './app-message';
import { isWeChatId } from './identity';
import type { ExportedMessage } from './ledger';
import { collectForwarded, forwardDepth } from './merged-forward';
import type { ForwardedItem } from './merged-forward';
import { bodyOf, extraOf, joinLines, md5Of } from './message-body';
import type { NameOf, WeChatBody } from './message-body';
import { appKinds, appTypes, baseTypes, paymentTypes, splitType } from './message-types';
import type { WeChatType } from './message-types';
import { readPatTemplate } from './notices';
import { readBody } from './read-body';

/** One element of the array, or why it is no message. */
export function readApiMessage(element: JsonObject, nameOf: NameOf): ExportedMessage | ProblemCode {
  const sentAtMs = parseInstant(words(element['time']) ?? '');
  if (sentAtMs === null) return 'bad-time';
  const contents = isObject(element['contents']) ? element['contents'] : {};
  const type = splitType(countOf(element['type']) ?? -1, countOf(element['subType']) ?? 0);
  const sender = words(element['sender']);
  const name = words(element['senderName']);
  return {
    chat: {
      id: words(element['talker']),
      name: words(element['talkerName']),
      ...(element['isChatRoom'] === true ? { shape: 'group' as const } : {}),
    },
    // Own messages are called 我, notices 系统消息.
    sender: {
      id: sender !== null && isWeChatId(sender) ? sender : null,
      name: name === '我' ? null : name,
      isOwn: element['isSelf'] === true,
    },
    sourceId: null,
    sentAtMs,
    clock: 'absolute',
    body: bodyFrom(type, words(element['content']) ?? '', contents, nameOf),
    mediaPath: words(contents['path']) ?? words(contents['imgfile']) ?? words(contents['videofile']),
    extra: extraFrom(element, contents),
  };
}

/** Of `contents`, what has a place of its own, and the address of the server that answered. */
const usedContents = new Set(['title', 'desc', 'url', 'refer', 'recordInfo', 'host', 'path', 'imgfile', 'videofile', 'md5']);
const usedFields = new Set([
  'time',
  'talker',
  'talkerName',
  'isChatRoom',
  'sender',
  'senderName',
  'isSelf',
  'type',
  'subType',
  'content',
  'contents',
]);

function extraFrom(element: JsonObject, contents: JsonObject): JsonObject | null {
  const rest = Object.entries(contents).filter(([key, value]) => !usedContents.has(key) && value !== '' && value !== null);
  const kept = Object.entries(element).filter(([key]) => !usedFields.has(key));
  if (rest.length > 0) kept.push(['contents', Object.fromEntries(rest)]);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function bodyFrom(type: WeChatType, content: string, contents: JsonObject, nameOf: NameOf): WeChatBody {
  if (type.base === baseTypes.app) return appBody(type.sub, content, contents, nameOf);
  const body = readBody(type, content, { nameOf });
  const md5 = md5Of(words(contents['md5']));
  if (md5 === null || body.media.length === 0) return body;
  return bodyOf(body.kind, body.text, {
    media: body.media.map((each) => ({ ...each, md5 })),
    facts: { ...body.facts },
    extra: [['md5', md5]],
  });
}

function appBody(sub: number, content: string, contents: JsonObject, nameOf: NameOf): WeChatBody {
  const [title, desc, url] = [words(contents['title']), words(contents['desc']), words(contents['url'])];
  const card: readonly [string, Json] = ['card', appKinds.get(sub)?.card ?? null];
  if (sub === appTypes.quote) return quoteBody(content, contents['refer']);
  if (sub === appTypes.pat) return readPatTemplate(content, nameOf);
  if (sub === appTypes.file) {
    const md5 = md5Of(words(contents['md5']));
    return bodyOf('file', '', { media: [{ kind: 'file', name: title, md5, sizeBytes: null }], extra: [['md5', md5]] });
  }
  if (sub === paymentTypes.transfer) return transferBody(content, card);
  const forwarded = collectForwarded(itemsOf(contents['recordInfo'], 0));
  if (forwarded !== null) {
    return bodyOf('forwarded', [title ?? '', ...forwarded.lines].filter((line) => line !== '').join('\n'), {
      extra: [card, ['records', forwarded.records]],
    });
  }
  const text = joinLines(title, desc, url);
  if (text === '') return readBody({ base: baseTypes.app, sub }, content, { nameOf });
  const known = appKinds.get(sub);
  return bodyOf(known?.kind ?? 'unknown', text, { extra: [card, ['appType', known === undefined ? sub : null]] });
}

function quoteBody(text: string, refer: Json | undefined): WeChatBody {
  if (!isObject(refer)) return bodyOf('text', text);
  const about = extraOf([
    ['sender', words(refer['senderName'])],
    ['senderId', words(refer['sender'])],
    ['at', words(refer['time'])],
  ]);
  return bodyOf('text', text, { facts: { replyTo: replyTo(null, words(refer['content'])) }, extra: [['quoted', about]] });
}

const transferStates: ReadonlyMap<string, string> = new Map([
  ['发送', 'sent'],
  ['接收', 'received'],
  ['退还', 'refunded'],
]);

/** `[转账|发送 ￥1.00](memo)`. */
export function transferBody(content: string, card: readonly [string, Json]): WeChatBody {
  const match = /^\[转账\|(?:(发送|接收|退还) )?([^\]]{0,64})\](?:\(([\s\S]*)\))?$/.exec(content);
  if (match === null) return bodyOf('transfer', content, { extra: [card] });
  const [, state = '', amount = '', memo = ''] = match;
  return bodyOf('transfer', joinLines(amount, memo), {
    extra: [card, ['amount', amount], ['memo', memo], ['state', transferStates.get(state) ?? null]],
  });
}

/** Names of `<dataitem>` fields in this form, which are those of its structure in Go. */
const fieldNames: ReadonlyMap<string, string> = new Map([
  ['datatype', 'DataType'],
  ['sourcename', 'SourceName'],
  ['sourcetime', 'SourceTime'],
  ['srcMsgCreateTime', 'SrcMsgCreateTime'],
  ['datatitle', 'DataTitle'],
  ['datadesc', 'DataDesc'],
  ['datafmt', 'DataFmt'],
  ['datasize', 'DataSize'],
  ['fullmd5', 'FullMD5'],
  ['fromnewmsgid', 'FromNewMsgID'],
]);

function itemsOf(info: Json | undefined, depth: number): readonly ForwardedItem[] {
  const list = isObject(info) ? info['DataList'] : undefined;
  const items = isObject(list) ? list['DataItems'] : undefined;
  if (!Array.isArray(items) || depth >= forwardDepth) return [];
  return (items as readonly Json[]).filter(isObject).map((item) => ({
    field: (name) => words(item[fieldNames.get(name) ?? name]),
    inner: itemsOf(isObject(item['RecordXML']) ? item['RecordXML']['RecordInfo'] : undefined, depth + 1),
  }));
}
