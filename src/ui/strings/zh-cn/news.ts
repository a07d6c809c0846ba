// 这个版本有什么新内容：每个版本都换新。单独一块，更新后只用一次。

import type { enNews } from '../en/news';
import type { Text } from '../text';

export const zhNews: Readonly<Record<keyof typeof enNews, Text>> = {
  'news.title': '樟木箱已更新到 {version}',
  'news.show': '看看有什么新内容',
  'news.kept': '你保存的一切都和原来一样。',
  'news.people': '人物：不同存档里的你，可以显示为一个人；不对的合并提示，可以不再出现。',
  'news.room': '移到备份位置的图片，打开时就能取回。',
  'news.turning': '转动平板或改变窗口宽度，正在做的事不会丢。',
  'news.language': '界面语言新增繁体中文。',
};
