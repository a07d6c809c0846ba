// App messages (type 49): files, links, quotes, merged forwards, payments and whatever else apps send, told apart by
// `<appmsg><type>`.

import type { Json } from '../../model/json';
import { readForwarded } from './merged-forward';
import type { XmlNode } from './loose-xml';
import { bodyOf, extraOf, joinLines, md5Of } from './message-body';
import type { MutableFacts, NameOf, WeChatBody, WeChatMedia } from './message-body';
import { appKinds, appTypes, paymentTypes, splitType } from './message-types';
import { readPat } from './notices';
import { findNode, nodeAt, textAt, wholeNumber } from './xml-fields';

export interface AppContext {
  readonly nameOf: NameOf;
  /** Reads the body of a message that this one quotes. */
  readonly readQuoted: (type: number, content: string) => WeChatBody;
}

/** The body of an app message. `sub` is what the source says its type is, used where the XML does not. Null where it is no app message. */
export function readAppMessage(root: XmlNode, sub: number, context: AppContext): WeChatBody | null {
  const app = findNode(root, 'appmsg');
  if (app === null) return null;
  const type = wholeNumber(textAt(app, 'type')) ?? sub;
  const known = appKinds.get(type);
  if (known === undefined) return bodyOf('unknown', titleOf(app), { extra: [['appType', type]] });
  const card: readonly [string, Json] = ['card', known.card ?? null];
  const appName = ['app', textAt(app, 'sourcedisplayname') ?? textAt(root, 'appinfo', 'appname')] as const;
  switch (type) {
    case appTypes.file:
    case appTypes.uploading:
      return bodyOf('file', '', { media: [fileOf(app)], extra: [['md5', fileOf(app).md5], appName] });
    case appTypes.quote:
      return readQuote(app, context);
    case appTypes.pat:
      return readPat(root, context.nameOf) ?? bodyOf('system', titleOf(app), { facts: { service: { action: 'poke' } } });
    case appTypes.channelCard:
      return readChannelCard(app, card);
    case appTypes.forwarded:
    case appTypes.note:
    case appTypes.favourite:
      return readMerged(app, [card, appName]);
    case paymentTypes.transfer:
    case paymentTypes.redPacket:
    case paymentTypes.redPacketCover:
      return readPayment(app, card);
    default:
      return readShared(app, known.kind, [card, appName]);
  }
}

function titleOf(app: XmlNode): string {
  return joinLines(textAt(app, 'title'), textAt(app, 'des'));
}

function fileOf(app: XmlNode): WeChatMedia {
  const sizeBytes = wholeNumber(textAt(app, 'appattach', 'totallen'));
  return { kind: 'file', name: textAt(app, 'title'), md5: md5Of(textAt(app, 'md5')), sizeBytes };
}

/** Links, music, mini programs, channels: title, what is said of it, address. */
function readShared(app: XmlNode, kind: WeChatBody['kind'], extra: readonly (readonly [string, Json])[]): WeChatBody {
  const feed = nodeAt(app, 'finderFeed') ?? nodeAt(app, 'finderLive');
  const title = feed === null ? textAt(app, 'title') : textAt(feed, 'desc');
  const by = textAt(feed, 'nickname');
  const media = kind === 'image' || kind === 'sticker' ? [{ ...fileOf(app), kind, name: null }] : [];
  const url = kind === 'link' ? textAt(app, 'url') : null;
  return bodyOf(kind, joinLines(title, by, textAt(app, 'des'), url), { media, extra });
}

function readChannelCard(app: XmlNode, card: readonly [string, Json]): WeChatBody {
  const shown = findNode(app, 'findernamecard') ?? findNode(app, 'finderNamecard') ?? app;
  const name = textAt(shown, 'nickname') ?? textAt(app, 'title') ?? '';
  return bodyOf('contact', '', { facts: { contact: { name } }, extra: [card, ['username', textAt(shown, 'username')]] });
}

function readMerged(app: XmlNode, extra: readonly (readonly [string, Json])[]): WeChatBody {
  const forwarded = readForwarded(nodeAt(app, 'recorditem'));
  if (forwarded === null) return bodyOf('forwarded', titleOf(app), { extra });
  const text = [textAt(app, 'title') ?? '', ...forwarded.lines].filter((line) => line !== '').join('\n');
  return bodyOf('forwarded', text, { extra: [...extra, ['records', forwarded.records]] });
}

const paymentStates: ReadonlyMap<string, string> = new Map([
  ['1', 'sent'],
  ['3', 'received'],
  ['4', 'refunded'],
  ['5', 'received'],
  ['7', 'sent'],
]);

function readPayment(app: XmlNode, card: readonly [string, Json]): WeChatBody {
  const pay = nodeAt(app, 'wcpayinfo');
  const state = textAt(pay, 'paysubtype') ?? '';
  const amount = textAt(pay, 'feedesc');
  const memo = textAt(pay, 'pay_memo');
  const title = textAt(pay, 'sendertitle') ?? (amount === null ? textAt(app, 'title') : null);
  return bodyOf('transfer', joinLines(amount, memo, title), {
    extra: [card, ['amount', amount], ['memo', memo], ['state', paymentStates.get(state) ?? state]],
  });
}

/** An answer: its own text is the title, what it answers stands in `<refermsg>`. */
function readQuote(app: XmlNode, { readQuoted }: AppContext): WeChatBody {
  const text = textAt(app, 'title') ?? '';
  const refer = nodeAt(app, 'refermsg');
  if (refer === null) return bodyOf('text', text);
  const type = wholeNumber(textAt(refer, 'type')) ?? 1;
  const quoted = readQuoted(type, nodeAt(refer, 'content')?.text ?? '');
  const id = textAt(refer, 'svrid');
  const facts: MutableFacts = { replyTo: replyTo(id, quoted.text === '' ? (quoted.media[0]?.name ?? null) : quoted.text) };
  const about = extraOf([
    ['sender', textAt(refer, 'displayname')],
    ['senderId', textAt(refer, 'chatusr') ?? textAt(refer, 'fromusr')],
    ['kind', splitType(type).base === 1 ? null : quoted.kind],
    ['at', textAt(refer, 'createtime')],
  ]);
  return bodyOf('text', text, { facts, extra: [['quoted', about]] });
}

/** What a message answers; the id 0 is none. */
export function replyTo(id: string | null, excerpt: string | null): NonNullable<MutableFacts['replyTo']> {
  const sourceId = id === null || id === '0' ? null : id;
  return excerpt === null || excerpt === '' ? { sourceId } : { sourceId, excerpt };
}
