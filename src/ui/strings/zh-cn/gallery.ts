// 媒体库的文字，单独一块。

import type { Text } from '../text';
import type { enGallery } from '../en/gallery';

export const zhGallery: Readonly<Record<keyof typeof enGallery, Text>> = {
  'gallery.shelves': '显示哪一类',
  'gallery.media': '照片和视频',
  'gallery.files': '文件',
  'gallery.voice': '语音',
  'gallery.links': '链接',
  'gallery.looking': '正在查找对话中的内容',
  'gallery.empty': '这里没有这一类内容',
  'gallery.emptyWords': '对话中的这类内容会按月份列在这里，最新的在前。',
  'gallery.items': '{count} 条消息',
  'gallery.show': '在对话中显示',
  'gallery.more': '+{count}',
  'gallery.tile': '{what}，{date}',
};
