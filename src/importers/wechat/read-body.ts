// From a message's type and content to what it is. The content is XML for most types, plain text for some, and whatever an
// exporter made of it for others. A broken body becomes its text with the raw content beside it; nothing here throws.

import type { Json } from '../../model/json';
import { rawOf } from '../problem-record';
import { readAppMessage } from './app-message';
import { readCall } from './call-words';
import { readLooseXml } from './loose-xml';
import type { XmlNode } from './loose-xml';
import { bodyOf, joinLines, md5Of, noMedia } from './message-body';
import type { NameOf, WeChatBody, WeChatMedia } from './message-body';
import { appKinds, baseKinds, baseTypes } from './message-types';
import type { WeChatType } from './message-types';
import { readNotice, readSystemXml } from './notices';
import { isPlaceholder } from './type-words';
import { attributeOf, findNode, textAt, wholeNumber } from './xml-fields';

export interface BodyOptions {
  readonly nameOf?: NameOf;
}

/** Quotes of quotes are followed this deep. */
const quoteDepth = 2;
const noNames: NameOf = () => null;

/** What the message is. Types that are not known give kind `unknown`, with the content under `extra.raw`. */
export function readBody(type: WeChatType, content: string, { nameOf = noNames }: BodyOptions = {}): WeChatBody {
  return readAtDepth(type, content, nameOf, 0);
}

function readAtDepth(type: WeChatType, content: string, nameOf: NameOf, depth: number): WeChatBody {
  if (type.base === baseTypes.text) return bodyOf('text', content);
  const xml = looksLikeXml(content) ? readLooseXml(content) : null;
  if (xml === null) return readPlain(type, content);
  const body = readXml(type, xml.root, { nameOf, depth });
  if (body === null) return baseKinds.get(type.base)?.kind === 'system' ? readOtherNotice(xml.root, content) : unreadable(type, content);
  return xml.isDamaged || body.kind === 'unknown' ? withRaw(body, content) : body;
}

/** True where the text begins with a tag, white space and an id of a sender aside. */
export function looksLikeXml(content: string): boolean {
  return /^\s{0,64}(?:[\w@.-]{1,64}:\s{1,64})?<[a-z?!]/i.test(content);
}

interface XmlContext {
  readonly nameOf: NameOf;
  readonly depth: number;
}

function readXml(type: WeChatType, root: XmlNode, { nameOf, depth }: XmlContext): WeChatBody | null {
  switch (type.base) {
    case baseTypes.image:
    case baseTypes.voice:
    case baseTypes.video:
    case baseTypes.shortVideo:
    case baseTypes.sticker:
      return readMedia(type, root);
    case baseTypes.location:
      return readLocation(root);
    case baseTypes.contact:
    case baseTypes.companyContact:
      return readContact(root);
    case baseTypes.call:
      return readCallXml(root);
    case baseTypes.friendRequest:
      return readFriendRequest(root);
    case baseTypes.app: {
      const readQuoted = (quoted: number, content: string): WeChatBody =>
        depth >= quoteDepth ? bodyOf('text', '') : readAtDepth({ base: quoted, sub: 0 }, content, nameOf, depth + 1);
      return readAppMessage(root, type.sub, { nameOf, readQuoted }) ?? readSystemXml(root, nameOf);
    }
    case baseTypes.notice:
    case baseTypes.systemXml:
    case baseTypes.system:
      return readSystemXml(root, nameOf);
    default:
      return null;
  }
}

const mediaNodes: ReadonlyMap<number, string> = new Map<number, string>([
  [baseTypes.image, 'img'],
  [baseTypes.voice, 'voicemsg'],
  [baseTypes.video, 'videomsg'],
  [baseTypes.shortVideo, 'videomsg'],
  [baseTypes.sticker, 'emoji'],
]);

function readMedia({ base }: WeChatType, root: XmlNode): WeChatBody | null {
  const node = findNode(root, mediaNodes.get(base) ?? '');
  const known = baseKinds.get(base);
  if (node === null || known?.media === undefined) return null;
  const md5 = md5Of(attributeOf(node, 'md5'));
  const media: WeChatMedia = {
    kind: known.media,
    name: null,
    md5,
    sizeBytes: wholeNumber(attributeOf(node, 'length') ?? attributeOf(node, 'len')),
    ...durationOf(base, node),
    ...pixelsOf(node),
  };
  const spoken = base === baseTypes.voice ? attributeOf(node, 'transtext') : null;
  const extra: (readonly [string, Json])[] = [
    ['md5', md5],
    ['rawMd5', md5Of(attributeOf(node, 'rawmd5'))],
    ['transcript', spoken],
  ];
  return bodyOf(known.kind, '', { media: [media], extra });
}

function durationOf(base: number, node: XmlNode): { durationMs?: number } {
  if (base === baseTypes.voice) {
    const ms = wholeNumber(attributeOf(node, 'voicelength'));
    return ms === null ? {} : { durationMs: ms };
  }
  const seconds = wholeNumber(attributeOf(node, 'playlength'));
  return seconds === null ? {} : { durationMs: seconds * 1000 };
}

function pixelsOf(node: XmlNode): { widthPx?: number; heightPx?: number } {
  const widthPx = wholeNumber(attributeOf(node, 'width'));
  const heightPx = wholeNumber(attributeOf(node, 'height'));
  return widthPx !== null && heightPx !== null && widthPx > 0 && heightPx > 0 ? { widthPx, heightPx } : {};
}

