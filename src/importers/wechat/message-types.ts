// Which number means what: `Type` and `SubType` of WeChat for PC 3, macOS 3 and iOS; WeChat 4, which keeps both in one number;
// Android, where app messages have numbers of their own. Read in the exporters named in README.md, some values by one only.

import type { AttachmentRecord, MessageKind } from '../../model/record';

/** A message's type; `sub` is that of an app message (49) or of a notice (10000), 0 where none is known. */
export interface WeChatType {
  readonly base: number;
  readonly sub: number;
}

export const baseTypes = {
  text: 1,
  image: 3,
  voice: 34,
  friendRequest: 37,
  contact: 42,
  video: 43,
  sticker: 47,
  location: 48,
  app: 49,
  call: 50,
  shortVideo: 62,
  companyContact: 66,
  system: 9999,
  notice: 10000,
  systemXml: 10002,
} as const;

export interface BaseKind {
  readonly kind: MessageKind;
  readonly media?: AttachmentRecord['kind'];
}

/** What messages are that are no app messages. */
export const baseKinds: ReadonlyMap<number, BaseKind> = new Map<number, BaseKind>([
  [baseTypes.text, { kind: 'text' }],
  [baseTypes.image, { kind: 'image', media: 'image' }],
  [baseTypes.voice, { kind: 'voice', media: 'voice' }],
  [baseTypes.friendRequest, { kind: 'system' }],
  [baseTypes.contact, { kind: 'contact' }],
  [baseTypes.companyContact, { kind: 'contact' }],
  [baseTypes.video, { kind: 'video', media: 'video' }],
  [baseTypes.shortVideo, { kind: 'video', media: 'video' }],
  [baseTypes.sticker, { kind: 'sticker', media: 'sticker' }],
  [baseTypes.location, { kind: 'location' }],
  [baseTypes.call, { kind: 'call' }],
  [baseTypes.system, { kind: 'system' }],
  [baseTypes.notice, { kind: 'system' }],
  [baseTypes.systemXml, { kind: 'system' }],
]);

export interface AppKind {
  readonly kind: MessageKind;
  /** What it is more exactly, kept as `extra.card`. */
  readonly card?: string;
}

export const appTypes = { file: 6, forwarded: 19, note: 24, channelCard: 50, favourite: 40, quote: 57, pat: 62, uploading: 74 } as const;
export const paymentTypes = { transfer: 2000, redPacket: 2001, redPacketCover: 2003 } as const;

/** What app messages are, by `<appmsg><type>`. Numbers that are not here are unknown. */
export const appKinds: ReadonlyMap<number, AppKind> = new Map<number, AppKind>([
  [1, { kind: 'text' }],
  [2, { kind: 'image' }],
  [3, { kind: 'link', card: 'music' }],
  [4, { kind: 'link' }],
  [5, { kind: 'link' }],
  [appTypes.file, { kind: 'file' }],
  [appTypes.uploading, { kind: 'file' }],
  [7, { kind: 'link', card: 'game' }],
  [8, { kind: 'sticker' }],
  [15, { kind: 'location', card: 'live-location' }],
  [17, { kind: 'location', card: 'live-location' }],
  [appTypes.forwarded, { kind: 'forwarded' }],
  [appTypes.note, { kind: 'forwarded', card: 'note' }],
  [33, { kind: 'link', card: 'mini-program' }],
  [36, { kind: 'link', card: 'mini-program' }],
  [appTypes.favourite, { kind: 'forwarded', card: 'favourite' }],
  [44, { kind: 'link', card: 'novel' }],
  [appTypes.channelCard, { kind: 'contact', card: 'channel' }],
  [51, { kind: 'link', card: 'channel-video' }],
  [53, { kind: 'text', card: 'group-list' }],
  [appTypes.quote, { kind: 'text' }],
  [appTypes.pat, { kind: 'system', card: 'pat' }],
  [63, { kind: 'link', card: 'channel-live' }],
  [88, { kind: 'link', card: 'channel-live' }],
  [76, { kind: 'link', card: 'music' }],
  [92, { kind: 'link', card: 'music' }],
  [87, { kind: 'text', card: 'group-notice' }],
  [paymentTypes.transfer, { kind: 'transfer', card: 'transfer' }],
  [paymentTypes.redPacket, { kind: 'transfer', card: 'red-packet' }],
  [paymentTypes.redPacketCover, { kind: 'transfer', card: 'red-packet-cover' }],
]);

/** Android's own numbers. Any other whose low half is 49 is an app message too. */
const androidTypes: ReadonlyMap<number, WeChatType> = new Map<number, WeChatType>([
  [64, { base: baseTypes.call, sub: 0 }],
  [1048625, { base: baseTypes.sticker, sub: 0 }],
  [16777265, { base: baseTypes.app, sub: 5 }],
  [285212721, { base: baseTypes.app, sub: 5 }],
  [419430449, { base: baseTypes.app, sub: paymentTypes.transfer }],
  [436207665, { base: baseTypes.app, sub: paymentTypes.redPacket }],
  [570425393, { base: baseTypes.notice, sub: 0 }],
  [822083633, { base: baseTypes.app, sub: appTypes.quote }],
  [1040187441, { base: baseTypes.app, sub: 3 }],
  [1090519089, { base: baseTypes.app, sub: appTypes.file }],
  [0x90000006, { base: baseTypes.app, sub: 17 }],
]);

const half = 2 ** 32;

/** The type in a number of any of the apps. `sub` is what a source keeps apart, as WeChat for PC 3 does. */
export function splitType(type: number, sub = 0): WeChatType {
  if (!Number.isSafeInteger(type)) return { base: -1, sub };
  const unsigned = type < 0 && type >= -half ? type + half : type;
  if (unsigned >= half) return { base: unsigned % half, sub: Math.floor(unsigned / half) };
  const android = androidTypes.get(unsigned);
  if (android !== undefined) return android;
  if (unsigned > 0xffff && unsigned % 0x10000 === baseTypes.app) return { base: baseTypes.app, sub };
  return { base: type, sub };
}
