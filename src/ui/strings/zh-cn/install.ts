// 把应用装到设备上（能装的地方）。

import type { enInstall } from '../en/install';
import type { Text } from '../text';

export const zhInstall: Readonly<Record<keyof typeof enInstall, Text>> = {
  'install.title': '把樟木箱放在手边',
  'install.why': '装成应用后，它有自己的窗口，断网也能打开，浏览器也更不容易清掉它保存的内容。',
  'install.now': '安装为应用',
  'install.done': '已安装，可以在你的应用里找到它。',
  'install.ios.title': '在 iPhone 或 iPad 上：先添加到主屏幕',
  'install.ios.why':
    '一个网站七天没有打开，Safari 就会清掉它保存的内容；主屏幕上的应用不受影响。主屏幕上的樟木箱是空的，存储也是单独的：先添加，再导入。',
  'install.ios.share': '点一下分享按钮：方框里一个向上的箭头。',
  'install.ios.add': '选择“添加到主屏幕”，再点“添加”。',
  'install.ios.open': '从主屏幕打开樟木箱，在那里导入。',
  'install.kept': '浏览器已同意保留这里的内容。',
  'install.notKept': '磁盘空间不足时，浏览器可能会清掉这里的内容。请留好原来的存档，并做一份备份。',
  'install.backUp': '设置备份',
};