/** `x` is the latitude. */
function readLocation(root: XmlNode): WeChatBody | null {
  const node = findNode(root, 'location');
  if (node === null) return null;
  const name = attributeOf(node, 'poiname');
  const address = attributeOf(node, 'label');
  return locationOf(attributeOf(node, 'x'), attributeOf(node, 'y'), name, address);
}

/** A place; its name and address are the text where its coordinates are none. */
export function locationOf(latitude: string | null, longitude: string | null, name: string | null, address: string | null): WeChatBody {
  const [lat, lon] = [latitude, longitude].map((text) => (text === null ? Number.NaN : Number(text)));
  const isPlace = lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  if (!isPlace) return bodyOf('location', joinLines(name, address));
  const named = { ...(name === null ? {} : { name }), ...(address === null ? {} : { address }) };
  return bodyOf('location', '', { facts: { location: { latitude: lat, longitude: lon, ...named } } });
}

function readContact(root: XmlNode): WeChatBody | null {
  const node = findNode(root, 'msg') ?? root;
  const name = attributeOf(node, 'nickname') ?? attributeOf(node, 'username');
  if (name === null) return null;
  const extra: (readonly [string, Json])[] = [
    ['username', attributeOf(node, 'username')],
    ['alias', attributeOf(node, 'alias')],
    ['company', attributeOf(node, 'openimdesc')],
  ];
  return bodyOf('contact', '', { facts: { contact: { name } }, extra });
}

/** WeChat 4: `<VoIPBubbleMsg><msg>…<room_type>`, 0 for a video call, 1 for a voice call. */
function readCallXml(root: XmlNode): WeChatBody | null {
  const bubble = findNode(root, 'VoIPBubbleMsg');
  const text = textAt(bubble, 'msg') ?? textAt(findNode(root, 'voipinvitemsg'), 'msg');
  if (bubble === null && text === null) return null;
  return bodyOf('call', '', { facts: { call: readCall(text ?? '', textAt(bubble, 'room_type') === '0') }, extra: [['shown', text]] });
}

function readFriendRequest(root: XmlNode): WeChatBody | null {
  const node = findNode(root, 'msg') ?? root;
  const text = joinLines(attributeOf(node, 'fromnickname'), attributeOf(node, 'content'));
  if (text === '') return null;
  const extra: (readonly [string, Json])[] = [['username', attributeOf(node, 'fromusername')]];
  return bodyOf('system', text, { facts: { service: { action: 'friend-request' } }, extra });
}

/** The body of a message whose content is no XML. */
function readPlain({ base, sub }: WeChatType, content: string): WeChatBody {
  const known = baseKinds.get(base);
  const text = isPlaceholder(content) ? '' : content;
  if (base === baseTypes.app) return readPlainApp(sub, content, text);
  if (known === undefined)
    return bodyOf('unknown', content, {
      extra: [
        ['type', base],
        ['raw', rawOf(content)],
      ],
    });
  if (known.kind === 'system') return readNotice(content);
  if (known.kind === 'call') return bodyOf('call', '', { facts: { call: readCall(content, false) }, extra: [['shown', content]] });
  const voice = base === baseTypes.voice ? /^(?:[\w@.-]{1,64}:)?(\d{1,7})(?::\d{1,3})?\s?$/.exec(content) : null;
  // Android: `sender:milliseconds:flag`.
  if (voice !== null)
    return bodyOf('voice', '', { media: [{ kind: 'voice', name: null, md5: null, sizeBytes: null, durationMs: Number(voice[1]) }] });
  if (known.media !== undefined)
    return bodyOf(known.kind, text, { media: [{ kind: known.media, name: null, md5: null, sizeBytes: null }] });
  return bodyOf(known.kind, text);
}

function readPlainApp(sub: number, content: string, text: string): WeChatBody {
  const known = appKinds.get(sub);
  if (known === undefined)
    return bodyOf('unknown', content, {
      extra: [
        ['appType', sub],
        ['raw', rawOf(content)],
      ],
    });
  if (known.kind === 'system') return readNotice(content);
  const media: readonly WeChatMedia[] =
    known.kind === 'file' ? [{ kind: 'file', name: text === '' ? null : text, md5: null, sizeBytes: null }] : noMedia;
  return bodyOf(known.kind, known.kind === 'file' ? '' : text, { media, extra: [['card', known.card ?? null]] });
}

/** XML that is none of its type: the text in it, the kind that its type has, the content as it is. */
function unreadable({ base, sub }: WeChatType, content: string): WeChatBody {
  const known = baseKinds.get(base) ?? (base === baseTypes.app ? appKinds.get(sub) : undefined);
  const kind = known === undefined || base === baseTypes.app ? 'unknown' : known.kind;
  const media = baseKinds.get(base)?.media;
  return bodyOf(kind, media === undefined ? content : '', {
    media: media === undefined ? noMedia : [{ kind: media, name: null, md5: null, sizeBytes: null }],
    extra: [
      ['raw', rawOf(content)],
      ['type', kind === 'unknown' ? base : null],
    ],
  });
}

function withRaw(body: WeChatBody, content: string): WeChatBody {
  return { ...body, facts: { ...body.facts, extra: { ...body.facts?.extra, raw: rawOf(content) } } };
}

/** Plain notices may begin with the tag of a picture; XML of the system that is not known is kept beside its text. */
function readOtherNotice(root: XmlNode, content: string): WeChatBody {
  const body = readNotice(content);
  return root.name === 'sysmsg' ? withRaw(body, content) : body;
}
