// 把應用程式裝到裝置上（能裝的地方）。

import type { enInstall } from '../en/install';
import type { Text } from '../text';

export const twInstall: Readonly<Record<keyof typeof enInstall, Text>> = {
  'install.title': '把樟木箱放在手邊',
  'install.why': '裝成應用程式後，它有自己的視窗，離線也能開啟，瀏覽器也更不容易清掉它儲存的內容。',
  'install.now': '安裝為應用程式',
  'install.done': '已安裝，可以在你的應用程式裡找到它。',
  'install.ios.title': '在 iPhone 或 iPad 上：先新增到主螢幕',
  'install.ios.why':
    '一個網站七天沒有開啟，Safari 就會清掉它儲存的內容；主螢幕上的應用程式不受影響。主螢幕上的樟木箱是空的，儲存也是單獨的：先新增，再匯入。',
  'install.ios.share': '點一下分享按鈕：方框裡一個向上的箭頭。',
  'install.ios.add': '選擇「新增到主螢幕」，再點「新增」。',
  'install.ios.open': '從主螢幕開啟樟木箱，在那裡匯入。',
  'install.kept': '瀏覽器已同意保留這裡的內容。',
  'install.notKept': '磁碟空間不足時，瀏覽器可能會清掉這裡的內容。請留好原來的封存檔，並做一份備份。',
  'install.backUp': '設定備份',
};
