// The words of an exported page. English and one more language travel in it.

import type { MessageExport } from '../../../model/export';
import { type ExportWords, wordsOf } from '../words';

interface PageWords extends ExportWords {
  readonly search: string;
  readonly former: string;
  readonly next: string;
  readonly month: string;
  readonly choose: string;
  readonly otherLanguage: string;
  readonly theme: string;
  readonly nothing: string;
  readonly sums: string;
  readonly notHere: string;
  readonly noScript: string;
}

export const pageWords: Readonly<Record<MessageExport['language'], PageWords>> = {
  en: {
    ...wordsOf('en'),
    search: 'Search',
    former: 'Earlier',
    next: 'Later',
    month: 'Month',
    choose: 'Conversation',
    otherLanguage: '中文',
    theme: 'Light or dark',
    nothing: 'Nothing found',
    sums: '{count} messages, written by Camphor on {date}',
    notHere: 'not in this file',
    noScript: 'This page shows its messages with a script of its own, which is switched off here. They stand in the source of the page.',
  },
  'zh-CN': {
    ...wordsOf('zh-CN'),
    search: '搜索',
    former: '更早',
    next: '更晚',
    month: '月份',
    choose: '对话',
    otherLanguage: 'English',
    theme: '浅色或深色',
    nothing: '没有找到',
    sums: '{count} 条消息，由樟木箱写于 {date}',
    notHere: '不在这个文件里',
    noScript: '这个网页用自带的脚本显示消息，而这里关闭了脚本。消息都在网页的源代码里。',
  },
  'zh-TW': {
    ...wordsOf('zh-TW'),
    search: '搜尋',
    former: '更早',
    next: '更晚',
    month: '月份',
    choose: '對話',
    otherLanguage: 'English',
    theme: '淺色或深色',
    nothing: '沒有找到',
    sums: '{count} 則訊息，由樟木箱寫於 {date}',
    notHere: '不在這個檔案裡',
    noScript: '這個網頁用自帶的指令碼顯示訊息，而這裡關閉了指令碼。訊息都在網頁的原始碼裡。',
  },
};

/** English, and the Chinese that the page is written in, else the simplified one. */
export function wordsWith(language: MessageExport['language']): Partial<typeof pageWords> {
  const other = language === 'en' ? 'zh-CN' : language;
  return { en: pageWords.en, [other]: pageWords[other] };
}
