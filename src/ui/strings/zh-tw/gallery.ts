// 媒體庫的文字，單獨一塊。

import type { Text } from '../text';
import type { enGallery } from '../en/gallery';

export const twGallery: Readonly<Record<keyof typeof enGallery, Text>> = {
  'gallery.shelves': '顯示哪一類',
  'gallery.media': '照片和影片',
  'gallery.files': '檔案',
  'gallery.voice': '語音',
  'gallery.links': '連結',
  'gallery.looking': '正在尋找對話中的內容',
  'gallery.empty': '這裡沒有這一類內容',
  'gallery.emptyWords': '對話中的這類內容會按月份列在這裡，最新的在前。',
  'gallery.items': '{count} 則訊息',
  'gallery.show': '在對話中顯示',
  'gallery.more': '+{count}',
  'gallery.tile': '{what}，{date}',
};
