// The words by which exporters name a message's type, and those that stand in place of what a text cannot hold.

import { appTypes, baseTypes, paymentTypes } from './message-types';
import type { WeChatType } from './message-types';

const app = (sub: number): WeChatType => ({ base: baseTypes.app, sub });
const base = (type: number): WeChatType => ({ base: type, sub: 0 });

/** Types by the exporters' words; several write the same word, some add 消息 to it. */
const typeWords: ReadonlyMap<string, WeChatType> = new Map<string, WeChatType>([
  ['文本', base(baseTypes.text)],
  ['图片', base(baseTypes.image)],
  ['语音', base(baseTypes.voice)],
  ['视频', base(baseTypes.video)],
  ['短视频', base(baseTypes.shortVideo)],
  ['动画表情', base(baseTypes.sticker)],
  ['表情包', base(baseTypes.sticker)],
  ['表情', base(baseTypes.sticker)],
  ['GIF表情', app(8)],
  ['用户上传的GIF表情', app(8)],
  ['位置', base(baseTypes.location)],
  ['位置分享', base(baseTypes.location)],
  ['位置共享', app(17)],
  ['名片', base(baseTypes.contact)],
  ['个人/公众号名片', base(baseTypes.contact)],
  ['企业微信名片', base(baseTypes.companyContact)],
  ['语音通话', base(baseTypes.call)],
  ['视频通话', base(baseTypes.call)],
  ['音视频通话', base(baseTypes.call)],
  ['通话', base(baseTypes.call)],
  ['系统', base(baseTypes.notice)],
  ['系统通知', base(baseTypes.notice)],
  ['撤回', base(baseTypes.notice)],
  ['邀请加群', base(baseTypes.notice)],
  ['添加好友', base(baseTypes.friendRequest)],
  ['推荐公众号', base(baseTypes.contact)],
  ['企业微信添加好友', base(baseTypes.companyContact)],
  ['粘贴文本', app(1)],
  ['拍一拍', app(appTypes.pat)],
  ['文件', app(appTypes.file)],
  ['链接', app(5)],
  ['分享链接', app(5)],
  ['卡片式链接', app(5)],
  ['(分享)卡片式链接', app(5)],
  ['图文', app(5)],
  ['分享', app(5)],
  ['音乐', app(3)],
  ['音乐分享', app(3)],
  ['(分享)音乐', app(3)],
  ['音乐卡片', app(3)],
  ['小程序', app(33)],
  ['(分享)小程序', app(33)],
  ['小程序分享', app(33)],
  ['视频号', app(51)],
  ['(分享)视频号视频', app(51)],
  ['视频号直播卡片', app(63)],
  ['视频号直播或直播回放', app(63)],
  ['视频号直播或直播回放等', app(63)],
  ['游戏相关', app(7)],
  ['(分享)小说', app(44)],
  ['(分享)视频号名片', app(appTypes.channelCard)],
  ['引用', app(appTypes.quote)],
  ['引用回复', app(appTypes.quote)],
  ['合并转发', app(appTypes.forwarded)],
  ['聊天记录', app(appTypes.forwarded)],
  ['(分享)聊天记录', app(appTypes.forwarded)],
  ['合并转发的聊天记录', app(appTypes.forwarded)],
  ['聊天记录合并转发', app(appTypes.forwarded)],
  ['(分享)笔记', app(appTypes.note)],
  ['(分享)收藏夹', app(appTypes.favourite)],
  ['收藏笔记', app(appTypes.note)],
  ['群公告', app(87)],
  ['接龙', app(53)],
  ['转账', app(paymentTypes.transfer)],
  ['转账卡片', app(paymentTypes.transfer)],
  ['红包', app(paymentTypes.redPacket)],
  ['红包卡片', app(paymentTypes.redPacket)],
  ['红包封面', app(paymentTypes.redPacketCover)],
  ['赠送红包封面', app(paymentTypes.redPacketCover)],
]);

/** The type that a word names; null where the word is not known. */
export function typeOfWord(word: string): WeChatType | null {
  // One exporter marks what it is not sure of: 文件(猜).
  const trimmed = word.trim().replace(/\(猜\)$/, '');
  const known = typeWords.get(trimmed) ?? (trimmed.endsWith('消息') ? typeWords.get(trimmed.slice(0, -2)) : undefined);
  if (known !== undefined) return known;
  // 消息撤回1, 消息撤回5 … are recalled messages by sub-type.
  return /^消息撤回\d{0,5}$/.test(trimmed) ? base(baseTypes.notice) : null;
}

/** The type of a message that is nothing but `[图片]`, `【图片】` and the like; null for any other text. */
export function typeOfPlaceholder(text: string): WeChatType | null {
  const trimmed = text.trim();
  const isBracketed = (trimmed.startsWith('[') && trimmed.endsWith(']')) || (trimmed.startsWith('【') && trimmed.endsWith('】'));
  return isBracketed && trimmed.length <= 14 ? typeOfWord(trimmed.slice(1, -1)) : null;
}

/** True for what exporters write where a text has no words. */
export function isPlaceholder(text: string): boolean {
  return typeOfPlaceholder(text) !== null;
}
