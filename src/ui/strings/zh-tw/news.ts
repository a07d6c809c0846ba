// 這個版本有什麼新內容：每個版本都換新。單獨一塊，更新後只用一次。

import type { enNews } from '../en/news';
import type { Text } from '../text';

export const twNews: Readonly<Record<keyof typeof enNews, Text>> = {
  'news.title': '樟木箱已更新到 {version}',
  'news.show': '看看有什麼新內容',
  'news.kept': '你儲存的一切都和原來一樣。',
  'news.people': '人物：不同封存檔裡的你，可以顯示為一個人；不對的合併提示，可以不再出現。',
  'news.room': '移到備份位置的圖片，開啟時就能取回。',
  'news.turning': '轉動平板或改變視窗寬度，正在做的事不會丟。',
  'news.language': '介面語言新增繁體中文。',
};
