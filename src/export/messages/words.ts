// The few words that written messages need beside what was said, in all languages.

import type { MessageExport } from '../../model/export';
import type { AttachmentRecord, MessageKind } from '../../model/record';

export interface ExportWords {
  readonly kind: Readonly<Record<Exclude<MessageKind, 'text' | 'system'>, string>>;
  readonly file: Readonly<Record<AttachmentRecord['kind'], string>>;
  readonly missing: string;
  readonly edited: string;
  readonly deleted: string;
  /** Among messages around it. */
  readonly chosen: string;
  readonly forwarded: string;
  readonly reply: string;
  readonly person: string;
  readonly conversation: string;
  readonly unnamed: string;
}

const english: ExportWords = {
  kind: {
    image: 'Photo',
    voice: 'Voice message',
    video: 'Video',
    file: 'File',
    sticker: 'Sticker',
    location: 'Location',
    contact: 'Contact',
    link: 'Link',
    call: 'Call',
    poll: 'Poll',
    transfer: 'Transfer',
    forwarded: 'Forwarded messages',
    unknown: 'Unknown kind of message',
  },
  file: {
    image: 'Photo',
    voice: 'Voice message',
    audio: 'Audio',
    video: 'Video',
    animation: 'Animation',
    sticker: 'Sticker',
    file: 'File',
    contact: 'Contact card',
  },
  missing: 'not in the archive',
  edited: 'edited',
  deleted: 'deleted',
  chosen: 'chosen',
  forwarded: 'Forwarded',
  reply: 'Reply',
  person: 'Person',
  conversation: 'Conversation',
  unnamed: 'Unnamed',
};

const chinese: ExportWords = {
  kind: {
    image: '图片',
    voice: '语音',
    video: '视频',
    file: '文件',
    sticker: '表情',
    location: '位置',
    contact: '名片',
    link: '链接',
    call: '通话',
    poll: '投票',
    transfer: '转账',
    forwarded: '合并转发',
    unknown: '未知类型的消息',
  },
  file: {
    image: '图片',
    voice: '语音',
    audio: '音频',
    video: '视频',
    animation: '动图',
    sticker: '表情',
    file: '文件',
    contact: '名片',
  },
  missing: '存档中没有',
  edited: '已编辑',
  deleted: '已删除',
  chosen: '选中',
  forwarded: '转发',
  reply: '回复',
  person: '人物',
  conversation: '对话',
  unnamed: '未命名',
};

const traditional: ExportWords = {
  kind: {
    image: '圖片',
    voice: '語音',
    video: '影片',
    file: '檔案',
    sticker: '貼圖',
    location: '位置',
    contact: '聯絡人',
    link: '連結',
    call: '通話',
    poll: '投票',
    transfer: '轉帳',
    forwarded: '合併轉發',
    unknown: '未知類型的訊息',
  },
  file: {
    image: '圖片',
    voice: '語音',
    audio: '音訊',
    video: '影片',
    animation: '動圖',
    sticker: '貼圖',
    file: '檔案',
    contact: '聯絡人',
  },
  missing: '封存檔中沒有',
  edited: '已編輯',
  deleted: '已刪除',
  chosen: '選取',
  forwarded: '轉發',
  reply: '回覆',
  person: '人物',
  conversation: '對話',
  unnamed: '未命名',
};

const tables: Readonly<Record<MessageExport['language'], ExportWords>> = { en: english, 'zh-CN': chinese, 'zh-TW': traditional };

export function wordsOf(language: MessageExport['language']): ExportWords {
  return tables[language];
}
