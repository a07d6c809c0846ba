// The words of the query language, in English and Chinese.

import type { MessageKind } from '../model/record';
import type { SourceApp } from '../model/source';

export type Operator = 'from' | 'in' | 'app' | 'before' | 'after' | 'on' | 'during' | 'has' | 'type' | 'larger' | 'tag';

/** What `has:` can ask for beyond kinds of message. */
export type Feature = 'link' | 'reply' | 'reaction' | 'edit' | 'deletion' | MarkFeature;

/** What the owner keeps on a message. */
export type MarkFeature = 'bookmark' | 'note' | 'tag';

interface Spelling<Value> {
  readonly value: Value;
  /** The first is suggested. */
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

export const operators: readonly Spelling<Operator>[] = [
  { value: 'from', en: ['from'], zh: ['来自', '发送人', '發送人', '來自'] },
  { value: 'in', en: ['in'], zh: ['在', '会话', '群', '會話'] },
  { value: 'app', en: ['app', 'source'], zh: ['应用', '應用', '来源', '來源'] },
  { value: 'before', en: ['before'], zh: ['之前', '早于', '早於'] },
  { value: 'after', en: ['after'], zh: ['之后', '之後', '晚于', '晚於'] },
  { value: 'on', en: ['on', 'date'], zh: ['日期', '当天', '當天'] },
  { value: 'during', en: ['during'], zh: ['期间', '期間', '时间', '時間'] },
  { value: 'has', en: ['has'], zh: ['含有', '包含', '有'] },
  { value: 'type', en: ['type', 'kind'], zh: ['类型', '類型'] },
  { value: 'larger', en: ['larger'], zh: ['大于', '大於'] },
  { value: 'tag', en: ['tag'], zh: ['标签', '標籤'] },
];

export const kindWords: readonly Spelling<MessageKind>[] = [
  { value: 'text', en: ['text'], zh: ['文字', '文本'] },
  { value: 'image', en: ['image', 'photo', 'picture'], zh: ['图片', '照片', '圖片'] },
  { value: 'voice', en: ['voice', 'audio'], zh: ['语音', '音频', '語音'] },
  { value: 'video', en: ['video'], zh: ['视频', '影片', '視頻'] },
  { value: 'file', en: ['file', 'document'], zh: ['文件', '檔案'] },
  { value: 'sticker', en: ['sticker'], zh: ['表情', '贴纸', '貼圖'] },
  { value: 'location', en: ['location', 'place'], zh: ['位置', '地点'] },
  { value: 'contact', en: ['contact'], zh: ['名片', '联系人'] },
  { value: 'link', en: ['link'], zh: ['链接', '連結'] },
  { value: 'call', en: ['call'], zh: ['通话', '通話'] },
  { value: 'poll', en: ['poll'], zh: ['投票'] },
  { value: 'transfer', en: ['transfer', 'payment'], zh: ['转账', '红包', '轉帳'] },
  { value: 'forwarded', en: ['forwarded'], zh: ['转发', '聊天记录', '轉發'] },
  { value: 'system', en: ['system'], zh: ['系统', '系統'] },
  { value: 'unknown', en: ['unknown'], zh: ['未知'] },
];

export const featureWords: readonly Spelling<Feature>[] = [
  { value: 'link', en: ['link', 'url'], zh: ['链接', '网址', '連結'] },
  { value: 'reply', en: ['reply'], zh: ['回复', '引用', '回覆'] },
  { value: 'reaction', en: ['reaction'], zh: ['回应', '点赞', '表态'] },
  { value: 'edit', en: ['edit', 'edited'], zh: ['编辑', '编辑过', '編輯'] },
  { value: 'deletion', en: ['deletion', 'deleted'], zh: ['撤回', '删除', '刪除'] },
  { value: 'bookmark', en: ['bookmark'], zh: ['书签', '書籤'] },
  { value: 'note', en: ['note'], zh: ['备注', '備註'] },
  { value: 'tag', en: ['tag'], zh: ['标签', '標籤'] },
];

/** Kinds that `has:` can ask for. */
export const kindsToHave: readonly MessageKind[] = ['image', 'video', 'voice', 'file', 'sticker', 'location', 'contact', 'poll'];

export const appWords: readonly Spelling<SourceApp>[] = [
  { value: 'whatsapp', en: ['whatsapp'], zh: ['whatsapp'] },
  { value: 'telegram', en: ['telegram'], zh: ['telegram', '电报'] },
  { value: 'wechat', en: ['wechat', 'weixin'], zh: ['微信'] },
  { value: 'qq', en: ['qq'], zh: ['qq'] },
  { value: 'signal', en: ['signal'], zh: ['signal'] },
  { value: 'imessage', en: ['imessage', 'messages'], zh: ['imessage', '信息'] },
  { value: 'sms', en: ['sms', 'mms'], zh: ['短信', '彩信'] },
  { value: 'line', en: ['line'], zh: ['line'] },
  { value: 'kakaotalk', en: ['kakaotalk', 'kakao'], zh: ['kakaotalk'] },
  { value: 'messenger', en: ['messenger', 'facebook'], zh: ['messenger'] },
  { value: 'instagram', en: ['instagram'], zh: ['instagram'] },
  { value: 'discord', en: ['discord'], zh: ['discord'] },
  { value: 'slack', en: ['slack'], zh: ['slack'] },
  { value: 'teams', en: ['teams'], zh: ['teams'] },
  { value: 'skype', en: ['skype'], zh: ['skype'] },
  { value: 'matrix', en: ['matrix', 'element'], zh: ['matrix'] },
  { value: 'google-chat', en: ['googlechat', 'hangouts'], zh: ['googlechat'] },
  { value: 'google-voice', en: ['googlevoice'], zh: ['googlevoice'] },
  { value: 'viber', en: ['viber'], zh: ['viber'] },
  { value: 'threema', en: ['threema'], zh: ['threema'] },
  { value: 'snapchat', en: ['snapchat'], zh: ['snapchat'] },
  { value: 'x', en: ['x', 'twitter'], zh: ['x', '推特'] },
  { value: 'wecom', en: ['wecom'], zh: ['企业微信'] },
  { value: 'feishu', en: ['feishu', 'lark'], zh: ['飞书'] },
  { value: 'chatlab', en: ['chatlab'], zh: ['chatlab'] },
  { value: 'contacts', en: ['contacts'], zh: ['通讯录'] },
  { value: 'camphor', en: ['camphor'], zh: ['樟木箱', 'camphor'] },
  { value: 'other', en: ['other'], zh: ['其他'] },
];

export const ownerWords = { en: ['me'], zh: ['我'] } as const;
/** Suggested; what else is understood is in natural-dates.ts. */
export const dateWords = {
  en: ['today', 'yesterday', 'last-week', 'last-month', 'this-year', 'last-summer'],
  zh: ['今天', '昨天', '上周', '上个月', '今年', '去年夏天'],
} as const;
export const sizeWords = ['500k', '5MB', '50MB', '1GB'] as const;

/** Values one of whose spellings begins with `prefix` (already in lower case). */
export function valuesByPrefix<Value>(words: readonly Spelling<Value>[], prefix: string): readonly Value[] {
  return words.filter(({ en, zh }) => [...en, ...zh].some((word) => word.startsWith(prefix))).map(({ value }) => value);
}
